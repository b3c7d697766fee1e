/** Everything that will be sent, to whom, when, if nobody answers in between: the plan run ahead by the functions that run it. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Happening } from '../happening.ts';
import type { GroupState } from '../state.ts';
import { carryOn, chainsOf, nextOf } from './decide.ts';
import { isBefore } from './place.ts';
import { sceneOf } from './scene.ts';

/**
 * Runs the plan from `from` (normally now: what is overdue then is told then) up to and including `to`.
 * The same as deciding, evolving and going to the next instant again and again; only chains that have something to say are asked.
 */
export function preview(
  group: Group,
  state: GroupState,
  from: Temporal.Instant,
  to: Temporal.Instant,
  holidays: Holidays,
): Happening[] {
  const scene = sceneOf(group, state, holidays);
  const chains = chainsOf(scene);
  const digests = new Set(chains.slice(-3));
  const agenda = chains.map((chain) => ({ chain, ...whenOf(from) }));
  const happenings: Happening[] = [];
  for (let now: Temporal.Instant | null = from; now && !isBefore(to, now); now = firstOf(agenda)) {
    const { ms } = whenOf(now);
    const awake = agenda.filter((entry) => entry.ms <= ms || digests.has(entry.chain));
    for (const happening of carryOn(
      scene,
      awake.map(({ chain }) => chain),
      now,
    ))
      happenings.push(happening);
    for (const entry of awake) Object.assign(entry, whenOf(nextOf(scene, entry.chain, now)));
  }
  return happenings;
}

/** Numbers compare faster than instants, and there are hundreds of thousands of comparisons. Everything planned is on a whole millisecond. */
const whenOf = (at: Temporal.Instant | null) => ({ at, ms: at?.epochMilliseconds ?? Number.POSITIVE_INFINITY });

function firstOf(agenda: { at: Temporal.Instant | null; ms: number }[]): Temporal.Instant | null {
  let first: (typeof agenda)[number] | undefined;
  for (const entry of agenda) if (!first || entry.ms < first.ms) first = entry;
  return first?.at ?? null;
}
