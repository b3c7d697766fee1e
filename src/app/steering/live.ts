/** How a round stands, as far as whoever asks may know. */

import type { Holidays } from '../../domain/calendar.ts';
import type { Group } from '../../domain/group.ts';
import { isMessage } from '../../domain/schedule/messages.ts';
import { ahead } from '../../domain/schedule/preview.ts';
import { type GroupState, keepsToCounts, type Round, termsOf } from '../../domain/state.ts';
import { blinding } from '../../domain/steering/blind.ts';
import type { Command } from '../../domain/steering/command.ts';
import { titleOf } from '../../domain/steering/deed.ts';
import { awaitsApproval, missingIn, type RoundState, standingOf, stateOf } from '../../domain/steering/live.ts';
import { may } from '../../domain/steering/may.ts';
import { isWaiting } from '../../domain/steering/run-round.ts';
import type { Seat } from './seat.ts';
import type { LiveStatus, RoundStatus } from './types.ts';

export type Asked = { group: Group; now: Temporal.Instant; holidays: Holidays; seat: Seat };

export const isSteering = ({ member }: Seat, group: Group): boolean =>
  member !== null && may(member, 'see-missing-names', group) === 'all';

export type Unreached = { round: string; member: string; reason: string };

export function liveOf(asked: Asked & { state: GroupState }, round: Round, unreached: Unreached[]): LiveStatus {
  const { group, seat } = asked;
  return {
    ...statusOf(asked, round, unreached),
    missing: isSteering(seat, group) ? missingIn(group, round) : null,
    nextReminder: nextReminder(asked, round),
  };
}

/** `unreached`: of this round and perhaps of others. */
export function statusOf({ group, seat }: Asked, round: Round, unreached: Unreached[]): RoundStatus {
  const full = isSteering(seat, group);
  const secret = keepsToCounts(round);
  const state = stateOf(round);
  const terms = termsOf(round);
  // Whoever has answered all the same, or need not, is nobody's trouble any more, nor is anybody in a cancelled round; who has answered is not looked at where only counts are told.
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
    unreached: full
      ? unreached
          .filter(({ member, round: key }) => key === round.key && state !== 'cancelled' && !over.has(member))
          .map(({ member, reason }) => ({ member, reason, name: nameOf(member) }))
      : null,
    may: mayDo(seat, group, round, state).filter((command) => !(secret && aboutOne.has(command))),
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

function nextReminder(
  { group, state, now, holidays }: Asked & { state: GroupState },
  round: Round,
): Temporal.Instant | null {
  if (round.closedAt || Temporal.Instant.compare(now, round.closesAt) >= 0) return null;
  const whole = { group: { ...group, channels: [] }, state: blinding(state)(state) };
  for (const { parts } of ahead(whole, { from: now, to: round.closesAt }, holidays, round.activity)) {
    const reminder = parts.find(
      (one) => isMessage(one) && one.why === null && one.step.kind === 'reminder' && one.step.about.round === round.key,
    );
    if (reminder) return reminder.at;
  }
  return null;
}
