/** The keys that stand in the ledger, as a run of questions sees them: those from before are shared, never copied. */

import type { Step } from './chain.ts';

export type Done = {
  has(key: string): boolean;
  /** False when it stood there already. */
  add(key: string): boolean;
  /** Who is known to have this message already, of the people it is for. Of everybody else it has to be asked with `has`. */
  settled(step: Step): Set<string>;
  all(): Set<string>;
};

/** In no key: the database keeps no such text. */
const anybody = '\u0000';

export function doneIn(before: ReadonlySet<string>): Done {
  const since = new Set<string>();
  const settled = new Map<string, Set<string>>();
  return {
    has: (key) => before.has(key) || since.has(key),
    add(key) {
      const { size } = since;
      return since.add(key).size > size && !before.has(key);
    },
    settled(step) {
      const message = step.key(anybody);
      const known = settled.get(message);
      if (known) return known;
      const made = new Set<string>();
      settled.set(message, made);
      return made;
    },
    all() {
      const all = new Set(before);
      for (const key of since) all.add(key);
      return all;
    },
  };
}
