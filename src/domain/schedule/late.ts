/**
 * What of a line is told at a given moment. Late is normal: the process may have been down, a plan may have changed.
 * - Whatever no longer makes sense is skipped as too late.
 * - Of several messages that wait for one person in one line only the latest is told (an invitation before any reminder);
 *   the others are skipped as superseded. So no downtime, however long, ends in a burst.
 * - Nothing is written outside the person's sending hours: it waits for the next ones, and is judged again then.
 */

import type { Happening, Recipient } from '../happening.ts';
import { type Line, nameOf, type Step } from './chain.ts';
import { isBefore, later } from './place.ts';

/** What to tell and skip at `now`, for everybody in the line, of all that has not been done. */
export function tellNow(line: Line, now: Temporal.Instant, done: ReadonlySet<string>, spent: Set<string>): Happening[] {
  const steps = line.steps.filter((step) => !isBefore(now, step.at) && !spent.has(nameIn(line, step)));
  if (steps.length === 0) return [];
  const since = line.place.openSince(now);
  const due = steps.toReversed().map((step) => ({
    ...step,
    // A message that waited for the sending hours belongs to the hours it is sent in.
    told: since ? later(step.at, since) : null,
    tooLate: isTooLate(step, line, now, since),
  }));
  const found: Happening[] = [];
  for (const to of line.to) {
    const who = nameOf(to);
    const waiting: { step: Due; key: string }[] = [];
    let isPassed = false;
    for (const step of due) {
      const key = step.key(who);
      if (done.has(key)) isPassed = true;
      else if (step.tooLate) found.push(skip(step, key, to, 'too-late'));
      // Whoever comes into a chain late is not told what came before that which they know.
      else if (isPassed && !step.opening) found.push(skip(step, key, to, 'superseded'));
      else waiting.push({ step, key });
    }
    const chosen = waiting.length > 1 ? (waiting.find(({ step }) => step.opening) ?? waiting[0]) : waiting[0];
    for (const one of waiting) {
      const { step, key } = one;
      if (one !== chosen) found.push(skip(step, key, to, 'superseded'));
      else if (step.told) found.push({ do: 'tell', key, at: step.told, kind: step.kind, to, about: step.about });
    }
  }
  if (since || due.every((step) => step.tooLate)) for (const step of steps) spent.add(nameIn(line, step));
  return found;
}

/** `told`: the instant it is told with; null outside the sending hours. */
type Due = Step & { told: Temporal.Instant | null; tooLate: boolean };

/** Something of this line waits after all. */
export function forget(line: Line, spent: Set<string>): void {
  for (const step of line.steps) spent.delete(nameIn(line, step));
}

/** The next moment after `after` at which `tellNow` may have something new. */
export function nextOfLine(
  line: Line,
  after: Temporal.Instant,
  done: ReadonlySet<string>,
  spent: ReadonlySet<string>,
): Temporal.Instant | null {
  const isOpen = (step: Step) =>
    !spent.has(nameIn(line, step)) && line.to.some((to) => !done.has(step.key(nameOf(to))));
  const due = line.steps.filter((step) => !isBefore(after, step.at) && isOpen(step));
  if (due.length > 0) {
    const since = line.place.openSince(after);
    const waits = !since && due.every((step) => !isTooLate(step, line, after, since));
    return waits ? line.place.morning(after) : soon(after);
  }
  return line.steps.find((step) => isBefore(after, step.at) && isOpen(step))?.at ?? null;
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
  return { do: 'skip', key, at: step.at, kind: step.kind, to, why };
}
