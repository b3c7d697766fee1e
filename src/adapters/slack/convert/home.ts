/** A card as somebody's App Home: read and pressed, never handed in. */

import type { KnownBlock } from '@slack/types';
import type { Card } from '../../../ports/chat.ts';
import { element, elements } from './element.ts';
import { fitted } from './fit.ts';
import { isObject, type Json } from './json.ts';
import type { Loss } from './losses.ts';
import { cardBlocks, dateWords, type MessageOptions, orNothing } from './message.ts';
import { tooLong, without } from './senders.ts';
import { allLosses, startWalk } from './walk.ts';

/** At most 100 blocks; every action a button. Never throws. */
export function toHome(card: Card, options: MessageOptions = {}): { blocks: KnownBlock[]; losses: Loss[] } {
  const json: Json = isObject(card) ? card : {};
  const walk = startWalk(json, 'modal', dateWords(json, options), { each: elements, one: element });
  // A home has no title bar: its heading stays where it is.
  walk.title = '';
  const made = cardBlocks(json, walk);
  const unwanted = new Set(
    walk.senders.filter((each) => tooLong(each.button, each.path, walk)).map(({ button }) => button),
  );
  const blocks = orNothing(fitted(without(made, unwanted), walk), walk);
  return { blocks, losses: allLosses(walk) };
}
