/**
 * What should happen, as data. Each carries a key that names it for ever: the ledger holds every key once,
 * so whatever decides it again (a second process, a restart, a clock that went back) changes nothing.
 */

import type { ChannelPurpose } from './group.ts';

export const messageKinds = [
  'welcome',
  'invitation',
  'reminder',
  'receipt',
  'deadline',
  'status',
  'fix',
  'overdue',
  'digest',
  'steering',
  'summary',
  'notice',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** The group's own channels, and that of the council it reports to. */
export type ChannelName = ChannelPurpose | 'council';

export type Recipient = { member: string } | { channel: ChannelName };

/** What a message is about; everything else is loaded when it is sent, so that it is true then. */
export type About = {
  round?: string;
  activity?: string;
  /** Key of the due point. */
  due?: string;
  /**
   * "week" | "day" for a deadline, "mid" | "near" | "on" | "nudge" | "again" for a reminder, "1" | "7" for overdue,
   * "review" for a summary that the convenor is shown before it is posted, "chair" for the welcome of a new convenor.
   */
  step?: string;
  /** Of what is said again about a due point: the key of the message that was put off, which knows the day it was about. */
  again?: string;
  /** What is put anew says what the activity was called, when it is in the plan no more. */
  title?: string;
  /** A digest tells the changes in (after, until]. ISO instants; `after` is empty for the first digest. */
  after?: string;
  until?: string;
  /** Of a notice to the convenor: who cannot be reached, "member:<key>", "channel:<purpose>" or "tenant:<platform>"; `step` is the code of the reason. */
  whom?: string;
  /** Of a receipt: the id of its assignment; `beside`: it stands elsewhere, and here only that it is there. */
  assignment?: string;
  beside?: string;
};

export type Tell = {
  do: 'tell';
  key: string;
  at: Temporal.Instant;
  kind: MessageKind;
  to: Recipient;
  about: About;
};

/** Why somebody is not told what others are told at that moment. */
export type Unsaid = 'answered' | 'snoozed';

export type Happening =
  | Tell
  /** A collection's window opens: the round and its assignments come into being. */
  | {
      do: 'open-round';
      key: string;
      at: Temporal.Instant;
      round: string;
      activity: string;
      due: string;
      instrument: string;
      catalogue: string;
      closesAt: Temporal.Instant;
      members: string[];
    }
  | { do: 'close-round'; key: string; at: Temporal.Instant; round: string }
  /** A due point has passed without being done: told in digests. */
  | {
      do: 'note-overdue';
      key: string;
      at: Temporal.Instant;
      activity: string;
      due: string;
    }
  /**
   * Written to the ledger as skipped, with the reason, never sent: missed and no longer sensible (after downtime), or kept from somebody
   * who has answered or put it off, in a round of which the ledger's keys must not tell that.
   */
  | {
      do: 'skip';
      key: string;
      at: Temporal.Instant;
      kind: MessageKind;
      to: Recipient;
      about: About;
      why: 'superseded' | 'too-late' | Unsaid;
    };
