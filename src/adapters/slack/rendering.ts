/** Cards and plain sentences as Slack messages and modals. Losses of the translation are logged, never thrown. */

import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Card, Reference } from '../../ports/chat.ts';
import { isHarmless, type Loss, toHome, toMessage, toModal } from './convert/convert.ts';
import { limits } from './convert/limits.ts';
import type { Log } from './log.ts';
import type { Origin } from './payloads.ts';
import { words, wordsFor } from './words.ts';

/** `callback_id` of our modals: a page of a card, one to be filled in a moment, a sentence. */
export const pageView = 'rond.page';
const loadingView = 'rond.loading';
const noticeView = 'rond.notice';
const homeView = 'rond.home';

/** `imagesFrom`: where pictures may be besides public addresses; null on Slack itself. */
export type Renderer = { log: Log; imagesFrom: () => string | null };

export type Rendered = { blocks: KnownBlock[]; text: string; hasInputs: boolean };

/** What the Answer button under a card with inputs says to us: open the modal of the card that the message carries. */
export const answerVerb = 'rond.answer';

/** A card with inputs is shown for reading, with an Answer button. */
export function message(card: Card, { log, imagesFrom }: Renderer): Rendered {
  const { blocks, text, losses, hasInputs } = toMessage(card, { imagesFrom: imagesFrom() });
  report(losses, log);
  return { blocks: hasInputs ? withAnswer(blocks, wordsFor(card.lang, words.en).fillIn) : blocks, text, hasInputs };
}

function withAnswer(blocks: KnownBlock[], label: string): KnownBlock[] {
  const button: KnownBlock = {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: answerVerb,
        style: 'primary',
        text: { type: 'plain_text', text: label },
        value: JSON.stringify({ verb: answerVerb, values: {} }),
      },
    ],
  };
  const all = [...blocks, button];
  // The page behind the button has everything: the reading copy gives way.
  while (all.length > limits.message.blocks || JSON.stringify(all).length > limits.message.characters)
    all.splice(-2, 1);
  return all;
}

/** `from`: the message the modal was opened from, so that its end can be shown there. */
export function modal(card: Card, from: Origin | null, log: Log): ModalView {
  const { view, losses } = toModal(card, { callbackId: pageView, ...(from ? { meta: from } : {}) });
  report(losses, log);
  return view;
}

export function home(card: Card, log: Log): HomeView {
  const { blocks, losses } = toHome(card);
  report(losses, log);
  return { type: 'home', callback_id: homeView, blocks };
}

/** Opened while the trigger lives, filled when the page is known. No words: whose language is not known yet. */
export const loading = (from: Origin | null): ModalView => plainModal(loadingView, '…', from);

export const notice = (text: string, from: Origin | null): ModalView => plainModal(noticeView, text, from);

/** A sentence shown literally. */
export function literal(text: string): KnownBlock[] {
  return [{ type: 'section', text: { type: 'plain_text', text: text.slice(0, 3000) || ' ', emoji: false } }];
}

/** For `text` beside blocks, which Slack would read as its own markup. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An ephemeral message cannot be referred to: Slack forgets it. */
export function referenceTo(from: Origin | null, tenant: string): Reference | null {
  return from && !from.u ? { platform: 'slack', tenant, conversation: from.c, message: from.t } : null;
}

function plainModal(callbackId: string, text: string, from: Origin | null): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: carried(from),
    title: { type: 'plain_text', text: 'Rond' },
    blocks: literal(text),
  };
}

function report(losses: Loss[], log: Log): void {
  const harmful = losses.filter((loss) => !isHarmless(loss));
  if (harmful.length > 0) log.warn({ losses: harmful }, 'a card lost something on its way to Slack');
}

function carried(from: Origin | null): string {
  return JSON.stringify(from ? { m: from } : {});
}
