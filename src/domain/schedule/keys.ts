/**
 * The names of happenings. A key stands in the ledger for ever, so its form never changes.
 * Dates in a key are the dates a message is about, never the day it is sent: a new holiday in a calendar renames nothing.
 */

type Day = Temporal.PlainDate;

export const keys = {
  welcome: (member: string) => `welcome:${member}`,
  fix: (activity: string, missing: string) => `fix:${activity}:${missing}`,
  open: (round: string) => `open:${round}`,
  close: (round: string) => `close:${round}`,
  invite: (round: string, member: string) => `invite:${round}:${member}`,
  mid: (round: string, member: string) => `remind:${round}:mid:${member}`,
  /** `last` is the person's last day to answer: an extension names a new reminder. */
  near: (round: string, member: string, last: Day) => `remind:${round}:near:${member}:${last}`,
  summary: (round: string, channel: string) => `summary:${round}:${channel}`,
  /** `date` is the effective due date: a moved date names a new chain. */
  deadline: (activity: string, due: string, date: Day, step: string, member: string) =>
    `deadline:${activity}:${due}:${date}:${step}:${member}`,
  status: (activity: string, due: string, date: Day, member: string) => `status:${activity}:${due}:${date}:${member}`,
  overdue: (activity: string, due: string, date: Day, step: string) => `overdue:${activity}:${due}:${date}:${step}`,
  noteOverdue: (activity: string, due: string, date: Day) => `note-overdue:${activity}:${due}:${date}`,
  digest: (channel: string, day: Day) => `digest:${channel}:${day}`,
};
