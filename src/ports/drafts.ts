/** The channels Rond is in, and timetables on their way into a group. Everything that must happen once is a fact of the database. */

import type { Activity, Group, Identity, Platform } from '../domain/group.ts';
import type { Draft } from '../domain/plan/draft.ts';
import type { Change } from '../domain/state.ts';
import type { Former, NewAuditEntry } from './steering.ts';
import type { Glance } from './store.ts';

/** A channel that Rond is in. */
export type Place = { platform: Platform; tenant: string; channel: string; name: string | null };

export type StoredDraft = {
  id: string;
  /** Counts what people have changed in it. */
  version: number;
  state: 'open' | 'applied' | 'cancelled';
  author: Identity;
  /** Where the group is to talk; null until a channel is known. */
  channel: string | null;
  /** The group that imports its plan again, or the one that came of it. */
  group: string | null;
  draft: Draft;
  /** The group's activities as they were when the difference was shown. */
  base: Activity[] | null;
};

type NewDraft = Pick<StoredDraft, 'author' | 'channel' | 'group' | 'draft' | 'base'> & { event: string };

/** What a plan that is imported again makes of its group. */
export type Applied = {
  group: Group;
  /** Rounds that are open and whose last day has moved. */
  closes: { round: string; at: Temporal.Instant }[];
  /** Due points that were moved in the chat and that the plan now puts elsewhere. */
  restated: { activity: string; due: string; to: Temporal.PlainDate }[];
  /** Keys of activities that are not as they were. */
  touched: string[];
  changes: Change[];
  /** Member key. */
  by: string;
  entries: NewAuditEntry[];
};

export type DraftStore = {
  /** Rond is in this channel now. True the first time, for whoever is then to greet it. */
  arrived(place: Place, at: Temporal.Instant): Promise<boolean>;
  /** It could not be greeted: the next arrival may. */
  ungreeted(place: Omit<Place, 'name'>): Promise<void>;
  left(place: Omit<Place, 'name'>): Promise<void>;
  /** The platform has told what the channel is called. */
  named(place: Place): Promise<void>;
  place(place: Omit<Place, 'name'>): Promise<Place | null>;
  /** Channels of the tenant in which no group talks, the latest first. */
  freePlaces(platform: Platform, tenant: string): Promise<Place[]>;

  /** The same event gives the same draft. An older open one of the same person and channel is cancelled with it. */
  begin(draft: NewDraft, at: Temporal.Instant): Promise<StoredDraft>;
  get(id: string): Promise<StoredDraft | null>;
  /** The latest open one, in the channel or, without one, of the person. */
  latest(who: Identity, channel: string | null): Promise<StoredDraft | null>;
  /** Null when somebody was first: nothing is written. */
  revise(
    id: string,
    version: number,
    next: Partial<Pick<StoredDraft, 'draft' | 'base' | 'channel' | 'group'>>,
  ): Promise<StoredDraft | null>;
  /** False when it was not open any more. */
  cancel(id: string): Promise<boolean>;
  /** Opens what was cancelled. False where it was not, or where a newer one of the same person and channel is open. */
  revive(id: string): Promise<boolean>;
  /**
   * Makes the group, its key made unique, in one transaction with the end of the draft. "stale": the draft is not as it was
   * shown, or not open. "taken": a group talks in the channel already.
   */
  create(
    id: string,
    version: number,
    made: { group: Group; change: Change; by: string; entries: NewAuditEntry[] },
  ): Promise<{ is: 'created'; group: string } | { is: 'stale' } | { is: 'taken' }>;
  /**
   * Locks the group and its plan, loads it, and writes what `decide` makes of it, with the end of the draft, in one
   * transaction. Null from `decide`: nothing is written ("changed").
   */
  apply(
    id: string,
    version: number,
    group: string,
    at: Temporal.Instant,
    decide: (loaded: Glance, former: Former[]) => Applied | null,
  ): Promise<'applied' | 'changed' | 'stale'>;
  /** Notes in the audit what somebody was not allowed to do. */
  refused(group: string, entry: NewAuditEntry): Promise<void>;
};
