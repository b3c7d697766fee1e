/**
 * What Rond asks of its database. One implementation (PostgreSQL). Everything that must happen once is a fact of the
 * database, not of a process: several processes may call every function here at the same time.
 */

import type { Group, Identity, Member, Platform } from '../domain/group.ts';
import type { About, ChannelName, Happening, MessageKind } from '../domain/happening.ts';
import type { Ratings } from '../domain/instrument.ts';
import type { AssignmentState, Change, GroupState, PlanState, Status } from '../domain/state.ts';
import type { Kept } from '../domain/steering/kept-in-chat.ts';
import type { CalendarLinks } from './calendar-links.ts';
import type { Address, FailureCode, Reference } from './chat.ts';
import type { ContactKey } from './contacts.ts';
import type { DraftStore } from './drafts.ts';
import type { SteeringStore } from './steering.ts';

/** A group as it is looked at. */
export type Glance = { id: string; group: Group; state: PlanState };

/** A group as it is decided about: with the ledger's keys, and where there is a weekly cap what counts towards it. */
export type Loaded = Glance & { state: GroupState };

export type GroupStore = {
  list(): Promise<{ key: string; name: string }[]>;
  /** Null when there is no such group. `at`: it is decided for this moment and later ones, never for an earlier one; left out: for any. */
  load(key: string, at?: Temporal.Instant): Promise<Loaded | null>;
  /** The same without what the ledger tells. */
  glance(key: string): Promise<Glance | null>;
  /**
   * The ledger's keys of a group, by its id: at least those that may still matter. Of an `activity` that is named those of what is over, too;
   * with `alone`, perhaps no others.
   */
  told(groupId: string, of?: { activity?: string; alone?: boolean }): Promise<GroupState['done']>;
  /**
   * Creates or updates the group, its members, channels and activities; members and activities no longer named are set aside, never
   * deleted. With a change it is a group file that is read: what was set in the chat and stays is given back.
   */
  save(group: Group, change: Change | null, nextAt: Temporal.Instant | null): Promise<Kept[]>;
  /** Keys of groups whose next instant has come. */
  due(now: Temporal.Instant): Promise<string[]>;
  /** The earliest next instant of all groups. */
  nextAt(): Promise<{ group: string; at: Temporal.Instant } | null>;
  /**
   * Locks the group, loads it, lets `decide` say what is due, and writes ledger rows, state changes and the next instant in
   * one transaction. Returns how many ledger rows are new. A group that another process holds is left to it (0). `at`: as in `load`.
   */
  carryOut(
    key: string,
    decide: (loaded: Loaded) => {
      happenings: Happening[];
      nextAt: Temporal.Instant | null;
    },
    at?: Temporal.Instant,
  ): Promise<number>;
  /** After the plan or an answer changed what comes next: the tick looks again at once. */
  wake(groupId: string, at: Temporal.Instant): Promise<void>;
};

export type Delivery = {
  id: string;
  groupId: string;
  groupKey: string;
  key: string;
  kind: MessageKind;
  mode: 'post' | 'replace';
  member: string | null;
  channel: ChannelName | null;
  about: About;
  platform: Platform;
  lane: string;
  to: Address;
  dueAt: Temporal.Instant;
  attempt: number;
  /** For "replace": the message to put the card into. */
  reference: Reference | null;
  /** Why nobody can be written to there now, as the platform said; null when nothing is known against it. */
  blocked: string | null;
};

export type DeliveryState = 'planned' | 'claimed' | 'intent' | 'sent' | 'failed' | 'unknown' | 'skipped' | 'done';

export type LedgerRow = {
  key: string;
  kind: MessageKind | 'event';
  to: string;
  platform: Platform | null;
  at: Temporal.Instant;
  state: DeliveryState;
  reason: string | null;
  reference: Reference | null;
};

export type Ledger = {
  /** Lanes that have something planned and due. */
  lanes(now: Temporal.Instant): Promise<string[]>;
  /** Takes up to `limit` due deliveries of a lane for this process; of all modes unless some are named. */
  claim(lane: string, now: Temporal.Instant, limit: number, modes?: readonly Delivery['mode'][]): Promise<Delivery[]>;
  /** Committed before the request, with Rond's own time (a read-back searches from there). False when the claim was lost. */
  intend(delivery: Delivery, at: Temporal.Instant): Promise<boolean>;
  sent(delivery: Delivery, reference: Reference | null, at: Temporal.Instant): Promise<void>;
  /** Back to planned, not before the given time. */
  again(delivery: Delivery, notBefore: Temporal.Instant, why: string): Promise<void>;
  /** The first time a person or channel cannot be reached for this reason, a notice to the convenor is planned with it. */
  failed(delivery: Delivery, reason: string, at: Temporal.Instant): Promise<void>;
  unknown(delivery: Delivery, why: string): Promise<void>;
  skipped(delivery: Delivery, why: string): Promise<void>;
  /** What dead processes left behind: claims go back to planned, open intents become unknown. */
  recover(): Promise<void>;
  /** Unknown deliveries that have not been settled. */
  unknowns(): Promise<(Delivery & { intentAt: Temporal.Instant })[]>;
  /** An unknown that was found, or proved absent (planned again), or cannot be told and stays unknown. */
  settle(
    delivery: Delivery,
    how: { is: 'sent'; reference: Reference } | { is: 'planned' } | { is: 'unknown' },
  ): Promise<void>;
  /** Evidence from an action on a card: the delivery of this kind and about this, whose message nobody was sure of, is adopted. */
  adopt(groupId: string, member: string, reference: Reference, kinds: MessageKind[], about: About): Promise<void>;
  /** A page about a due point was opened from this message: where the page lies in its place, it is not put anew for a while. */
  pageOpened(groupId: string, member: string, reference: Reference, at: Temporal.Instant): Promise<void>;
  /** All of a group's rows, in order. */
  rows(groupKey: string): Promise<LedgerRow[]>;
  /**
   * Members and channels of a group, by its id, whose last message did not arrive, with the reason as a code, in the order of these messages.
   * Of a round that keeps to counts no reminder is looked at, nor is any receipt.
   */
  unreached(groupId: string): Promise<{ to: string; reason: string }[]>;
  /** Due and not finished: what a jump of the clock waits for. */
  open(now: Temporal.Instant): Promise<number>;
};

/** A member found by the identity that the platform vouched for. */
export type Person = {
  groupId: string;
  groupKey: string;
  groupName: string;
  member: Member;
};

/** What a card about an assignment says of its group. */
export type GroupFacts = Pick<Group, 'name' | 'language' | 'timeZone' | 'periods'>;

export type AssignmentRow = {
  id: string;
  groupId: string;
  groupKey: string;
  group: GroupFacts;
  round: {
    id: string;
    key: string;
    activity: string;
    title: string;
    instrument: string;
    catalogue: string;
    closesAt: Temporal.Instant;
    openedAt: Temporal.Instant | null;
    closedAt: Temporal.Instant | null;
    cancelledAt: Temporal.Instant | null;
  };
  member: Member;
  state: AssignmentState;
  /** Everything given so far, page by page; `answers` is what was handed in of it. */
  draft: Ratings;
  answers: Ratings;
  revision: number;
  /** Another with every change of the assignment, its round or its member. */
  version: string;
  /** Of some message to this member nobody knows whether it arrived: what is pressed on it proves that it did. */
  isDoubtful: boolean;
  submittedAt: Temporal.Instant | null;
  extendedTo: Temporal.Instant | null;
};

/**
 * What one take-in says: stored now, or the same event again, or the round is closed / the assignment is not this person's, or (only
 * where it was to be as it was `seen`) it may be otherwise by now and nothing was stored.
 */
export type Taken = { is: 'taken'; revision: number } | { is: 'repeated' } | { is: 'refused' } | { is: 'changed' };

export type AnswerStore = {
  assignment(id: string): Promise<AssignmentRow | null>;
  /** As it was when it was last read or stored here, without asking: it may have changed since. */
  remembered(id: string): AssignmentRow | null;
  /** The person's assignments in rounds that are open. */
  assignmentsOf(who: Identity): Promise<AssignmentRow[]>;
  /** A member's part in a round of a group, by their keys. */
  assignmentIn(groupId: string, round: string, member: string): Promise<AssignmentRow | null>;
  /**
   * One statement: page values into the draft (and into the answers when already submitted and `complete`), event, state.
   * `seen`: only if this is still the assignment's version.
   */
  saveDraft(
    id: string,
    who: Identity,
    page: Ratings,
    complete: boolean,
    event: string,
    now: Temporal.Instant,
    seen?: string,
  ): Promise<Taken>;
  /** One statement: the whole answer, state, event, and the receipt's ledger row. */
  submit(
    id: string,
    who: Identity,
    ratings: Ratings,
    event: string,
    now: Temporal.Instant,
    message: Reference | null,
    seen?: string,
  ): Promise<Taken>;
  /** One statement: everything the summary needs of a round, counted in the database as it stands. */
  sumUp(groupId: string, round: string): Promise<RoundCounts | null>;
  /**
   * The same of a round that has closed, kept as it was when it was first asked for: whatever is shown of a result, at any time, is
   * what was posted. `nth`: the result after it was opened again so often; the latest unless given. Null while the round is open, of
   * one that was cancelled, and of a result that was never asked for.
   */
  result(groupId: string, round: string, nth?: number): Promise<Result | null>;
};

/** `nth`: how often the round had been opened again. */
export type Result = RoundCounts & { nth: number };

export type RoundCounts = {
  title: string;
  catalogue: string;
  instrument: string;
  periods: Group['periods'];
  invited: number;
  submitted: number;
  constituencies: { name: string; invited: number; submitted: number }[];
  /** How many answers gave this pair for this item. */
  pairs: { item: string; now: string; coming: string; count: number }[];
};

export type PlanStore = {
  /** Appends an owner's word; false when this event is known already. Wakes the group. */
  saveStatus(
    groupId: string,
    update: {
      activity: string;
      due: string;
      status: Status;
      note: string;
      newDate: Temporal.PlainDate | null;
      by: string;
      event: string;
      /** Where it was said: that message shows it already. */
      pressed?: Reference | null;
    },
    now: Temporal.Instant,
  ): Promise<boolean>;
  /** Sets owner, date or parked on an activity, with its change; false when this event is known already. Wakes the group. */
  amend(
    groupId: string,
    activity: string,
    amendment: {
      owners?: string[] | 'all';
      due?: Temporal.PlainDate;
      parked?: boolean;
    },
    change: Change,
    by: string,
    event: string,
    pressed?: Reference | null,
  ): Promise<boolean>;
};

export type PeopleStore = {
  /** Every membership of this identity. */
  find(who: Identity): Promise<Person[]>;
  /** Groups that talk in this channel. */
  groupsIn(platform: Platform, tenant: string, channel: string): Promise<string[]>;
  /** True the first time. */
  firstTime(event: string, now: Temporal.Instant): Promise<boolean>;
};

/** A message that could not be delivered and may still make sense now that its receiver is back. */
export type Waiting = Pick<Delivery, 'id' | 'groupKey' | 'key' | 'kind' | 'member' | 'channel' | 'about' | 'dueAt'>;

/** Who can be reached, and who is told when somebody cannot. `id` is a user or a channel. */
export type ReachStore = {
  /** The channel goes by another name now, in every group that talks there. */
  renamed(channel: ContactKey, name: string): Promise<void>;
  /** The channel has another id now: whatever talks there, was sent there or waits to be sent follows. */
  moved(channel: ContactKey, to: string): Promise<void>;
  /**
   * Nothing can be written to this person or channel any more. Of a channel each group's convenor is told, once; of a team's General
   * channel, which names the team, this holds for all its channels that are known.
   */
  lost(whom: ContactKey, reason: FailureCode, at: Temporal.Instant): Promise<void>;
  /** Found out ahead of time: the convenors of this member's groups are told, once. */
  unreachable(who: Identity, reason: FailureCode, at: Temporal.Instant): Promise<void>;
  /** Rond has been removed from a whole tenant: the convenors of groups with somebody there are told, once. */
  tenantLost(platform: Platform, tenant: string, reason: FailureCode, at: Temporal.Instant): Promise<void>;
  /** Can be written to again, and a team's channels with its General channel; `id` null: everybody in the tenant. What waited for them is then looked through. */
  returned(whom: Omit<ContactKey, 'id'> & { id: string | null }): Promise<void>;
  /** Who came back and has not been looked through, with what could not be delivered meanwhile, oldest first. */
  back(limit: number): Promise<{ whom: ContactKey; waiting: Waiting[] }[]>;
  /** Of what waited: this is sent now, that is passed over; and they have been looked through. */
  takeUp(
    whom: ContactKey,
    send: { id: string; about: About }[],
    passed: { id: string; why: string }[],
    now: Temporal.Instant,
  ): Promise<void>;
  /** Members who will be invited between one and three days from now and whose personal chat is not known yet. */
  unprepared(now: Temporal.Instant, limit: number): Promise<Identity[]>;
};

export type Settings = {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
};

export type Store = {
  groups: GroupStore;
  ledger: Ledger;
  answers: AnswerStore;
  plans: PlanStore;
  people: PeopleStore;
  reach: ReachStore;
  settings: Settings;
  steering: SteeringStore;
  drafts: DraftStore;
  calendars: CalendarLinks;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
};
