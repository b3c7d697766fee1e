/** A card as a modal. */

import type { ModalView } from '@slack/types';
import type { Card } from '../../../ports/chat.ts';
import { words, wordsFor } from '../words.ts';
import { element, elements } from './element.ts';
import { fitted } from './fit.ts';
import { isObject, type Json, jsonOf, text } from './json.ts';
import { limits } from './limits.ts';
import type { Loss } from './losses.ts';
import { cardBlocks, dateWords, type MessageOptions, orNothing } from './message.ts';
import { primaryOf, tooLong, without } from './senders.ts';
import { cut } from './spans.ts';
import { plainText } from './texts.ts';
import { allLosses, lose, type Sender, startWalk, type Walk } from './walk.ts';

/** `meta` comes back in private_metadata under "m", what is to be checked of the inputs under "r". */
export type ModalOptions = { callbackId: string; meta?: unknown } & MessageOptions;
export type SlackModal = { view: ModalView; losses: Loss[] };

/**
 * The card as a modal: title from its first heading, inputs as input blocks, the primary action as submit with its
 * `{verb, values}` in private_metadata under "s"; every other action a button. Never throws.
 * A card without inputs and without a positive action has no submit.
 */
export function toModal(card: Card, options: ModalOptions): SlackModal {
  const json: Json = isObject(card) ? card : {};
  const walk = startWalk(json, 'modal', dateWords(json, options), { each: elements, one: element });
  const made = cardBlocks(json, walk);
  const primary = primaryOf(walk);
  const unwanted = new Set(
    walk.senders
      .filter((each) => each === primary || leaves(each) || tooLong(each.button, each.path, walk))
      .map(({ button }) => button),
  );
  for (const { path, takesInputs, ...each } of walk.senders) {
    if (!leaves(each) && !takesInputs && walk.inputs > 0)
      lose(walk, path, 'behaviour', 'an action that leaves the inputs out');
  }
  const blocks = orNothing(fitted(without(made, unwanted), walk), walk);
  const submit = submitText(primary, walk);
  const metadata = metadataOf(primary, options.meta, walk);
  return {
    view: {
      type: 'modal',
      callback_id: cut(text(options.callbackId), limits.id),
      title: plainText(title(json, walk), limits.modal.title),
      // Slack's own word would be in Slack's language, which need not be the card's.
      close: plainText(wordsFor(json.lang, words.en).close, limits.modal.submit),
      ...(submit !== null && { submit: plainText(submit, limits.modal.submit) }),
      blocks,
      private_metadata: metadata,
    },
    losses: allLosses(walk),
  };
}

/** "Back", where a page takes a message's place: here the message is still there, and closing the modal leads to it. */
const leaves = ({ values }: Pick<Sender, 'values'>): boolean => values.leaves === '1';

function submitText(primary: Sender | null, walk: Walk): string | null {
  if (primary === null) {
    if (walk.inputs === 0) return null;
    lose(walk, '', 'no-submit', 'inputs and no action that sends them');
    return 'OK';
  }
  const words = primary.button.text.text;
  if (words.length > limits.modal.submit) lose(walk, primary.path, 'cut', 'a long title of the submit action');
  return words;
}

function title(card: Json, walk: Walk): string {
  const heading = (walk.title ?? text(card.title).trim()).trim();
  if (heading === '') lose(walk, '', 'label', 'a modal without a heading');
  // A heading that is cut in the title stands in full in the body.
  if (heading.length > limits.modal.title) lose(walk, '', walk.title === null ? 'cut' : 'shortened', 'the title');
  return heading || 'Rond';
}

function metadataOf(primary: Sender | null, meta: unknown, walk: Walk): string {
  const s = primary === null ? {} : { s: { verb: primary.verb, values: primary.values } };
  const m = meta === undefined ? {} : { m: meta };
  const r = walk.rules.size === 0 ? {} : { r: Object.fromEntries(walk.rules) };
  for (const [kept, lost] of [
    [{ ...s, ...m, ...r }, null],
    [{ ...s, ...m }, 'rules of inputs'],
    [m, 'what the primary action sends'],
    [s, 'the reference to where the modal was opened'],
  ] as const) {
    const json = jsonOf(kept);
    if (json === null || json.length > limits.modal.metadata) continue;
    if (lost !== null) lose(walk, primary?.path ?? '', 'dropped', lost);
    return json;
  }
  lose(walk, primary?.path ?? '', 'dropped', 'what the primary action sends');
  return '{}';
}
