/** What one conversion carries along: where it is, what it lost, which names are taken, how much it may still do. */

import type { Button, KnownBlock } from '@slack/types';
import { type Json, list, tidy } from './json.ts';
import { bounds } from './limits.ts';
import { addLoss, type Loss, type LossKind } from './losses.ts';
import type { DateWords } from './macros.ts';
import { type Mentions, mentionsIn } from './mentions.ts';
import type { Rule } from './rules.ts';

/** A home is read and pressed like a message and measured like a modal. */
export type Surface = 'message' | 'modal' | 'home';

/** A button that sends: a message keeps it or not, a modal makes one of them its submit. */
export type Sender = {
  button: Button;
  path: string;
  verb: string;
  values: Record<string, string>;
  positive: boolean;
  /** False for `associatedInputs: "none"`. */
  takesInputs: boolean;
  /** Among the card's own actions, not in an ActionSet. */
  ofCard: boolean;
};

export type Walk = {
  readonly card: Json;
  readonly surface: Surface;
  readonly words: DateWords;
  readonly mentions: Mentions;
  readonly losses: Loss[];
  readonly senders: Sender[];
  /** Visible text in reading order, for notifications and screen readers. */
  readonly said: string[];
  /** Looks that Slack has no word for, by name; said once for the whole card. */
  readonly looks: Set<string>;
  readonly blockIds: Set<string>;
  readonly actionIds: Set<string>;
  readonly inputIds: Set<string>;
  /** By input: what Slack cannot hold beside it. */
  readonly rules: Map<string, Rule>;
  /** Titles of what opens a hidden element, by the element's id; null until somebody asks. */
  foldable: Map<string, string> | null;
  /** Pictures are shown from here, too; null: from public addresses only. */
  imagesFrom: string | null;
  nodes: number;
  depth: number;
  inputs: number;
  tables: number;
  /** The modal's title and whether it stands there in full. */
  title: string | null;
  /** Converts a list of elements; here so that containers need not know every element. */
  readonly each: (elements: unknown, path: string, walk: Walk) => KnownBlock[];
  readonly one: (element: Json, path: string, walk: Walk) => KnownBlock[];
};

export function startWalk(card: Json, surface: Surface, words: DateWords, convert: Pick<Walk, 'each' | 'one'>): Walk {
  return {
    card,
    surface,
    words,
    mentions: mentionsIn(card),
    losses: [],
    senders: [],
    said: [],
    looks: new Set(),
    blockIds: new Set(),
    actionIds: new Set(),
    inputIds: new Set(),
    rules: new Map(),
    foldable: null,
    imagesFrom: null,
    nodes: bounds.nodes,
    depth: 0,
    inputs: 0,
    tables: 0,
    title: null,
    ...convert,
  };
}

export function lose(walk: Walk, path: string, kind: LossKind, what: string): void {
  addLoss(walk.losses, { path, kind, what }, bounds.losses);
}

/** All losses of the card, the looks among them. */
export function allLosses(walk: Walk): Loss[] {
  if (walk.looks.size > 0) lose(walk, '', 'style', [...walk.looks].join(', '));
  return walk.losses;
}

/** False once the card has cost enough; what follows is left out, said once. */
export function spend(walk: Walk, path: string): boolean {
  walk.nodes -= 1;
  if (walk.nodes === -1) lose(walk, path, 'dropped', 'the rest of a card of too many parts');
  return walk.nodes >= 0;
}

/** A list of the card; what stands in its place and is none is said. */
export function listed(value: unknown, path: string, walk: Walk): unknown[] {
  if (value !== undefined && value !== null && !Array.isArray(value))
    lose(walk, path, 'dropped', 'a list that is none');
  return list(value);
}

/** A card's string, cut where it is longer than any text a card should hold. */
export function bounded(text: string, path: string, walk: Walk): string {
  if (text.length <= bounds.string) return tidy(text);
  lose(walk, path, 'cut', 'a very long text');
  return `${tidy(text.slice(0, bounds.string - 1))}…`;
}

export function say(walk: Walk, text: string): void {
  const trimmed = text.trim();
  if (trimmed !== '') walk.said.push(trimmed);
}

/** `wanted` when it is free, else with "#2", "#3" … behind it; never longer than 255. */
export function unique(taken: Set<string>, wanted: string, limit: number): string {
  let name = wanted.slice(0, limit);
  for (let n = 2; taken.has(name); n++) {
    const tail = `#${n}`;
    name = wanted.slice(0, limit - tail.length) + tail;
  }
  taken.add(name);
  return name;
}
