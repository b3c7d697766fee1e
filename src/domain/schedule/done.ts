/** The keys that stand in the ledger, as a run of questions sees them: those from before are shared, never copied. */

import type { Recipient } from '../happening.ts';
import { nameOf, type Step } from './chain.ts';

export type Done = {
  has(key: string): boolean;
  /** False when it stood there already. */
  add(key: string): boolean;
  /** One message of many people: who has it. A run that tells it says so here, and need not write down each key. */
  of(step: Step): Told;
  all(): Set<string>;
};

export type Told = {
  /** True only when nobody has it. */
  isNew(): boolean;
  has(who: string): boolean;
  add(who: string): void;
  /** Everybody in a list that does not change. */
  addAll(people: readonly Recipient[]): void;
  takeBack(who: string): void;
};

/** In no key: the database keeps no such text. */
const anybody = '\u0000';

export function doneIn(before: ReadonlySet<string>): Done {
  const since = new Set<string>();
  const messages = new Map<string, Told>();
  let heads: string[] | null = null;
  /** Nobody had it before: no need to put together a key for each of thousands to find that out. */
  const isNew = (name: string) => {
    heads ??= headsOf(before);
    const [head = ''] = name.split(anybody);
    return !heads.some((one) => one.startsWith(head) || head.startsWith(one));
  };
  return {
    has: (key) => before.has(key) || since.has(key),
    add(key) {
      const { size } = since;
      return since.add(key).size > size && !before.has(key);
    },
    of(step) {
      const name = step.key(anybody);
      const known = messages.get(name);
      if (known) return known;
      const made = toldOf(isNew(name) ? new Set() : before, step);
      messages.set(name, made);
      return made;
    },
    all() {
      const all = new Set(before);
      for (const key of since) all.add(key);
      return all;
    },
  };
}

function toldOf(before: ReadonlySet<string>, step: Step): Told {
  const known = new Set<string>();
  // Whole lists are looked into only when somebody asks: in most runs nobody does.
  const lists: (readonly Recipient[])[] = [];
  const told = () => {
    for (let list = lists.pop(); list; list = lists.pop()) for (const to of list) known.add(nameOf(to));
    return known;
  };
  return {
    isNew: () => before.size === 0 && known.size === 0 && lists.length === 0,
    has(who) {
      if (told().has(who)) return true;
      if (before.size === 0 || !before.has(step.key(who))) return false;
      known.add(who);
      return true;
    },
    add: (who) => known.add(who),
    addAll: (people) => lists.push(people),
    takeBack: (who) => told().delete(who),
  };
}

/** Every key begins with one of these: they are few, because what was sent to many stands together in the ledger. */
function headsOf(keys: ReadonlySet<string>): string[] {
  const heads = new Set<string>();
  let head = anybody;
  for (const key of keys) {
    if (key.startsWith(head)) continue;
    // A day after the name belongs to the name's message.
    const end = key.lastIndexOf(':');
    const cut = /\d/.test(key[end + 1] ?? '') ? key.lastIndexOf(':', end - 1) : end;
    head = key.slice(0, cut + 1);
    heads.add(head);
    if (heads.size > mostHeads) return [''];
  }
  return [...heads];
}

/** With more, asking for each key costs no more than looking through them. */
const mostHeads = 2_000;
