/**
 * The names of happenings. A key stands in the ledger for ever, so its form never changes.
 * Dates in a key are the dates a message is about, never the day it is sent: a new holiday in a calendar renames nothing.
 */

type Day = Temporal.PlainDate;

export const keys = {
  welcome: () => forWhom('welcome'),
  fix: (activity: string, missing: string) => `fix:${activity}:${missing}`,
  open: (round: string) => `open:${round}`,
  close: (round: string) => `close:${round}`,
  invite: (round: string) => forWhom(`invite:${round}`),
  mid: (round: string) => forWhom(`remind:${round}:mid`),
  /** `last` is the person's last day to answer: an extension names a new reminder. */
  near: (round: string, last: Day) => forWhom(`remind:${round}:near`, `:${last}`),
  summary: (round: string) => forWhom(`summary:${round}`),
  /** `date` is the effective due date: a moved date names a new chain. */
  deadline: (activity: string, due: string, date: Day, step: string) =>
    forWhom(`deadline:${activity}:${due}:${date}:${step}`),
  status: (activity: string, due: string, date: Day) => forWhom(`status:${activity}:${due}:${date}`),
  overdue: (activity: string, due: string, date: Day, step: string) => `overdue:${activity}:${due}:${date}:${step}`,
  noteOverdue: (activity: string, due: string, date: Day) => `note-overdue:${activity}:${due}:${date}`,
  digest: (channel: string, day: Day) => `digest:${channel}:${day}`,
};

/** A message for many has a key for each; what is common to them is put together once. */
function forWhom(before: string, after = ''): (who: string) => string {
  return (who) => `${before}:${who}${after}`;
}
