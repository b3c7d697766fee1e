/** What has happened in a group so far, as far as deciding what comes next needs it. */

import type { Activity } from './group.ts';

export const assignmentStates = ['pending', 'draft', 'submitted', 'declined', 'excused'] as const;
export type AssignmentState = (typeof assignmentStates)[number];

export type Assignment = {
  member: string;
  state: AssignmentState;
  /** A personal later close, when one was given. */
  extendedTo: Temporal.Instant | null;
};

export type Round = {
  /** "<activity key>/<due key>": one round for each collection window. */
  key: string;
  activity: string;
  instrument: string;
  catalogue: string;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  openedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  assignments: Assignment[];
};

export const statuses = ['not-started', 'under-way', 'done', 'late', 'stopped'] as const;
export type Status = (typeof statuses)[number];

/** An owner's latest word on one due point of one activity. */
export type StatusUpdate = {
  activity: Activity['key'];
  /** The due point's key. */
  due: string;
  status: Status;
  note: string;
  /** A new date asked for; the due point moves to it. */
  newDate: Temporal.PlainDate | null;
  /** Member key; null when Rond itself noted it. */
  by: string | null;
  at: Temporal.Instant;
};

export type ChangeKind =
  | 'plan-imported'
  | 'round-opened'
  | 'round-closed'
  | 'status'
  | 'date-moved'
  | 'owner-set'
  | 'handed-over'
  | 'parked'
  | 'overdue';

/** One thing a digest can tell: never who answered what. */
export type Change = {
  at: Temporal.Instant;
  kind: ChangeKind;
  activity: string | null;
  /** Small facts for the words: status, note, date, round, counts. */
  facts: Record<string, string>;
};

export type GroupState = {
  /** Keys of everything that stands in the ledger (sent, planned, skipped …): these are never decided again. */
  done: ReadonlySet<string>;
  rounds: Round[];
  /** Latest update for each (activity, due). */
  statuses: StatusUpdate[];
  /** Oldest first. */
  changes: Change[];
  /** Until when each channel has been told; null before the first digest. */
  toldUntil: {
    group: Temporal.Instant | null;
    steering: Temporal.Instant | null;
  };
};

export const emptyState: GroupState = {
  done: new Set(),
  rounds: [],
  statuses: [],
  changes: [],
  toldUntil: { group: null, steering: null },
};
