/** Remembers names for a while: the first line against replays. The inbox's event keys are the second, and for good. */
export type Seen = {
  /** True when the name is new; remembers it. */
  add(name: string): boolean;
  forget(name: string): void;
};

/** `clock` gives milliseconds. At most `capacity` names: the oldest go first. */
export function seen(keepMs: number, clock: () => number, capacity = 200_000): Seen {
  const until = new Map<string, number>();
  return {
    add(name) {
      const now = clock();
      for (const [old, end] of until) {
        if (end > now && until.size < capacity) break;
        until.delete(old);
      }
      if (until.has(name)) return false;
      until.set(name, now + keepMs);
      return true;
    },
    forget(name) {
      until.delete(name);
    },
  };
}
