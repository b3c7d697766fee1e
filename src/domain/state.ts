/** What has happened in a group so far, as far as deciding what comes next needs it. */

import type { Activity, Language } from './group.ts';

export const assignmentStates = ['pending', 'draft', 'submitted', 'declined', 'excused'] as const;
export type AssignmentState = (typeof assignmentStates)[number];

export type Assignment = {
  member: string;
  state: AssignmentState;
  /** A personal later close, when one was given. */
  extendedTo: Temporal.Instant | null;
  /** The member who answers instead; this part is then excused. */
  substitute?: string | null;
  /** What they spoke for, where it does not follow the member: who is in the group no more, and in a round that keeps to counts. */
  constituency?: string;
};

/** Who a round asks: everybody in any of the lists. Roles that are never asked (client, owner, observer) are asked only by name. */
export type Audience = 'everyone' | { members: string[]; constituencies: string[]; organisations: string[] };

/** "usual": halfway and the working day before the close. Days are civil days in the group's zone. */
export type Reminders = 'usual' | 'mid' | 'near' | 'none' | { days: Temporal.PlainDate[] };

/** named: the convenor sees who has answered; counts: nobody does. */
export type Anonymity = 'named' | 'counts';

/** What a convenor may set for a round. */
export type Terms = {
  audience: Audience;
  /** Asked in this language; null: in each person's own. */
  language: Language | null;
  reminders: Reminders;
  /** Civil hour of its reminders; null: the group's. */
  hour: Temporal.PlainTime | null;
  anonymity: Anonymity;
  /** The summary waits for the convenor's approval. */
  review: boolean;
};

export const usualTerms: Terms = {
  audience: 'everyone',
  language: null,
  reminders: 'usual',
  hour: null,
  anonymity: 'named',
  review: false,
};

export type Round = {
  /** "<activity key>/<due key>": one round for each collection window. */
  key: string;
  activity: string;
  instrument: string;
  catalogue: string;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  /** Null: scheduled by the convenor, and opens at `opensAt`. */
  openedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  assignments: Assignment[];
  /** As usual when left out. */
  terms?: Terms;
  /** Counts what people have changed; 0 when left out. */
  version?: number;
  pausedAt?: Temporal.Instant | null;
  /** What was due before this and was not told is not told any more. */
  resumedAt?: Temporal.Instant | null;
  /** The last time the convenor asked for a reminder out of turn. */
  nudgedAt?: Temporal.Instant | null;
  /** How many times it was opened again. */
  reopened?: number;
  cancelledAt?: Temporal.Instant | null;
  /** When the summary was approved; matters only where `terms.review`. */
  approvedAt?: Temporal.Instant | null;
};

export const termsOf = (round: Round): Terms => round.terms ?? usualTerms;

/** Nobody is told who has answered it, not even the convenor. */
export const keepsToCounts = (round: Round): boolean => termsOf(round).anonymity === 'counts';

/** Somebody who is not to be reminded up to and including a day (in their own zone). */
export type Away = {
  member: string;
  /** When it was said. */
  since: Temporal.Instant;
  until: Temporal.PlainDate;
  substitute: string | null;
};

/** "Not now": what is said of a round or a due point waits until a day, and is said again then. */
export type Snooze = {
  member: string;
  about: { round: string } | { activity: string; due: string };
  since: Temporal.Instant;
  until: Temporal.PlainDate;
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
  | 'round-extended'
  | 'round-paused'
  | 'round-resumed'
  | 'round-reopened'
  | 'round-cancelled'
  | 'status'
  | 'date-moved'
  | 'owner-set'
  | 'handed-over'
  | 'added'
  | 'renamed'
  | 'parked'
  | 'unparked'
  | 'chair-handed-over'
  | 'overdue';

/** One thing a digest can tell: never who answered what. */
export type Change = {
  at: Temporal.Instant;
  kind: ChangeKind;
  activity: string | null;
  /** Small facts for the words: status, note, date, round, counts. */
  facts: Record<string, string>;
};

/** What a snooze is about, as a name. */
export function subjectOf(about: Snooze['about']): string {
  return 'round' in about ? `round:${about.round}` : `due:${about.activity}:${about.due}`;
}

export type GroupState = {
  /** Keys of everything that stands in the ledger (sent, planned, skipped …) and may still matter: these are never decided again. */
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
  aways?: Away[];
  /** The latest for each member and subject. */
  snoozes?: Snooze[];
  /** Only in the group that carries its council's digest (the first by key): what the council has been told, and when its other groups changed. */
  council?: { toldUntil: Temporal.Instant | null; changes: Temporal.Instant[] } | null;
  /**
   * When each member was last written to without having asked, in epoch milliseconds, ascending, at least as many as the weekly cap
   * allows; only kept where there is a cap.
   */
  unasked?: ReadonlyMap<string, readonly number[]>;
};

/** A state as it is looked at: whoever decides nothing needs nothing of the ledger, in which there may be a hundred thousand messages. */
export type PlanState = Omit<GroupState, 'done' | 'unasked'>;

/** The latest word on a due point; undefined when nobody has said anything. */
export const wordOn = (
  { statuses: said }: Pick<PlanState, 'statuses'>,
  activity: string,
  due: string,
): StatusUpdate | undefined => said.find((one) => one.activity === activity && one.due === due);

export const emptyState: GroupState = {
  done: new Set(),
  rounds: [],
  statuses: [],
  changes: [],
  toldUntil: { group: null, steering: null },
};
