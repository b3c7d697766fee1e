/** Short words for cards and for the blocks they are to become. */

import type { KnownBlock } from '@slack/types';
import { expect } from 'vitest';
import { type Loss, toMessage, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../../../src/ports/chat.ts';
import { messageFaults, modalFaults } from './block-kit.ts';

export const card = (body: unknown[], more: object = {}): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  ...more,
});
export const text = (words: string, more: object = {}) => ({ type: 'TextBlock', text: words, ...more });
export const mrkdwn = (words: string) => ({ type: 'mrkdwn', text: words });
export const plain = (words: string) => ({ type: 'plain_text', text: words, emoji: true });
export const section = (words: string) => ({ type: 'section', text: mrkdwn(words) });
export const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
export const raw = (words: string) => ({ type: 'raw_text', text: words });
export const kinds = (losses: Loss[]) => [...new Set(losses.map(({ kind }) => kind))].sort();
export const long = (characters: number) =>
  'ord '
    .repeat(characters)
    .slice(0, characters - 1)
    .concat('x');

export function asMessage(element: object | object[]) {
  const made = toMessage(card([element].flat()));
  expect(messageFaults(made.blocks, made.text)).toEqual([]);
  return made;
}

export function asModal(body: object[], actions: object[] = [], meta?: unknown) {
  const made = toModal(card(body, { actions }), { callbackId: 'rond.page', ...(meta === undefined ? {} : { meta }) });
  expect(modalFaults(made.view)).toEqual([]);
  return { ...made, blocks: made.view.blocks as KnownBlock[] };
}
