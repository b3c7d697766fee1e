/**
 * The names of happenings. A key stands in the ledger for ever, so its form never changes.
 * Dates in a key are the dates a message is about, never the day it is sent: a new holiday in a calendar renames nothing.
 */

type Day = Temporal.PlainDate;

export const keys = {
  welcome: () => forWhom('welcome'),
  /** To whoever the chair was handed over to, at this moment. */
  chair: (at: Temporal.Instant) => forWhom(`chair:${at}`),
  fix: (activity: string, missing: string) => `fix:${activity}:${missing}`,
  /** `again`: how many times the round was scheduled or opened again. */
  open: (round: string, again = 0) => `open:${round}${nth(again)}`,
  close: (round: string, again = 0) => `close:${round}${nth(again)}`,
  invite: (round: string) => forWhom(`invite:${round}`),
  mid: (round: string) => forWhom(`remind:${round}:mid`),
  /** `last` is the person's last day to answer: an extension names a new reminder. */
  near: (round: string, last: Day) => forWhom(`remind:${round}:near`, `:${last}`),
  /** A day of the convenor's own choice. */
  on: (round: string, day: Day) => forWhom(`remind:${round}:on`, `:${day}`),
  /** Out of turn, at most once a day. */
  nudge: (round: string, day: Day) => forWhom(`remind:${round}:nudge`, `:${day}`),
  summary: (round: string, again = 0) => forWhom(`summary:${round}${nth(again)}`),
  /** The summary as a draft for the convenor. */
  review: (round: string, again = 0) => forWhom(`review:${round}${nth(again)}`),
  /** Said again on the day a person put it off to; `subject` as in `subjectOf`. */
  again: (subject: string, day: Day) => forWhom(`again:${subject}`, `:${day}`),
  /** `date` is the effective due date: a moved date names a new chain. */
  deadline: (activity: string, due: string, date: Day, step: string) =>
    forWhom(`deadline:${activity}:${due}:${date}:${step}`),
  status: (activity: string, due: string, date: Day) => forWhom(`status:${activity}:${due}:${date}`),
  overdue: (activity: string, due: string, date: Day, step: string) => `overdue:${activity}:${due}:${date}:${step}`,
  noteOverdue: (activity: string, due: string, date: Day) => `note-overdue:${activity}:${due}:${date}`,
  digest: (channel: string, day: Day) => `digest:${channel}:${day}`,
};

/** Said again because the person asked for that day, and named by it. */
export const isAgain = (key: string): boolean => key.startsWith('again:');

/** What was sent is put anew where it stands ("renewed:<its key>:<change>"): the key it was sent with; any other key as it is. */
export const sentAs = (key: string): string => /^renewed:(.+):[^:]*$/s.exec(key)?.[1] ?? key;

const nth = (again: number) => (again > 0 ? `#${again}` : '');

/** A message for many has a key for each; what is common to them is put together once. */
function forWhom(before: string, after = ''): (who: string) => string {
  const head = `${before}:`;
  return after === '' ? (who) => head + who : (who) => head + who + after;
}
