/** A card as a message. */

import type { KnownBlock } from '@slack/types';
import type { Card } from '../../../ports/chat.ts';
import { actionSet, selectAction } from './actions.ts';
import { element, elements } from './element.ts';
import { fitted } from './fit.ts';
import { isObject, type Json, text, tidy } from './json.ts';
import { limits } from './limits.ts';
import type { Loss } from './losses.ts';
import { unsent, without } from './senders.ts';
import { cut } from './spans.ts';
import { escaped, plainText } from './texts.ts';
import { allLosses, lose, startWalk, type Walk } from './walk.ts';

/** How dates read where Slack does not write them itself. */
export type MessageOptions = {
  locale?: string;
  timeZone?: string;
  /** Pictures are shown from this address as well as from public ones. */
  imagesFrom?: string | null;
};
export type SlackMessage = { blocks: KnownBlock[]; text: string; losses: Loss[]; hasInputs: boolean };

/**
 * The card as blocks, at most 50 and 13,200 characters. `text` is for notifications and screen readers, escaped, never
 * empty. A card with inputs is read-only here: inputs and the buttons that send them are left out (`hasInputs`).
 * Never throws.
 */
export function toMessage(card: Card, options: MessageOptions = {}): SlackMessage {
  const json: Json = isObject(card) ? card : {};
  const walk = startWalk(json, 'message', dateWords(json, options), { each: elements, one: element });
  walk.imagesFrom = options.imagesFrom ?? null;
  const made = cardBlocks(json, walk);
  const blocks = fitted(without(made, unsent(walk)), walk);
  const shown = orNothing(blocks, walk);
  const text = notification(json, walk);
  return { blocks: shown, text, losses: allLosses(walk), hasInputs: walk.inputs > 0 };
}

export function dateWords(card: Json, options: MessageOptions) {
  return { locale: options.locale ?? (text(card.lang) || 'en'), timeZone: options.timeZone ?? 'UTC' };
}

/** Body, then actions. */
export function cardBlocks(card: Json, walk: Walk): KnownBlock[] {
  if (card.refresh !== undefined || card.authentication !== undefined) {
    lose(walk, '', 'behaviour', 'a card that renews itself');
  }
  if (card.backgroundImage !== undefined || card.minHeight !== undefined) walk.looks.add('backgroundImage');
  if (isObject(card.msteams) && card.msteams.width !== undefined) walk.looks.add('width');
  return [
    ...elements(card.body, 'body', walk),
    ...selectAction(card.selectAction, 'selectAction', walk),
    ...actionSet(card.actions, 'actions', walk, true),
  ];
}

/** Slack shows nothing without a block. */
export function orNothing(blocks: KnownBlock[], walk: Walk): KnownBlock[] {
  if (blocks.length > 0) return blocks;
  if (walk.title === null) lose(walk, '', 'dropped', 'a card with nothing to show');
  return [{ type: 'context', elements: [plainText('…', 10)] }];
}

/** What the card says in words; mrkdwn, so escaped. */
function notification(card: Json, walk: Walk): string {
  const given = text(card.fallbackText) || text(card.speak).replace(/<[^<>]{0,200}>/g, ' ');
  const words = tidy((given.trim() || walk.said.slice(0, 100).join('\n')).slice(0, limits.message.text * 2));
  if (words.length > limits.message.text) lose(walk, 'fallbackText', 'shortened', 'the text of the notification');
  let room: number = limits.message.text;
  let shown = escaped(cut(words, room));
  while (shown.length > limits.message.text) {
    room -= Math.ceil((shown.length - limits.message.text) / 5) + 1;
    shown = escaped(cut(words, room));
  }
  return shown.trim() || '…';
}
