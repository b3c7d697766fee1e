/** What a command would change about what is sent: the preview before and after it, side by side. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Happening, Tell } from '../happening.ts';
import { ahead, type Moment } from '../schedule/preview.ts';
import type { GroupState } from '../state.ts';

export type Effects = {
  /** Would no longer be sent, or not at that time. */
  stops: Tell[];
  /** Would be new, or at another time. */
  starts: Tell[];
  /** Of everything that would be sent after it, what was asked for. */
  after: Tell[];
};

type Whole = { group: Group; state: GroupState };

/** `activity`: nothing else is touched. `round`: whose messages are wanted whole. */
export type Scope = { activity: string | null; round: string | null };

/** In order of time, from `now` up to `until`. The two runs go on side by side, and only what differs is kept. */
export function effectsOf(
  before: Whole,
  after: Whole,
  now: Temporal.Instant,
  until: Temporal.Instant,
  holidays: Holidays,
  { activity, round }: Scope,
): Effects {
  const [stops, starts] = [new Map<string, Tell>(), new Map<string, Tell>()];
  const wanted: Tell[] = [];
  const isWanted = (one: Happening): one is Tell => one.do === 'tell' && round !== null && one.about.round === round;
  const take = ({ happenings }: Moment, mine: Map<string, Tell>, others: Map<string, Tell>) => {
    for (const tell of happenings) {
      if (tell.do !== 'tell') continue;
      const same = others.get(tell.key);
      if (same?.at.epochMilliseconds === tell.at.epochMilliseconds) others.delete(tell.key);
      else mine.set(tell.key, tell);
      if (mine === starts && isWanted(tell)) wanted.push(tell);
    }
  };
  const run = (whole: Whole) => ahead(whole, { from: now, to: until }, holidays, activity);
  const [old, next] = [run(before), run(after)];
  let [was, is] = [old.next(), next.next()];
  while (!was.done || !is.done) {
    const [oldMs, nextMs] = [momentOf(was), momentOf(is)];
    if (!was.done && !is.done && oldMs === nextMs && isAlike(was.value, is.value)) {
      for (const tell of is.value.happenings) if (isWanted(tell)) wanted.push(tell);
      [was, is] = [old.next(), next.next()];
      continue;
    }
    if (!was.done && oldMs <= nextMs) {
      take(was.value, stops, starts);
      was = old.next();
    }
    if (!is.done && nextMs <= oldMs) {
      take(is.value, starts, stops);
      is = next.next();
    }
  }
  return { stops: [...stops.values()], starts: [...starts.values()], after: wanted };
}

/** Most moments are the same in both runs, message by message. */
function isAlike({ happenings: these }: Moment, { happenings: those }: Moment): boolean {
  const isSame = (one: Happening, other: Happening | undefined) =>
    one.do === other?.do && one.at.epochMilliseconds === other.at.epochMilliseconds && one.key === other.key;
  return these.length === those.length && these.every((one, index) => isSame(one, those[index]));
}

const momentOf = (one: IteratorResult<Moment>): number => (one.done ? Number.POSITIVE_INFINITY : one.value.ms);
