/** The keys that stand in the ledger, as a run of questions sees them: those from before are shared, never copied. */

export type Done = {
  has(key: string): boolean;
  /** False when it stood there already. */
  add(key: string): boolean;
  /** Stood there before the run: messages to people that a run tells are not added (`cohorts.ts` remembers them). */
  stood(key: string): boolean;
  /** By a message's name: true only when nobody had it before the run. */
  isNew(name: string): boolean;
  all(): Set<string>;
};

/** In no key: the database keeps no such text. */
export const anybody = '\u0000';

export function doneIn(before: ReadonlySet<string>): Done {
  const since = new Set<string>();
  const fresh = new Map<string, boolean>();
  let heads: string[] | null = null;
  /** No need to put together a key for each of thousands to find out that nobody had it. */
  const looked = (name: string) => {
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
    stood: (key) => before.has(key),
    isNew(name) {
      let known = fresh.get(name);
      if (known === undefined) {
        known = looked(name);
        fresh.set(name, known);
      }
      return known;
    },
    all() {
      const all = new Set(before);
      for (const key of since) all.add(key);
      return all;
    },
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
