/** Everything that will be sent, to whom, when, if nobody answers in between: the plan run ahead by the functions that run it. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Happening } from '../happening.ts';
import type { GroupState } from '../state.ts';
import type { Chain } from './chain.ts';
import { carryOn, chainsFor, chainsOf, nextOf } from './decide.ts';
import type { Draft } from './evolve.ts';
import { happeningsOf, type Part } from './messages.ts';
import { isBefore } from './place.ts';
import { type Scene, sceneOf } from './scene.ts';

type Whole = { group: Group; state: GroupState };

/** From when (normally now: what is overdue then is told then) up to and including when. */
type Span = { from: Temporal.Instant; to: Temporal.Instant };

/** What happens at one moment of the run, in order. `draft`: what is then; the run moves it forward. */
export type Moment = { ms: number; parts: Part[]; draft: Draft };

/** The whole run at once: see `ahead`. */
export function preview(
  group: Group,
  state: GroupState,
  from: Temporal.Instant,
  to: Temporal.Instant,
  holidays: Holidays,
): Happening[] {
  const all: Happening[] = [];
  for (const { parts } of ahead({ group, state }, { from, to }, holidays)) {
    for (const happening of happeningsOf(parts)) all.push(happening);
  }
  return all;
}

/**
 * Runs the plan, moment by moment: whoever needs only some of what there is keeps only that. `activity`: as if the plan were this one alone,
 * with what digests tell of it.
 */
export function ahead(
  { group, state }: Whole,
  span: Span,
  holidays: Holidays,
  activity: string | null = null,
): Generator<Moment> {
  const scene = sceneOf(group, state, holidays);
  return run(scene, activity === null ? chainsOf(scene) : chainsFor(scene, activity), span);
}

/** The same as deciding, evolving and going to the next instant again and again; only chains that have something to say are asked. */
function* run(scene: Scene, chains: Chain[], { from, to }: Span): Generator<Moment> {
  const digests = new Set(chains.slice(-3));
  const agenda = chains.map((chain) => ({ chain, ...whenOf(from) }));
  for (let now: Temporal.Instant | null = from; now && !isBefore(to, now); now = firstOf(agenda)) {
    const { ms } = whenOf(now);
    const awake = agenda.filter((entry) => entry.ms <= ms || digests.has(entry.chain));
    const parts = carryOn(
      scene,
      awake.map(({ chain }) => chain),
      now,
    );
    if (parts.length > 0) yield { ms, parts, draft: scene.draft };
    for (const entry of awake) Object.assign(entry, whenOf(nextOf(scene, entry.chain, now)));
  }
}

/** Numbers compare faster than instants, and there are hundreds of thousands of comparisons. Everything planned is on a whole millisecond. */
const whenOf = (at: Temporal.Instant | null) => ({ at, ms: at?.epochMilliseconds ?? Number.POSITIVE_INFINITY });

function firstOf(agenda: { at: Temporal.Instant | null; ms: number }[]): Temporal.Instant | null {
  let first: (typeof agenda)[number] | undefined;
  for (const entry of agenda) if (!first || entry.ms < first.ms) first = entry;
  return first?.at ?? null;
}
