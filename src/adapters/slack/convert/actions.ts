/** Actions → buttons. What an action sends travels in the button's value; identity never does. */

import type { Button, KnownBlock } from '@slack/types';
import { nestedCard } from './containers.ts';
import { fallbackOf, isKnown } from './fallback.ts';
import { isObject, type Json, jsonOf, text, tidy, word } from './json.ts';
import { limits } from './limits.ts';
import { cut } from './spans.ts';
import { plainText } from './texts.ts';
import { bounded, listed, lose, spend, unique, type Walk } from './walk.ts';

/** The actions of a set or of the card, in order: buttons, then what a ShowCard unfolds. */
export function actionSet(actions: unknown, path: string, walk: Walk, ofCard: boolean): KnownBlock[] {
  const buttons: Button[] = [];
  const unfolded: KnownBlock[] = [];
  for (const [index, action] of listed(actions, path, walk).entries()) {
    const at = `${path}[${index}]`;
    if (!spend(walk, at)) break;
    const made = isObject(action) ? oneAction(action, at, walk, ofCard, 0) : null;
    if (!isObject(action)) lose(walk, at, 'dropped', 'an action that is not an object');
    if (made?.button) buttons.push(made.button);
    if (made?.blocks) unfolded.push(...made.blocks);
  }
  if (buttons.length > limits.actions) lose(walk, path, 'chunked', `${buttons.length} actions`);
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < buttons.length; at += limits.actions) {
    blocks.push({ type: 'actions', elements: buttons.slice(at, at + limits.actions) });
  }
  return [...blocks, ...unfolded];
}

/** What pressing a whole element does, as a button behind it. */
export function selectAction(action: unknown, path: string, walk: Walk): KnownBlock[] {
  if (!isObject(action)) return [];
  if (text(action.title).trim() === '') {
    lose(walk, path, 'dropped', 'an action without a title on something whole');
    return [];
  }
  lose(walk, path, 'flattened', 'an action on something whole as a button');
  return actionSet([action], path, walk, false);
}

type Made = { button?: Button; blocks?: KnownBlock[] };

function oneAction(action: Json, path: string, walk: Walk, ofCard: boolean, tries: number): Made {
  if (!isKnown(action)) {
    const instead = fallbackOf(action, path, walk, tries);
    return instead === null ? {} : oneAction(instead, `${path}.fallback`, walk, ofCard, tries + 1);
  }
  if (action.isEnabled === false || action.isVisible === false) {
    lose(walk, path, 'hidden', 'an action that is disabled or hidden');
    return {};
  }
  if (action.iconUrl !== undefined || word(action.mode) === 'secondary') walk.looks.add('icon');
  switch (word(action.type)) {
    case 'action.execute':
    case 'action.submit':
      return { button: sender(action, path, walk, ofCard) };
    case 'action.openurl':
      return opener(action, path, walk);
    case 'action.showcard': {
      if (isObject(action.card)) return { blocks: nestedCard(text(action.title), action.card, `${path}.card`, walk) };
      lose(walk, path, 'dropped', 'a ShowCard without a card');
      return {};
    }
    default:
      // What it shows stands in the open or folds under its title by itself.
      lose(walk, path, 'flattened', 'an action that shows or hides parts');
      return {};
  }
}

function sender(action: Json, path: string, walk: Walk, ofCard: boolean): Button {
  const data = isObject(action.data) ? action.data : {};
  const verb = text(action.verb) || text(data.verb) || text(action.id) || 'submit';
  const values = flatData(action.data, path, walk);
  const button: Button = {
    type: 'button',
    text: plainText(title(action, verb, path, walk), limits.button.text),
    action_id: unique(walk.actionIds, verb, limits.id),
    value: jsonOf({ verb, values }) ?? '',
    ...look(action, path, walk),
  };
  const takesInputs = word(action.associatedInputs) !== 'none';
  const positive = word(action.style) === 'positive';
  walk.senders.push({ button, path, verb, values, positive, takesInputs, ofCard });
  return button;
}

function opener(action: Json, path: string, walk: Walk): Made {
  const url = webUrl(action.url);
  if (url === null) {
    lose(walk, path, 'dropped', 'an action whose address is not on the web');
    return {};
  }
  const words = title(action, new URL(url).hostname, path, walk);
  const action_id = unique(walk.actionIds, text(action.id) || 'open-url', limits.id);
  return {
    button: { type: 'button', text: plainText(words, limits.button.text), action_id, url, ...look(action, path, walk) },
  };
}

function webUrl(value: unknown): string | null {
  const url = text(value).trim();
  if (url.length > limits.button.url || !/^https?:\/\//i.test(url)) return null;
  try {
    const { href } = new URL(url);
    return href.length <= limits.button.url ? href : null;
  } catch {
    return null;
  }
}

function title(action: Json, instead: string, path: string, walk: Walk): string {
  const given = bounded(text(action.title), path, walk).trim();
  if (given === '') lose(walk, path, 'label', 'an action without a title');
  if (given.length > limits.button.text) lose(walk, path, 'cut', 'a long title');
  return given || instead.trim() || '–';
}

function look(action: Json, path: string, walk: Walk): Pick<Button, 'style' | 'accessibility_label'> {
  const style = word(action.style);
  const tooltip = tidy(text(action.tooltip)).trim();
  if (tooltip.length > limits.button.accessibilityLabel) lose(walk, path, 'cut', 'a long tooltip');
  return {
    ...(style === 'positive' && { style: 'primary' }),
    ...(style === 'destructive' && { style: 'danger' }),
    ...(tooltip !== '' && { accessibility_label: cut(tooltip, limits.button.accessibilityLabel) }),
  };
}

/** Every value a string, as Teams sends them; what only Teams reads is left out. */
function flatData(data: unknown, path: string, walk: Walk): Record<string, string> {
  if (typeof data === 'string') return { data };
  if (data !== undefined && !isObject(data)) lose(walk, path, 'dropped', 'data that is no object');
  if (!isObject(data)) return {};
  const flat: [string, string][] = [];
  for (const [key, value] of Object.entries(data)) {
    if (key === 'msteams') lose(walk, path, 'behaviour', 'data for Teams');
    else if (typeof value === 'object' && value !== null) flat.push([key, jsonOf(value) ?? '']);
    else flat.push([key, text(value)]);
  }
  return Object.fromEntries(flat);
}
