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
export function tellNow(line: Line, now: Temporal.Instant, done: ReadonlySet<string>): Happening[] {
  const due = line.steps.filter((step) => !isBefore(now, step.at));
  if (due.length === 0) return [];
  const since = line.place.openSince(now);
  const sensible = due.filter((step) => !isTooLate(step, line, now, since));
  const found: Happening[] = [];
  for (const to of line.to) {
    const who = nameOf(to);
    const waiting = sensible.filter((step) => !done.has(step.key(who)));
    const told = waiting.find((step) => step.opening) ?? waiting.at(-1);
    for (const step of due) {
      const key = step.key(who);
      if (step === told) {
        // A message that waited for the sending hours belongs to the hours it is sent in.
        if (since) found.push({ do: 'tell', key, at: later(step.at, since), kind: step.kind, to, about: step.about });
      } else if (!done.has(key)) {
        found.push(skip(step, key, to, sensible.includes(step) ? 'superseded' : 'too-late'));
      }
    }
  }
  return found;
}

/** The next moment after `after` at which `tellNow` may have something new. */
export function nextOfLine(line: Line, after: Temporal.Instant, done: ReadonlySet<string>): Temporal.Instant | null {
  const isOpen = (step: Step) => line.to.some((to) => !done.has(step.key(nameOf(to))));
  const due = line.steps.filter((step) => !isBefore(after, step.at) && isOpen(step));
  if (due.length > 0)
    return line.place.openSince(after) || isHopeless(due, line, after) ? soon(after) : line.place.morning(after);
  return line.steps.find((step) => isBefore(after, step.at) && isOpen(step))?.at ?? null;
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

const isHopeless = (due: Step[], line: Line, now: Temporal.Instant) =>
  due.some((step) => isTooLate(step, line, now, null));

function skip(step: Step, key: string, to: Recipient, why: 'superseded' | 'too-late'): Happening {
  return { do: 'skip', key, at: step.at, kind: step.kind, to, why };
}
