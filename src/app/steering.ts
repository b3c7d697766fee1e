/**
 * The convenor's seat: one door for everything a person does to a plan or a round. Each command is checked against the person's role,
 * done once for each event, in one transaction with its entry in the audit, and wakes the group. `foresee` says beforehand what it would change.
 */

import type { Holidays } from '../domain/calendar.ts';
import type { Identity, Member } from '../domain/group.ts';
import type { Command, RefusalCode } from '../domain/steering/command.ts';
import type { Clock } from '../ports/clock.ts';
import type { AuditEntry, SteeringStore } from '../ports/steering.ts';
import type { Store } from '../ports/store.ts';

/** Who asks, as the platform vouches for them, and the event that brought it: the same event twice does a thing once. */
export type By = { who: Identity; event: string };

export type Refused = {
  is: 'refused';
  code: RefusalCode;
};

/** Somebody else changed the same thing meanwhile: nothing was done. `since` is what they changed, oldest first. */
export type Stale = { is: 'stale'; current: number; since: AuditEntry[] };

/** `round` / `activity`: the key of what was changed or made. `version`: what a card made now has to carry as `seen`. */
export type Done = { is: 'done'; round?: string; activity?: string; version: number; entries: AuditEntry[] };

export type Outcome = Done | { is: 'repeated' } | Refused | Stale;

/** One message as a person may read it. */
export type ForeseenMessage = {
  key: string;
  at: Temporal.Instant;
  kind: string;
  /** Member key or channel purpose, and its name. */
  to: string;
  name: string;
  activity: string | null;
  round: string | null;
  /** "mid", "near", "nudge", … */
  step: string | null;
};

/** Something a person should know before they confirm; `facts` are for the words. */
export type Warning = {
  code: 'clash' | 'holiday' | 'uncovered' | 'unreachable' | 'no-reminder' | 'weekend' | 'small-group';
  facts: Record<string, string>;
};

export type Foreseen =
  | {
      is: 'foreseen';
      /** Messages that would no longer be sent, and those that would be new or at another time; in order of time, up to a year on. */
      stops: ForeseenMessage[];
      starts: ForeseenMessage[];
      /** For a round: everything it will send after the command. */
      plan: ForeseenMessage[];
      /** How many people the round asks. */
      people: number;
      warnings: Warning[];
      version: number;
    }
  | Refused
  | Stale;

export type LiveStatus = {
  round: string;
  activity: string;
  title: string;
  version: number;
  state: 'scheduled' | 'open' | 'paused' | 'closed' | 'cancelled';
  /** The summary is ready and waits for the convenor. */
  awaitsApproval: boolean;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  anonymity: 'named' | 'counts';
  /** Excused and substituted people do not count. */
  invited: number;
  submitted: number;
  draft: number;
  declined: number;
  excused: number;
  /** For the convenor and deputy in full; for others as a channel may see it (small ones pooled under the name null). */
  constituencies: { name: string | null; invited: number; submitted: number }[];
  /** Only to the convenor and the deputy, and only where the round is named; otherwise null. */
  missing:
    | { member: string; name: string; constituency: string; state: 'pending' | 'draft'; closesAt: Temporal.Instant }[]
    | null;
  /** Only to the convenor and the deputy: whose message did not arrive, with the platform's reason as a code. Null for others. */
  unreached: { member: string; name: string; reason: string }[] | null;
  /** What may be done now by whoever asks. */
  may: Command['do'][];
  /** When the next reminder leaves, if nobody does anything. */
  nextReminder: Temporal.Instant | null;
};

export type Steering = {
  /** Does it, once. Never throws for what a person may have got wrong. */
  carryOut(by: By, group: string, command: Command): Promise<Outcome>;
  /** What it would change; writes nothing. The same checks, so what it refuses `carryOut` refuses. */
  foresee(by: By, group: string, command: Command): Promise<Foreseen>;
  /** How a round stands, as far as whoever asks may know. */
  live(by: By, group: string, round: string): Promise<LiveStatus | Refused>;
  /** All rounds of a group, newest first. */
  rounds(by: By, group: string): Promise<LiveStatus[] | Refused>;
  /** The audit, newest first; convenor, deputy, owner, client and administrators. */
  log(
    by: By,
    group: string,
    page?: { before?: string; limit?: number },
  ): Promise<{ is: 'log'; entries: AuditEntry[] } | Refused>;
  /** An administrator (ROND_ADMINS) appoints a convenor or a deputy in any group, without being a member. */
  appoint(by: By, group: string, member: string, role: 'convenor' | 'deputy'): Promise<Outcome>;
  /** The memberships of an identity with what each may do: one person in several groups. */
  seats(who: Identity): Promise<{ group: string; name: string; member: Member; may: Command['do'][] }[]>;
};

export type SteeringOptions = {
  store: Pick<Store, 'groups' | 'people' | 'ledger'> & { steering: SteeringStore };
  clock: Clock;
  holidays: Holidays;
  /** "teams:<tenant>:<user>" or "slack:<team>:<user>". */
  admins: ReadonlySet<string>;
  /** Something may be due now. */
  wake: () => void;
};

export declare function createSteering(options: SteeringOptions): Steering;
