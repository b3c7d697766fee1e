/**
 * What of a line is told at a given moment. Late is normal: the process may have been down, a plan may have changed.
 * - Whatever no longer makes sense is skipped as too late.
 * - Of several messages that wait for one person in one line only the latest is told (an invitation before any reminder);
 *   the others are skipped as superseded. So no downtime, however long, ends in a burst.
 * - Nothing is written outside the person's sending hours: it waits for the next ones, and is judged again then.
 */

import type { Line, Step } from './chain.ts';
import type { Cohort, Cohorts, Named } from './cohorts.ts';
import type { Message } from './messages.ts';
import { isBefore } from './place.ts';

/** What a line has for a cohort in it. */
export type Piece = {
  line: Line;
  cohort: Cohort;
  steps: readonly Named[];
  /** By their key: what would be told of these has been put off to a later day, and is written down instead. */
  before?: ReadonlySet<Step['key']>;
  /** Gives way to whatever is told of that piece at the same moment. */
  unless?: Piece;
};

/** A message, and what it comes of. */
export type Found = { piece: Piece; message: Message };

/**
 * What to tell and skip at `now`, for everybody in the cohort, of all that has not been done. It is taken to be carried out: what is not
 * has to be taken back (`takeBack`).
 */
export function tellNow({ line, cohort, steps }: Piece, now: Temporal.Instant, { knows }: Cohorts): Message[] {
  const ms = now.epochMilliseconds;
  const due = steps.filter((one) => one.ms <= ms);
  if (due.every((one) => knows(cohort, one))) return [];
  const since = line.place.openSince(now);
  const sinceMs = since?.epochMilliseconds ?? 0;
  const found: Message[] = [];
  const carry = ({ name, step }: Named, at: Temporal.Instant, why: Message['why']) => {
    cohort.told.set(name, true);
    found.push({ at, step, to: cohort.people, why });
  };
  const waiting: Named[] = [];
  let isPassed = false;
  for (const one of due.toReversed()) {
    const { step } = one;
    if (knows(cohort, one)) isPassed = true;
    else if (isTooLate(step, line, now, since)) carry(one, step.at, 'too-late');
    // Whoever comes into a chain late is not told what came before that which they know.
    else if (isPassed && !step.opening) carry(one, step.at, 'superseded');
    else waiting.push(one);
  }
  const chosen = waiting.length > 1 ? (waiting.find(({ step }) => step.opening) ?? waiting[0]) : waiting[0];
  for (const one of waiting) {
    if (one !== chosen) carry(one, one.step.at, 'superseded');
    // A message that waited for the sending hours belongs to the hours it is sent in.
    else if (since) carry(one, one.ms < sinceMs ? since : one.step.at, null);
  }
  return found;
}

/** What is not to be said is written down instead, as of the same moment. */
export function unlessUnsaid(found: readonly Found[]): Message[] {
  const told = new Set<Piece>();
  const said = found.map(({ piece, message }): Found => {
    const unsaid = piece.before?.has(message.step.key) ? 'snoozed' : piece.line.unsaid;
    if (message.why === null && !unsaid) told.add(piece);
    return message.why === null && unsaid ? { piece, message: { ...message, why: unsaid } } : { piece, message };
  });
  return said.map(({ piece: { unless }, message }) =>
    message.why === null && unless && told.has(unless) ? { ...message, why: 'superseded' } : message,
  );
}

/** This message waits after all. */
export function takeBack({ cohort, steps }: Piece, { step }: Message): void {
  for (const one of steps) if (one.step === step) cohort.told.set(one.name, false);
}

/** The next moment after `after` at which `tellNow` may have something new; `ms` is the moment in epoch milliseconds. */
export function nextOfPiece(
  { line, cohort, steps }: Piece,
  after: Temporal.Instant,
  { knows }: Cohorts,
): { at: Temporal.Instant; ms: number } | null {
  const now = after.epochMilliseconds;
  const due = steps.filter((one) => one.ms <= now && !knows(cohort, one));
  if (due.length > 0) {
    const since = line.place.openSince(after);
    const waits = !since && due.every(({ step }) => !isTooLate(step, line, after, since));
    const at = waits ? line.place.morning(after) : soon(after);
    return { at, ms: at.epochMilliseconds };
  }
  const next = steps.find((one) => one.ms > now && !knows(cohort, one));
  return next ? { at: next.step.at, ms: next.ms } : null;
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
