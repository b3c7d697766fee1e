/** The sample that stands beside each template, and ways to walk over a card. */

import { readdirSync, readFileSync } from 'node:fs';
import type { CardName, Models } from '../../src/cards/models.ts';

const folder = new URL('../../cards/', import.meta.url);

export function sampleOf<N extends CardName>(name: N): Models[N] {
  return JSON.parse(readFileSync(new URL(`${name}.data.json`, folder), 'utf8'));
}

/** File names in `cards/`, without the ending. */
export function filesWith(ending: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
}

export type Node = Record<string, unknown> & { type?: string };

/** Every object in a card, outermost first; what actions carry as data is not part of the card. */
export function nodesOf(card: unknown): Node[] {
  if (Array.isArray(card)) return card.flatMap(nodesOf);
  if (card === null || typeof card !== 'object') return [];
  const node = card as Node;
  const inside = Object.entries(node).filter(([member]) => member !== 'data');
  return [node, ...inside.flatMap(([, value]) => nodesOf(value))];
}

export const ofType = (card: unknown, type: RegExp): Node[] =>
  nodesOf(card).filter((node) => type.test(node.type ?? ''));

/** Actions as a client offers them: without those that only stand in as a fallback. */
export function actionsOf(card: unknown): Node[] {
  const all = ofType(card, /^Action\./);
  const standIns = new Set(all.map((action) => action.fallback));
  return all.filter((action) => !standIns.has(action));
}
