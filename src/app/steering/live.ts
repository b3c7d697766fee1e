/** How a round stands, as far as whoever asks may know. */

import type { Holidays } from '../../domain/calendar.ts';
import type { Group } from '../../domain/group.ts';
import { preview } from '../../domain/schedule/preview.ts';
import { type GroupState, type Round, termsOf } from '../../domain/state.ts';
import { blinding, keepsToCounts } from '../../domain/steering/blind.ts';
import type { Command } from '../../domain/steering/command.ts';
import { titleOf } from '../../domain/steering/deed.ts';
import { awaitsApproval, missingIn, type RoundState, standingOf, stateOf } from '../../domain/steering/live.ts';
import { may } from '../../domain/steering/may.ts';
import { isWaiting } from '../../domain/steering/run-round.ts';
import type { Seat } from './seat.ts';
import type { LiveStatus } from './types.ts';

export type Asked = { group: Group; state: GroupState; now: Temporal.Instant; holidays: Holidays; seat: Seat };

export const isSteering = ({ member }: Seat, group: Group): boolean =>
  member !== null && may(member, 'see-missing-names', group) === 'all';

export function liveOf(asked: Asked, round: Round, unreached: { member: string; reason: string }[]): LiveStatus {
  const { group, seat } = asked;
  const full = isSteering(seat, group);
  const secret = keepsToCounts(round);
  const state = stateOf(round);
  const terms = termsOf(round);
  // Whoever has answered all the same, or need not, is nobody's trouble any more; who has answered is not looked at where only counts are told.
  const over = new Set(round.assignments.flatMap((part) => (secret || isWaiting(part) ? [] : [part.member])));
  const nameOf = (key: string) => group.members.find((member) => member.key === key)?.name ?? key;
  return {
    round: round.key,
    activity: round.activity,
    title: titleOf(group, round.activity),
    version: round.version ?? 0,
    state,
    awaitsApproval: awaitsApproval(round),
    opensAt: round.opensAt,
    closesAt: round.closesAt,
    anonymity: terms.anonymity,
    // A constituency of one names a person.
    ...standingOf(group, round, full && !secret),
    missing: full ? missingIn(group, round) : null,
    unreached: full
      ? unreached.filter(({ member }) => !over.has(member)).map((one) => ({ ...one, name: nameOf(one.member) }))
      : null,
    may: mayDo(seat, group, round, state).filter((command) => !(secret && aboutOne.has(command))),
    nextReminder: nextReminder(asked, round),
  };
}

/** In a round that keeps to counts nothing is done about one person. */
const aboutOne = new Set<Command['do']>(['excuse', 'substitute']);

const sensible: Record<RoundState, Command['do'][]> = {
  scheduled: ['change-round', 'extend', 'cancel-round'],
  open: ['change-round', 'nudge', 'extend', 'pause', 'excuse', 'substitute', 'cancel-round'],
  paused: ['change-round', 'extend', 'resume', 'excuse', 'substitute', 'cancel-round'],
  closed: ['reopen'],
  cancelled: ['reopen'],
};

function mayDo({ member }: Seat, group: Group, round: Round, state: RoundState): Command['do'][] {
  if (!member) return [];
  const isOpenAgain = (command: Command['do']) => command !== 'reopen' || round.openedAt !== null;
  const now = awaitsApproval(round) ? ['approve-summary' as const, ...sensible[state]] : sensible[state];
  return now.filter((command) => isOpenAgain(command) && may(member, command, group) === 'all');
}

function nextReminder({ group, state, now, holidays }: Asked, round: Round): Temporal.Instant | null {
  if (round.closedAt || Temporal.Instant.compare(now, round.closesAt) >= 0) return null;
  const activities = group.activities.filter(({ key }) => key === round.activity);
  const alone = { ...group, activities, channels: [] };
  const coming = preview(alone, blinding(alone, state, now, holidays)(state), now, round.closesAt, holidays);
  const isReminder = coming.find(
    (one) => one.do === 'tell' && one.kind === 'reminder' && one.about.round === round.key,
  );
  return isReminder?.at ?? null;
}
