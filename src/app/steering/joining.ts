/** What a convenor should know before somebody comes into the group: which open surveys ask them, and what the plan has for them. */

import type { Group, Member } from '../../domain/group.ts';
import { isFor } from '../../domain/schedule/audience.ts';
import { lastDay } from '../../domain/schedule/reminders.ts';
import { isOpen } from '../../domain/schedule/rounds.ts';
import type { GroupState, Round } from '../../domain/state.ts';
import type { Newcomer } from '../../domain/steering/command.ts';
import { titleOf } from '../../domain/steering/deed.ts';
import { isWaiting } from '../../domain/steering/run-round.ts';
import type { Warning } from './types.ts';

type Whole = { group: Group; state: GroupState };

export function joiningNotes(
  before: Whole,
  { group, state }: Whole,
  newcomers: readonly Newcomer[],
  now: Temporal.Instant,
): Warning[] {
  const keys = new Set(newcomers.map(({ key }) => key));
  const people = group.members.filter(({ key }) => keys.has(key));
  const was = new Map(before.group.activities.map((activity) => [activity.key, activity]));
  const takenOn = group.activities.flatMap((activity): Warning[] => {
    const { key, title, owners } = activity;
    const old = was.get(key);
    if (owners === 'all' || old === activity) return [];
    const names = people.filter((one) => owners.includes(one.key)).map(({ name }) => name);
    return names.length === 0 ? [] : [{ code: 'takes-on', facts: { title, name: names.join(', ') } }];
  });
  const open = state.rounds.filter((round) => isOpen(round) && Temporal.Instant.compare(now, round.closesAt) < 0);
  return [...open.flatMap((round) => ofRound(group, round, people)), ...takenOn];
}

function ofRound(group: Group, round: Round, people: readonly Member[]): Warning[] {
  const title = titleOf(group, round.activity);
  const day = lastDay(round.closesAt, group.timeZone).toString();
  const parts = new Map(round.assignments.map((part) => [part.member, part]));
  const asked: string[] = [];
  const others: string[] = [];
  for (const member of people) {
    const part = parts.get(member.key);
    // Who comes back and has answered is neither.
    if (part ? isWaiting(part) : isFor(round, member)) asked.push(member.name);
    else if (!part) others.push(member.name);
  }
  const told = (code: Warning['code'], names: string[]): Warning[] =>
    names.length === 0 ? [] : [{ code, facts: { title, day, name: names.join(', ') } }];
  return [...told('is-asked', asked), ...told('is-not-asked', others)];
}
