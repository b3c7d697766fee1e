/** One tick: which groups' next instant has come, what is due there, written down once. */

import type { Step } from '../delivery/steps.ts';
import type { Holidays } from '../domain/calendar.ts';
import type { Group } from '../domain/group.ts';
import type { Happening } from '../domain/happening.ts';
import { decide, nextInstant } from '../domain/schedule/decide.ts';
import { evolveAll } from '../domain/schedule/evolve.ts';
import type { GroupState } from '../domain/state.ts';
import type { Clock } from '../ports/clock.ts';
import type { Loaded, Store } from '../ports/store.ts';

export type TickOptions = {
  store: Pick<Store, 'groups'>;
  clock: Clock;
  holidays: Holidays;
  step: (step: Step) => void;
  log: { error(data: object, message: string): void };
};

/** How many ledger rows are new. Safe to run in several processes at once, and again after any interruption. */
export async function tick({ store, clock, holidays, step, log }: TickOptions): Promise<number> {
  step('tick-started');
  const now = clock.now();
  let written = 0;
  for (const key of await store.groups.due(now)) {
    try {
      const decide = ({ group, state }: Loaded) => {
        const decision = everythingDue(group, state, now, holidays);
        step('decided');
        return decision;
      };
      written += await store.groups.carryOut(key, decide, now);
    } catch (error) {
      log.error({ error, group: key }, 'a group could not be carried on; the others are');
    }
  }
  step('tick-committed');
  return written;
}

/** One thing may make the next due at the same moment: a round that opens lets its invitations go. */
export function everythingDue(
  group: Group,
  state: GroupState,
  now: Temporal.Instant,
  holidays: Holidays,
): { happenings: Happening[]; nextAt: Temporal.Instant | null; state: GroupState } {
  const happenings: Happening[] = [];
  let current = state;
  for (let round = 0; round < 20; round += 1) {
    const due = decide(group, current, now, holidays);
    if (due.length === 0) break;
    happenings.push(...due);
    current = evolveAll(group, current, due);
  }
  return { happenings, nextAt: nextInstant(group, current, now, holidays), state: current };
}
