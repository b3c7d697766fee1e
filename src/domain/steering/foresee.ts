/** What a command would change about what is sent: the preview before and after it, side by side. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Happening, Recipient, Tell } from '../happening.ts';
import { nameOf } from '../schedule/chain.ts';
import { happeningsOf, isMessage, type Message, type Part } from '../schedule/messages.ts';
import { ahead, type Moment } from '../schedule/preview.ts';
import type { GroupState } from '../state.ts';
import { togetherIn } from './together.ts';

/** What is sent: many at once stay together, as of thousands of people there may be hundreds of thousands. */
export type Sent = Tell | Message;

export type Effects = {
  /** Would no longer be sent, or not at that time. */
  stops: Sent[];
  /** Would be new, or at another time. */
  starts: Sent[];
  /** Of everything that would be sent after it, what was asked for. */
  after: Tell[];
};

type Whole = { group: Group; state: GroupState };

/** `activity`: nothing else is touched. `round`: whose messages are wanted whole. */
export type Scope = { activity: string | null; round: string | null };

/**
 * In order of time, from `now` up to `until`. The two runs go on side by side, and only what differs is kept; they end when nothing can
 * differ any more (`together.ts`).
 */
export function effectsOf(
  before: Whole,
  after: Whole,
  now: Temporal.Instant,
  until: Temporal.Instant,
  holidays: Holidays,
  { activity, round }: Scope,
): Effects {
  const [stops, starts] = [new Map<number, Sent[]>(), new Map<number, Sent[]>()];
  const wanted: Tell[] = [];
  const isWanted = (part: Part): part is Message =>
    isMessage(part) && part.why === null && round !== null && part.step.about.round === round;
  const take = (parts: readonly Part[], mine: Map<number, Sent[]>) => {
    for (const part of parts) {
      if (!isSent(part)) continue;
      const ms = part.at.epochMilliseconds;
      const there = mine.get(ms);
      if (there) there.push(part);
      else mine.set(ms, [part]);
    }
  };
  const together = togetherIn(before, after, round);
  const run = (whole: Whole) => ahead(whole, { from: now, to: until }, holidays, activity);
  const [old, next] = [run(before), run(after)];
  let [was, is] = [old.next(), next.next()];
  while (!was.done || !is.done) {
    const [oldMs, nextMs] = [momentOf(was), momentOf(is)];
    const these = !was.done && oldMs <= nextMs ? was.value.parts : [];
    const those = !is.done && nextMs <= oldMs ? is.value.parts : [];
    const [gone, come] = onlyIn(...differing(these, those));
    take(gone, stops);
    take(come, starts);
    together?.saw(Math.min(oldMs, nextMs), happeningsOf(gone), happeningsOf(come));
    for (const tell of tellsIn(those.filter(isWanted))) wanted.push(tell);
    if (!was.done && !is.done && oldMs === nextMs && together?.isReached(oldMs, was.value.draft, is.value.draft)) break;
    if (oldMs <= nextMs) was = old.next();
    if (nextMs <= oldMs) is = next.next();
  }
  // Told at the same time by both runs, though not at the same step of the way.
  for (const [ms, gone] of stops) {
    const come = starts.get(ms);
    if (!come) continue;
    const [onlyGone, onlyCome] = onlyIn(...differing(gone, come));
    stops.set(ms, onlyGone.filter(isSent));
    starts.set(ms, onlyCome.filter(isSent));
  }
  return { stops: [...stops.values()].flat(), starts: [...starts.values()].flat(), after: wanted };
}

const isSent = (part: Part): part is Sent => (isMessage(part) ? part.why === null : part.do === 'tell');

const tellsIn = (parts: readonly Part[]): Tell[] => happeningsOf(parts).filter((one) => one.do === 'tell');

/** What is only in one of two moments: most are the same in both runs, message by message. */
function differing(these: readonly Part[], those: readonly Part[]): [Part[], Part[]] {
  const [there, same] = [Map.groupBy(those, partName), new Set<Part>()];
  const gone = these.filter((part) => {
    const found = there.get(partName(part))?.find((other) => isSame(part, other));
    if (found) same.add(found);
    return !found;
  });
  return [gone, those.filter((part) => !same.has(part))];
}

/** The same person by person: many may be told the same in both runs, and stand together with others. */
function onlyIn(these: readonly Part[], those: readonly Part[]): [readonly Part[], readonly Part[]] {
  if (these.length === 0 || those.length === 0) return [these, those];
  const there = new Map(happeningsOf(those).map((one) => [one.key, one]));
  const gone = happeningsOf(these).filter((one) => {
    const found = there.get(one.key);
    const same =
      found && found.at.epochMilliseconds === one.at.epochMilliseconds && outcomeOf(found) === outcomeOf(one);
    if (same) there.delete(one.key);
    return !same;
  });
  return [gone, [...there.values()]];
}

const outcomeOf = (one: Happening): string => (one.do === 'skip' ? one.why : one.do);

function partName(part: Part): string {
  if (!isMessage(part)) return part.key;
  const [first] = part.to;
  return first ? part.step.key(nameOf(first)) : '';
}

/** Of two parts of the same name. */
function isSame(one: Part, other: Part): boolean {
  if (one.at.epochMilliseconds !== other.at.epochMilliseconds) return false;
  if (!isMessage(one) || !isMessage(other)) return !isMessage(one) && !isMessage(other) && one.do === other.do;
  return (
    one.why === other.why &&
    one.to.length === other.to.length &&
    one.to.every((to, index) => isOne(to, other.to[index]))
  );
}

const isOne = (to: Recipient, other: Recipient | undefined) => other !== undefined && nameOf(to) === nameOf(other);

const momentOf = (one: IteratorResult<Moment>): number => (one.done ? Number.POSITIVE_INFINITY : one.value.ms);
