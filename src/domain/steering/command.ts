/**
 * Everything a person can do to a group's plan and rounds, as data: what a button says, what the audit keeps and what a preview
 * is asked for is the same value. Dates are civil days in the group's zone, members and activities go by their keys.
 */

import type { Council, Member, Role } from '../group.ts';
import type { Status, Terms } from '../state.ts';

/** What a round is to be. What is left out is as usual, or stays as it is. `hour` lies within the group's sending hours. */
export type RoundSettings = Partial<Terms>;

export type NewRound = RoundSettings & {
  /** The activity it belongs to, with the key of the window it takes the place of; or, from nothing, a title: it then becomes an activity of its own. */
  from: { activity: string; due?: string } | { title: string };
  instrument: string;
  catalogue: string;
  /** The last day on which one may answer. */
  closes: Temporal.PlainDate;
};

/** The version a person saw on the card they pressed; left out where a press cannot be about something older. */
type Seen = { seen?: number };
type OnRound = Seen & { round: string };
type OnActivity = Seen & { activity: string };

export type RoundCommand =
  /** Opens on the morning of `opens` (the first working day on or after). */
  | (NewRound & { do: 'schedule-round'; opens: Temporal.PlainDate })
  /** Opens at this moment; invitations leave now, or at the next sending hour. */
  | (NewRound & { do: 'open-round-now' })
  /** Before it opens everything may change; once it is open: reminders, hour, language and review. */
  | (OnRound & { do: 'change-round'; settings: RoundSettings; opens?: Temporal.PlainDate; closes?: Temporal.PlainDate })
  /** A reminder now to those who have not answered; at most one a day. */
  | (OnRound & { do: 'nudge' })
  /** A later last day, for all or for one member. Reminders follow. */
  | (OnRound & { do: 'extend'; closes: Temporal.PlainDate; member?: string })
  /** Nothing is sent until it is resumed; answers are taken, and it closes on its day. */
  | (OnRound & { do: 'pause' })
  /** What fell into the pause is not sent afterwards. */
  | (OnRound & { do: 'resume' })
  /** This member need not answer, and no longer counts as missing. Like everything about one member, not in a round that keeps to counts. */
  | (OnRound & { do: 'excuse'; member: string })
  /** Another member answers instead: a new, empty part with its invitation. */
  | (OnRound & { do: 'substitute'; member: string; by: string })
  /** A closed round takes answers again until the end of this day. */
  | (OnRound & { do: 'reopen'; closes: Temporal.PlainDate })
  /** Ends without a summary, whether it has opened or not. Answers are kept. */
  | (OnRound & { do: 'cancel-round' })
  /** The summary that waits may be posted. */
  | (OnRound & { do: 'approve-summary' });

export type PlanCommand =
  | (OnActivity & { do: 'assign'; owners: 'all' | string[] })
  /** Moves a due point, or gives the first one to an activity without (`due` left out). A window needs `from` and `to`, or keeps its length. */
  | (OnActivity & { do: 'move-date'; due?: string; to: Temporal.PlainDate; from?: Temporal.PlainDate })
  /** An owner gives the activity to somebody else. */
  | (OnActivity & { do: 'hand-over'; to: string })
  /** Says how a due point stands; "done" ends its reminders. */
  | (OnActivity & { do: 'set-status'; due: string; status: Status; note?: string })
  | (OnActivity & { do: 'park' })
  | (OnActivity & { do: 'unpark' });

export type OwnCommand =
  /** Remind me again on this day, and not before. About a round, or a due point of an activity. */
  | { do: 'snooze'; about: { round: string } | { activity: string; due: string }; until: Temporal.PlainDate }
  /**
   * Away up to and including this day: no reminders until then; what still makes sense comes afterwards, once. With a substitute,
   * deadlines go there meanwhile, and so do open parts in rounds that close before the return.
   */
  | { do: 'away'; until: Temporal.PlainDate; substitute?: string; member?: string }
  | { do: 'back'; member?: string };

/** Somebody who comes into the group. `key`: free, or their own from when they were in it before. */
export type Newcomer = Omit<Member, 'role'>;

/** What is left out stays as it is. */
export type Placing = { member: string; organisation?: string; constituency?: string };

export type GroupCommand =
  /** Gives the chair to another; the former convenor becomes deputy (or member). */
  | (Seen & { do: 'hand-over-chair'; to: string; stay?: 'deputy' | 'member' })
  | (Seen & { do: 'set-role'; member: string; role: Exclude<Role, 'convenor'> })
  /**
   * In the group from now on: greeted, asked in every open survey that is for them, and owners of the activities whose plan names them.
   * Whoever comes back goes on where they were.
   */
  | (Seen & { do: 'add-members'; members: Newcomer[] })
  /** What members speak for and where they are from: of one, or of many at once. */
  | (Seen & { do: 'place-members'; members: Placing[] })
  /**
   * In the group no more, and written to no more. Open parts in surveys end, except where that would tell that they were open; what was
   * answered stays. Activities lose this owner.
   */
  | (Seen & { do: 'remove-member'; member: string })
  /** Quiet hours begin at `quietFrom` and end at the group's hour; at most `weeklyCap` unasked messages a person and week (null: no cap). */
  | (Seen & { do: 'set-sending'; hour?: Temporal.PlainTime; quietFrom?: Temporal.PlainTime; weeklyCap?: number | null })
  /**
   * The group's calendar feed gets a new secret address, and the one before (`instead`: since when it was; null: there was none) ends.
   * `hash` is made from the secret, which no command carries.
   */
  | { do: 'renew-calendar'; hash: string; instead: Temporal.Instant | null }
  /** The calendar feed's address ends. */
  | { do: 'revoke-calendar'; instead: Temporal.Instant | null }
  /** The council this group reports to (null: none); its groups share one digest. */
  | (Seen & { do: 'set-council'; council: Council | null });

export type Command = RoundCommand | PlanCommand | OwnCommand | GroupCommand;
export const commands = [
  'schedule-round',
  'open-round-now',
  'change-round',
  'nudge',
  'extend',
  'pause',
  'resume',
  'excuse',
  'substitute',
  'reopen',
  'cancel-round',
  'approve-summary',
  'assign',
  'move-date',
  'hand-over',
  'set-status',
  'park',
  'unpark',
  'snooze',
  'away',
  'back',
  'hand-over-chair',
  'set-role',
  'add-members',
  'place-members',
  'remove-member',
  'set-sending',
  'set-council',
  'renew-calendar',
  'revoke-calendar',
] as const satisfies readonly Command['do'][];

export type Action = Command['do'] | 'see-live-status' | 'see-missing-names' | 'see-log' | 'see-plan';

/** Why nothing was done; each is a word in the cards' languages. */
export const refusals = [
  'not-member',
  'not-allowed',
  'unknown-group',
  'unknown-round',
  'unknown-activity',
  'unknown-due',
  'unknown-member',
  'already-member',
  'elsewhere',
  'unknown-instrument',
  'no-title',
  'no-audience',
  'empty-audience',
  'window-over',
  'window-backwards',
  'too-soon',
  'bad-date',
  'day-outside',
  'past-date',
  'quiet-hour',
  'bad-cap',
  'round-exists',
  'not-open',
  'already-open',
  'already-closed',
  'not-closed',
  'already-answered',
  'already-in-round',
  'not-in-round',
  'already-paused',
  'not-paused',
  'nudged-today',
  'nobody-missing',
  'counts-only',
  'nothing-to-approve',
  'not-yours',
  'is-convenor',
  'too-long',
  'same-person',
  'link-changed',
  'nothing-changes',
  'unknown-channel',
] as const;
export type RefusalCode = (typeof refusals)[number];
