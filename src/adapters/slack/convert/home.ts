/** A card as somebody's App Home: read and pressed, never handed in. */

import type { KnownBlock } from '@slack/types';
import type { Card } from '../../../ports/chat.ts';
import { element, elements } from './element.ts';
import { fitted } from './fit.ts';
import { isObject, type Json } from './json.ts';
import type { Loss } from './losses.ts';
import { cardBlocks, dateWords, type MessageOptions, orNothing } from './message.ts';
import { unsent, without } from './senders.ts';
import { allLosses, startWalk } from './walk.ts';

/** At most 100 blocks; every action a button. Inputs wait in the modal, as on a message. Never throws. */
export function toHome(card: Card, options: MessageOptions = {}): { blocks: KnownBlock[]; losses: Loss[] } {
  const json: Json = isObject(card) ? card : {};
  const walk = startWalk(json, 'home', dateWords(json, options), { each: elements, one: element });
  const made = cardBlocks(json, walk);
  const blocks = orNothing(fitted(without(made, unsent(walk)), walk), walk);
  return { blocks, losses: allLosses(walk) };
}
