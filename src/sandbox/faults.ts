/** The faults of a wire as switches: what goes wrong once, with the next request, and what goes wrong as long as it is on. */

import type { WireFault } from './wire.ts';

export type FaultState = {
  name: string;
  /** In plain words, for whoever tries it out. */
  says: string;
  lasts: 'once' | 'while';
  /** How many are waiting to happen; 1 or 0 for what lasts. */
  on: number;
};

export type FaultBoard = {
  list(): FaultState[];
  /** Puts one more in line, or takes all of that name away; switches what lasts. False when nothing is called so. */
  set(name: string, on: boolean): boolean;
};

export type Once = Record<string, { says: string; fault: WireFault }>;
export type Lasting = Record<string, { says: string; told?: (on: boolean) => void }>;

export type Troubles<L extends Lasting> = FaultBoard & { is(name: keyof L): boolean };

/** @param queue faults waiting for the wire's requests, first in first out. */
export function troubles<L extends Lasting>(
  queue: WireFault[],
  once: Once,
  lasting: L,
  changed: () => void,
): Troubles<L> {
  const standing = new Set<keyof L>();
  return {
    is: (name) => standing.has(name),
    list: () => [
      ...Object.entries(once).map(([name, { says, fault }]): FaultState => {
        return { name, says, lasts: 'once', on: queue.filter((waiting) => waiting === fault).length };
      }),
      ...Object.entries(lasting).map(([name, { says }]): FaultState => {
        return { name, says, lasts: 'while', on: standing.has(name) ? 1 : 0 };
      }),
    ],
    set(name, on) {
      const one = Object.hasOwn(once, name) ? once[name] : undefined;
      const long = Object.hasOwn(lasting, name) ? lasting[name] : undefined;
      if (!one && !long) return false;
      if (one && on) queue.push(one.fault);
      if (one && !on) queue.splice(0, queue.length, ...queue.filter((waiting) => waiting !== one.fault));
      if (long && on) standing.add(name);
      if (long && !on) standing.delete(name);
      long?.told?.(on);
      changed();
      return true;
    },
  };
}
