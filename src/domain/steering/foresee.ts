/** What a command would change about what is sent: the preview before and after it, side by side. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Happening, Recipient, Tell } from '../happening.ts';
import { nameOf } from '../schedule/chain.ts';
import { anybody } from '../schedule/done.ts';
import { happeningsOf, isMessage, type Part } from '../schedule/messages.ts';
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
  const mayBeWanted = (part: Part) => isMessage(part) && round !== null && part.step.about.round === round;
  const take = ({ parts }: Moment, mine: Map<string, Tell>, others: Map<string, Tell>) => {
    for (const tell of happeningsOf(parts)) {
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
      for (const tell of happeningsOf(is.value.parts.filter(mayBeWanted))) if (isWanted(tell)) wanted.push(tell);
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
function isAlike({ parts: these }: Moment, { parts: those }: Moment): boolean {
  return these.length === those.length && these.every((part, index) => isSame(part, those[index]));
}

function isSame(one: Part, other: Part | undefined): boolean {
  if (!other || one.at.epochMilliseconds !== other.at.epochMilliseconds) return false;
  if (!isMessage(one) || !isMessage(other)) {
    return !isMessage(one) && !isMessage(other) && one.do === other.do && one.key === other.key;
  }
  return (
    one.why === other.why &&
    one.step.key(anybody) === other.step.key(anybody) &&
    one.to.length === other.to.length &&
    one.to.every((to, index) => isOne(to, other.to[index]))
  );
}

const isOne = (to: Recipient, other: Recipient | undefined) => other !== undefined && nameOf(to) === nameOf(other);

const momentOf = (one: IteratorResult<Moment>): number => (one.done ? Number.POSITIVE_INFINITY : one.value.ms);
