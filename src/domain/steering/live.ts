/** How a round stands at this moment, as counts; and who is missing, for those who may know. */

import type { Group, Member } from '../group.ts';
import { type ShownConstituency, shownConstituencies } from '../rating/constituencies.ts';
import { isFor } from '../schedule/audience.ts';
import { closeFor } from '../schedule/rounds.ts';
import { type Assignment, type Round, termsOf } from '../state.ts';

export type RoundState = 'scheduled' | 'open' | 'paused' | 'closed' | 'cancelled';

export function stateOf(round: Round): RoundState {
  if (round.cancelledAt) return 'cancelled';
  if (round.closedAt) return 'closed';
  if (!round.openedAt) return 'scheduled';
  return round.pausedAt ? 'paused' : 'open';
}

/** The summary is ready and waits for the convenor. */
export function awaitsApproval(round: Round): boolean {
  return stateOf(round) === 'closed' && termsOf(round).review && !round.approvedAt;
}

export type Standing = {
  /** Whoever counts: not the excused. Of a round that has not opened, whoever it will ask. */
  invited: number;
  submitted: number;
  draft: number;
  declined: number;
  excused: number;
  constituencies: ShownConstituency[];
};

/** `full`: every constituency by itself; otherwise as a channel may see it. Of a survey that was cancelled before it opened nobody counts. */
export function standingOf(group: Group, round: Round, full: boolean): Standing {
  const members = new Map(group.members.map((member) => [member.key, member]));
  const parts: { member: Pick<Member, 'constituency'> | undefined; state: Assignment['state'] }[] = round.openedAt
    ? round.assignments.map(({ member, state, constituency }) => ({
        member: constituency === undefined ? members.get(member) : { constituency },
        state,
      }))
    : group.members
        .filter((member) => !round.cancelledAt && isFor(round, member))
        .map((member) => ({ member, state: 'pending' as const }));
  const count = { pending: 0, draft: 0, submitted: 0, declined: 0, excused: 0 };
  const rows = new Map<string, { name: string; invited: number; submitted: number }>();
  for (const { member, state } of parts) {
    count[state] += 1;
    if (state === 'excused') continue;
    const name = member?.constituency ?? '';
    const row = rows.get(name) ?? { name, invited: 0, submitted: 0 };
    row.invited += 1;
    if (state === 'submitted') row.submitted += 1;
    rows.set(name, row);
  }
  const sorted = [...rows.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const { excused, submitted, draft, declined } = count;
  const invited = parts.length - excused;
  return { invited, submitted, draft, declined, excused, constituencies: full ? sorted : shownConstituencies(sorted) };
}

export type Missing = {
  member: string;
  name: string;
  constituency: string;
  state: 'pending' | 'draft';
  closesAt: Temporal.Instant;
};

/** Null where a round keeps to counts: then nobody is told, the convenor included; and where it is cancelled, and waits for nobody. */
export function missingIn(group: Group, round: Round): Missing[] | null {
  if (termsOf(round).anonymity !== 'named' || round.cancelledAt) return null;
  const members = new Map(group.members.map((member) => [member.key, member]));
  const missing = round.assignments.flatMap((part): Missing[] => {
    const member = members.get(part.member);
    const { state } = part;
    if (!member || (state !== 'pending' && state !== 'draft')) return [];
    const { key, name, constituency } = member;
    return [{ member: key, name, constituency, state, closesAt: closeFor(round, part) }];
  });
  return missing.sort((one, other) => one.name.localeCompare(other.name, group.language));
}
