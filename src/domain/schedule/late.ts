/**
 * What of a line is told at a given moment. Late is normal: the process may have been down, a plan may have changed.
 * - Whatever no longer makes sense is skipped as too late.
 * - Of several messages that wait for one person in one line only the latest is told (an invitation before any reminder);
 *   the others are skipped as superseded. So no downtime, however long, ends in a burst.
 * - Nothing is written outside the person's sending hours: it waits for the next ones, and is judged again then.
 */

import type { Happening, Recipient } from '../happening.ts';
import { type Line, nameOf, type Step } from './chain.ts';
import type { Done, Told } from './done.ts';
import { isBefore, later } from './place.ts';

/**
 * What to tell and skip at `now`, for everybody in the line, of all that has not been done. It is taken to be carried out: what is not
 * has to be taken back (`takeBack`).
 */
export function tellNow(line: Line, now: Temporal.Instant, done: Done, spent: Set<string>): Happening[] {
  const steps = line.steps.filter((step) => !isBefore(now, step.at) && !spent.has(nameIn(line, step)));
  if (steps.length === 0) return [];
  const since = line.place.openSince(now);
  const due = steps.toReversed().map(
    (step): Due => ({
      step,
      // A message that waited for the sending hours belongs to the hours it is sent in.
      told: since ? later(step.at, since) : null,
      tooLate: isTooLate(step, line, now, since),
      known: done.of(step),
    }),
  );
  const [only] = due;
  if (only?.told && !only.tooLate && due.length === 1 && only.known.isNew()) {
    for (const step of steps) spent.add(nameIn(line, step));
    return tellAll(line, only, only.told);
  }
  const found: Happening[] = [];
  for (const to of line.to) {
    const who = nameOf(to);
    const carry = ({ known }: Due, happening: Happening) => {
      known.add(who);
      found.push(happening);
    };
    let first: Waiting | null = null;
    let more: Waiting[] | null = null;
    let isPassed = false;
    for (const one of due) {
      const { step, known } = one;
      if (known.has(who)) {
        isPassed = true;
        continue;
      }
      const key = step.key(who);
      if (one.tooLate) carry(one, skip(step, key, to, 'too-late'));
      // Whoever comes into a chain late is not told what came before that which they know.
      else if (isPassed && !step.opening) carry(one, skip(step, key, to, 'superseded'));
      else if (first) more = [...(more ?? [first]), { one, key }];
      else first = { one, key };
    }
    if (!first) continue;
    const chosen = more?.find(({ one }) => one.step.opening) ?? first;
    for (const waiting of more ?? [first]) {
      const { one, key } = waiting;
      if (waiting !== chosen) carry(one, skip(one.step, key, to, 'superseded'));
      else if (one.told) carry(one, { do: 'tell', key, at: one.told, kind: one.step.kind, to, about: one.step.about });
    }
  }
  if (since || due.every(({ tooLate }) => tooLate)) for (const step of steps) spent.add(nameIn(line, step));
  return found;
}

/** One message that nobody has had: there is nothing to weigh. */
function tellAll(line: Line, { step, known }: Due, at: Temporal.Instant): Happening[] {
  const { kind, about } = step;
  known.addAll(line.to);
  return line.to.map((to) => ({ do: 'tell', key: step.key(nameOf(to)), at, kind, to, about }));
}

/** `told`: the instant it is told with; null outside the sending hours. */
type Due = { step: Step; told: Temporal.Instant | null; tooLate: boolean; known: Told };
type Waiting = { one: Due; key: string };

/** What is told in a line that says nothing is written down instead, as of the same moment. */
export function unlessUnsaid({ unsaid }: Line, happening: Happening): Happening {
  if (!unsaid || happening.do !== 'tell') return happening;
  const { key, at, kind, to, about } = happening;
  return { do: 'skip', key, at, kind, to, about, why: unsaid };
}

/** This message waits after all, and with it the line. */
export function takeBack(line: Line, who: string, key: string, done: Done, spent: Set<string>): void {
  for (const step of line.steps) {
    spent.delete(nameIn(line, step));
    if (step.key(who) === key) done.of(step).takeBack(who);
  }
}

/** The next moment after `after` at which `tellNow` may have something new. */
export function nextOfLine(
  line: Line,
  after: Temporal.Instant,
  done: Done,
  spent: ReadonlySet<string>,
): Temporal.Instant | null {
  const isOpen = (step: Step) => !spent.has(nameIn(line, step)) && isLacking(step, line.to, done);
  const due = line.steps.filter((step) => !isBefore(after, step.at) && isOpen(step));
  if (due.length > 0) {
    const since = line.place.openSince(after);
    const waits = !since && due.every((step) => !isTooLate(step, line, after, since));
    return waits ? line.place.morning(after) : soon(after);
  }
  return line.steps.find((step) => isBefore(after, step.at) && isOpen(step))?.at ?? null;
}

function isLacking(step: Step, people: readonly Recipient[], done: Done): boolean {
  const known = done.of(step);
  return people.some((to) => !known.has(nameOf(to)));
}

/** A step of people at one place; the first of them stands for all, since one person is in one line. */
function nameIn(line: Line, step: Step): string {
  const first = line.to[0];
  return first ? step.key(nameOf(first)) : '';
}

/** Something is due already: any later moment will do. The ledger keeps milliseconds. */
export function soon(after: Temporal.Instant): Temporal.Instant {
  return after.add({ milliseconds: 1 });
}

/** Too late also when the sending hours that could still carry it come too late. */
function isTooLate(step: Step, line: Line, now: Temporal.Instant, since: Temporal.Instant | null): boolean {
  if (!step.until) return false;
  return !isBefore(since ? now : line.place.morning(now), step.until);
}

function skip(step: Step, key: string, to: Recipient, why: 'superseded' | 'too-late'): Happening {
  return { do: 'skip', key, at: step.at, kind: step.kind, to, about: step.about, why };
}
