/** What people do to plans and rounds, kept once each, with who, when and from what to what. */

import type { Channel, Council, Group, Identity } from '../domain/group.ts';
import type { GroupState } from '../domain/state.ts';
import type { Loaded } from './store.ts';

/** One line of the audit. Never who answered what. */
export type AuditEntry = {
  /** Ascending with time. */
  id: string;
  at: Temporal.Instant;
  /** Member key, "rond" for Rond itself, or "admin:<identity>" for an administrator. */
  by: string;
  /** Their name as it was then. */
  byName: string;
  /** What was done: a command's name, a happening's, or "refused". */
  action: string;
  /** "round:<key>", "activity:<key>", "member:<key>" or "group". */
  subject: string;
  /** The round's or activity's title, the member's name; empty for the group. */
  subjectName: string;
  /** What of it: "closes", "owners", "audience", …; null when there is nothing more to say. */
  field: string | null;
  from: string | null;
  to: string | null;
};

/** `version`: the subject's after it, where it has one. */
export type NewAuditEntry = Omit<AuditEntry, 'id'> & { version?: number | null };

/** What one command makes of a group: the store writes what is different. Null: nothing but the audit is written. */
export type Steered = {
  next: { group: Group; state: GroupState } | null;
  entries: NewAuditEntry[];
};

/** Whoever was in a group and is not any more. */
export type Former = { key: string; who: Identity[] };

export type SteeringStore = {
  /**
   * Locks the group, loads it, and writes what `steer` makes of it with its audit entries in one transaction, once for each event;
   * the tick then looks at the group again at once. Null when there is no such group; "repeated" when the event is known.
   */
  carryOut<T extends Steered>(
    group: string,
    event: string,
    at: Temporal.Instant,
    steer: (loaded: Loaded) => T,
  ): Promise<{ is: 'done'; steered: T; entries: AuditEntry[] } | { is: 'repeated' } | null>;
  /** Keys of the groups that report to this council. */
  groupsOf(council: string): Promise<string[]>;
  /** Where a group may report to, in the workspaces and tenants it is at home in: councils there are, and channels a council could be in. */
  councilChoices(group: string): Promise<{ councils: Council[]; channels: Omit<Channel, 'purpose'>[] }>;
  /**
   * When each member was last written to unasked, up to `cap` times, in epoch milliseconds, ascending; in a round that keeps to counts
   * also what somebody who had answered was not sent. Messages that no longer matter to a week at `at` or later may be left out.
   */
  unasked(group: string, cap: number, at: Temporal.Instant | null): Promise<Map<string, number[]>>;
  /** Members whose last message of one of these rounds did not arrive, with the reason as a code; where it keeps to counts, whose invitation did not. */
  unreached(group: string, rounds: readonly string[]): Promise<{ round: string; member: string; reason: string }[]>;
  /** Whoever was in the group and is not any more: their key is theirs. `who`: as far as it is still known. */
  former(group: string): Promise<Former[]>;
  /** Newest first; `before` is the id of the last one seen. */
  log(group: string, page: { before?: string; limit: number }): Promise<AuditEntry[]>;
  /** What was done to this since a version was current, oldest first. */
  since(group: string, subject: string, version: number): Promise<AuditEntry[]>;
};
