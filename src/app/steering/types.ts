/** What is asked of the convenor's seat, and what it answers. */

import type { Identity } from '../../domain/group.ts';
import type { ShownConstituency } from '../../domain/rating/constituencies.ts';
import type { Command, RefusalCode } from '../../domain/steering/command.ts';
import type { Missing, RoundState } from '../../domain/steering/live.ts';
import type { AuditEntry } from '../../ports/steering.ts';

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

/** A message to one or to many, as a person may read it. */
export type ForeseenMessage = {
  at: Temporal.Instant;
  kind: string;
  /** Member keys or a channel's purpose, and the name of the first. */
  to: string[];
  name: string;
  activity: string | null;
  round: string | null;
  /** "mid", "near", "nudge", … */
  step: string | null;
  /** Goes only to those who have not answered a round that keeps to counts: whether this person is one of them is not foreseen. */
  unknown?: true;
};

/** Something a person should know before they confirm; `facts` are for the words. */
export type Warning = {
  code:
    | ('clash' | 'holiday' | 'uncovered' | 'unreachable' | 'no-reminder' | 'weekend' | 'small-group')
    /** When somebody leaves, or speaks for something else. */
    | ('unowned' | 'part-ends' | 'counts-stay' | 'nobody-asked' | 'stands-in' | 'nobody-speaks')
    /** When somebody comes: what they are asked, what they are not, what the plan has for them. */
    | ('is-asked' | 'is-not-asked' | 'takes-on');
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

/** How a round stands, as a list of them needs it. */
export type RoundStatus = {
  round: string;
  activity: string;
  title: string;
  version: number;
  state: RoundState;
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
  /** For the convenor and deputy in full where the round is named; otherwise as a channel may see it (small ones pooled under the name null). */
  constituencies: ShownConstituency[];
  /** Only to the convenor and the deputy: whose message did not arrive, with the platform's reason as a code. Null for others. */
  unreached: { member: string; name: string; reason: string }[] | null;
  /** What may be done now by whoever asks. */
  may: Command['do'][];
};

export type LiveStatus = RoundStatus & {
  /** Only to the convenor and the deputy, and only where the round is named; otherwise null. */
  missing: Missing[] | null;
  /** When the next reminder leaves, if nobody does anything. */
  nextReminder: Temporal.Instant | null;
};
