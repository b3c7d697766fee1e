/** What a convenor should know before somebody leaves the group, or comes to speak for something else. None of it stops them. */

import type { Group } from '../../domain/group.ts';
import { isAsked } from '../../domain/schedule/audience.ts';
import { isOpen } from '../../domain/schedule/rounds.ts';
import { type GroupState, keepsToCounts, type Round, termsOf } from '../../domain/state.ts';
import { titleOf } from '../../domain/steering/deed.ts';
import { isWaiting } from '../../domain/steering/run-round.ts';
import { isUnstated } from '../models/group.ts';
import type { Warning } from './types.ts';

type Whole = { group: Group; state: GroupState };

export function leavingWarnings(before: Whole, after: Whole, member: string): Warning[] {
  const was = new Map(before.group.activities.map((activity) => [activity.key, activity]));
  const unowned = after.group.activities.filter((activity) => {
    const { owners, parked } = activity;
    return owners !== 'all' && owners.length === 0 && !parked && was.get(activity.key) !== activity;
  });
  const standsInFor = (before.state.aways ?? []).filter(({ substitute }) => substitute === member);
  const names = new Map(before.group.members.map(({ key, name }) => [key, name]));
  return [
    ...unowned.map(({ title }): Warning => ({ code: 'unowned', facts: { title } })),
    ...before.state.rounds.flatMap((round) => ofRound(before.group, round, member)),
    ...standsInFor.map((away): Warning => ({ code: 'stands-in', facts: { name: names.get(away.member) ?? '' } })),
    ...coverageWarnings(before.group, after.group),
  ];
}

function ofRound(group: Group, round: Round, member: string): Warning[] {
  if (round.closedAt) return [];
  const facts = { title: titleOf(group, round.activity) };
  const part = round.assignments.find((one) => one.member === member);
  const { audience } = termsOf(round);
  const isLast =
    audience !== 'everyone' &&
    audience.members.every((one) => one === member) &&
    audience.constituencies.length + audience.organisations.length === 0;
  if (isLast) return [{ code: 'nobody-asked', facts }];
  if (!part || !isOpen(round)) return [];
  // The same words whether it was answered or not: what keeps to counts tells nobody.
  if (keepsToCounts(round)) return [{ code: 'counts-stay', facts }];
  return isWaiting(part) ? [{ code: 'part-ends', facts }] : [];
}

/** Whom nobody speaks for any more. */
export function coverageWarnings(before: Group, after: Group): Warning[] {
  const spoken = ({ members }: Group) => new Set(members.filter(isAsked).map(({ constituency }) => constituency));
  const still = spoken(after);
  return [...spoken(before)]
    .filter((name) => !isUnstated(name) && !still.has(name))
    .map((name) => ({ code: 'nobody-speaks', facts: { name } }));
}
