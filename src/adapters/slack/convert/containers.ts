/** Container, and what is folded in the card: hidden elements behind a toggle, cards behind a ShowCard. */

import type { AlertBlock, ContainerBlock, KnownBlock } from '@slack/types';
import { isText, signStyles, textOf } from './columns.ts';
import { isObject, type Json, list, text, word } from './json.ts';
import { limits } from './limits.ts';
import { isBlank, pieces, plain } from './spans.ts';
import { mrkdwn, plainLoss, plainOf, plainText } from './texts.ts';
import { lose, say, spend, type Walk } from './walk.ts';

const levels = new Map([
  ['attention', 'error'],
  ['warning', 'warning'],
  ['good', 'success'],
  ['accent', 'info'],
] as const);

export function container(element: Json, path: string, walk: Walk): KnownBlock[] {
  const style = word(element.style);
  const items = list(element.items);
  const level = levels.get(style as 'good');
  if (style !== '' && style !== 'default' && level === undefined) walk.looks.add('style');
  if (level === undefined) return walk.each(element.items, `${path}.items`, walk);
  const alert = walk.surface === 'modal' && isText(items) ? alertOf(items, level, path, walk) : null;
  if (alert !== null) return alert;
  const tinted = withSign(items, style);
  if (tinted === items) walk.looks.add('style');
  return walk.each(tinted, `${path}.items`, walk);
}

/** Null when an alert cannot hold the texts. */
function alertOf(items: unknown[], level: AlertBlock['level'] & string, path: string, walk: Walk): KnownBlock[] | null {
  // The alert has its own sign for what the colour of its texts says.
  const spans = textOf(items.map(colourless), `${path}.items`, walk);
  const short = pieces(spans, limits.section.text).length === 1 && !isBlank(spans);
  const written = short
    ? (mrkdwn(spans) ?? (plainLoss(spans) === 'none' ? plainOf(spans, limits.section.text) : null))
    : null;
  if (written === null) return null;
  say(walk, plain(spans));
  return [{ type: 'alert', level, text: written }];
}

function colourless(item: unknown): unknown {
  return isObject(item) ? { ...item, color: undefined } : item;
}

/** A tint that means something as a sign before the first text, where that text has no colour of its own. */
export function withSign(items: unknown[], style: string): unknown[] {
  const [first, ...rest] = items;
  if (!signStyles.has(style) || !isObject(first)) return items;
  if (word(first.type) === 'textblock') return [{ color: style, ...first }, ...rest];
  if (word(first.type) !== 'richtextblock') return items;
  const [run, ...runs] = list(first.inlines);
  const coloured = typeof run === 'string' ? { type: 'TextRun', text: run, color: style } : run;
  return [{ ...first, inlines: [isObject(coloured) ? { color: style, ...coloured } : coloured, ...runs] }, ...rest];
}

type Child = ContainerBlock['child_blocks'][number];
const childTypes = new Set([
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
]);

/** Collapsed under its title on a message; below its title where Slack has nothing that folds. */
export function folded(title: string, blocks: KnownBlock[], path: string, walk: Walk): KnownBlock[] {
  if (blocks.length === 0) return [];
  if (title.trim().length > limits.container.title) lose(walk, path, 'cut', 'a long title');
  const name = plainText(title.trim() === '' ? '…' : title.trim(), limits.container.title);
  const fits = blocks.length <= limits.container.children && blocks.every(({ type }) => childTypes.has(type));
  if (walk.surface === 'message' && fits) {
    lose(walk, path, 'flattened', 'a part that folds under its title');
    return [
      {
        type: 'container',
        title: name,
        child_blocks: blocks as Child[],
        is_collapsible: true,
        default_collapsed: true,
      },
    ];
  }
  lose(walk, path, 'flattened', 'a part that was folded stands open');
  return [{ type: 'context', elements: [name] }, ...blocks];
}

/** The title of the action that shows this hidden element, or null when nothing does. */
export function opener(id: unknown, walk: Walk): string | null {
  if (typeof id !== 'string' || id === '') return null;
  walk.foldable ??= toggles(walk.card);
  return walk.foldable.get(id) ?? null;
}

function toggles(card: Json): Map<string, string> {
  const found = new Map<string, string>();
  const open: unknown[] = [card];
  for (let left = 5_000; left > 0 && open.length > 0; left--) {
    const value = open.pop();
    if (Array.isArray(value)) open.push(...value.slice(0, 1_000));
    if (!isObject(value)) continue;
    if (word(value.type) === 'action.togglevisibility') {
      for (const target of list(value.targetElements).slice(0, 100)) {
        const id = isObject(target) ? target.elementId : target;
        if (typeof id === 'string' && !found.has(id)) found.set(id, text(value.title));
      }
    }
    for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) open.push(child);
  }
  return found;
}

/** A nested card: its body and its own actions. */
export function nestedCard(title: string, card: Json, path: string, walk: Walk): KnownBlock[] {
  if (!spend(walk, path)) return [];
  const inputs = walk.inputs;
  const body = walk.each(list(card.body), `${path}.body`, walk);
  const actions = walk.each([{ type: 'ActionSet', actions: list(card.actions) }], path, walk);
  const blocks = [...body, ...actions];
  if (blocks.length === 0) lose(walk, path, walk.inputs > inputs ? 'needs-modal' : 'dropped', 'a card to unfold');
  return folded(title, blocks, path, walk);
}
