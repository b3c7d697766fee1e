/** Everything that will be sent, to whom, when, if nobody answers in between: the plan run ahead by the functions that run it. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Happening } from '../happening.ts';
import type { GroupState } from '../state.ts';
import { carryOn, chainsOf, nextOf } from './decide.ts';
import { isBefore, sooner } from './place.ts';
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
  const digests = new Set(chains.slice(-2));
  const next = new Map<(typeof chains)[number], Temporal.Instant | null>(chains.map((chain) => [chain, from]));
  const happenings: Happening[] = [];
  for (
    let now: Temporal.Instant | null = from;
    now && !isBefore(to, now);
    now = [...next.values()].reduce(sooner, null)
  ) {
    const moment = now;
    const awake = chains.filter((chain) => isDue(next.get(chain) ?? null, moment) || digests.has(chain));
    for (const happening of carryOn(scene, awake, moment)) happenings.push(happening);
    for (const chain of awake) next.set(chain, nextOf(scene, chain, moment));
  }
  return happenings;
}

const isDue = (at: Temporal.Instant | null, now: Temporal.Instant) => at !== null && !isBefore(now, at);
