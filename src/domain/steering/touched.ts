/**
 * Whom a command touches. Whoever it does not is told the same before and after it, so that for them nothing need be run ahead: of
 * thousands it is often a few.
 */

import type { Group, Member } from '../group.ts';
import { isFor } from '../schedule/audience.ts';
import { type Away, type GroupState, keepsToCounts, type Round, type Snooze } from '../state.ts';

type Whole = { group: Group; state: GroupState };

/**
 * Both groups with only the members that matter; as they are when everybody may be touched. `round`: everybody who waits in it is wanted.
 * The states are those in which it is known who has answered: a round that keeps to counts touches everybody in it.
 */
export function touchedOf(before: Whole, after: Whole, round: string | null): [Group, Group] {
  const touched = touchedBy(before, after, round);
  if (!touched) return [before.group, after.group];
  for (const key of needed(before)) touched.add(key);
  for (const key of needed(after)) touched.add(key);
  const among = ({ group }: Whole): Group => ({
    ...group,
    members: group.members.filter(({ key }) => touched.has(key)),
  });
  return [among(before), among(after)];
}

/** Null: it may be everybody. */
function touchedBy(before: Whole, after: Whole, round: string | null): Set<string> | null {
  if (!isSame(before.group, after.group, ['members', 'version', 'chair'])) return null;
  if (!isSame(before.state, after.state, ['done', 'rounds', 'changes', 'aways', 'snoozes', 'unasked'])) return null;
  const touched = new Set<string>();
  for (const member of differing(before.group.members, after.group.members)) touched.add(member.key);
  const apart = [
    ...differing<Away>(before.state.aways ?? [], after.state.aways ?? []),
    ...differing<Snooze>(before.state.snoozes ?? [], after.state.snoozes ?? []),
  ];
  for (const { member } of apart) touched.add(member);
  const rounds = [...before.state.rounds, ...after.state.rounds];
  const changed = new Set(differing<Round>(before.state.rounds, after.state.rounds).map(({ key }) => key));
  if (round !== null) changed.add(round);
  for (const one of rounds.filter(({ key }) => changed.has(key))) {
    if (!one.openedAt || keepsToCounts(one)) return null;
    for (const key of waitingIn(one, after.group.members)) touched.add(key);
  }
  for (const part of partsOf(before.state, changed, after.state)) touched.add(part);
  // Whoever stands in for somebody has their messages.
  for (const { member, substitute } of [...(before.state.aways ?? []), ...(after.state.aways ?? [])])
    if (substitute && touched.has(member)) touched.add(substitute);
  return touched;
}

/** The convenor, who hears of everything; owners, for an activity without any is another matter; and for whom a round stays open. */
function* needed({ group, state }: Whole): Generator<string> {
  for (const { key, role } of group.members) if (role === 'convenor') yield key;
  for (const { owners } of group.activities) if (owners !== 'all') yield* owners;
  for (const { closedAt, assignments } of state.rounds)
    if (!closedAt) for (const { member, extendedTo } of assignments) if (extendedTo) yield member;
}

/** Who has still something to hear of an open round. */
function* waitingIn({ assignments, ...round }: Round, members: readonly Member[]): Generator<string> {
  const parts = new Map(assignments.map((part) => [part.member, part]));
  for (const member of members) {
    const state = parts.get(member.key)?.state;
    if (state === undefined ? isFor({ ...round, assignments }, member) : state === 'pending' || state === 'draft')
      yield member.key;
  }
}

/** Whose part in these rounds is not as it was. */
function* partsOf(before: GroupState, rounds: ReadonlySet<string>, after: GroupState): Generator<string> {
  for (const { key, assignments } of before.rounds.filter((round) => rounds.has(round.key))) {
    const next = after.rounds.find((round) => round.key === key)?.assignments ?? [];
    for (const { member } of differing(assignments, next)) yield member;
  }
}

export function isSame<T extends object>(one: T, other: T, apartFrom: (keyof T)[]): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)] as (keyof T)[]);
  for (const name of apartFrom) names.delete(name);
  return [...names].every((name) => one[name] === other[name]);
}

/** What is only in one of two lists. */
export function differing<T>(one: readonly T[], other: readonly T[]): T[] {
  if (one === other) return [];
  const [here, there] = [new Set(one), new Set(other)];
  return [...one.filter((item) => !there.has(item)), ...other.filter((item) => !here.has(item))];
}
