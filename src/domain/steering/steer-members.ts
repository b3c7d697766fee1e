/** Who is in the group, and what they speak for. */

import type { Activity, Group, Member } from '../group.ts';
import { isOpen } from '../schedule/rounds.ts';
import { type GroupState, keepsToCounts, type Round } from '../state.ts';
import type { Placing } from './command.ts';
import { type Deed, type Edit, nameOf, refuse, type Scene, titleOf } from './deed.ts';
import { isWaiting } from './run-round.ts';

export const longestName = 100;

export const tidy = (text: string): string =>
  text.normalize('NFC').replaceAll('\u0000', '').replace(/\s+/g, ' ').trim();

/** Whoever comes to speak for what an open survey asks is asked too, as somebody who joins; nobody's part is taken away. */
export function placeMembers({ group, state }: Scene, given: Placing[]): Deed {
  const members = new Map(group.members.map((member) => [member.key, member]));
  const edits: Edit[] = [];
  for (const { member: key, ...said } of given) {
    const before = members.get(key);
    if (!before) return refuse('unknown-member');
    const next: Member = {
      ...before,
      organisation: tidy(said.organisation ?? before.organisation),
      constituency: tidy(said.constituency ?? before.constituency),
    };
    if (next.organisation.length > longestName || next.constituency.length > longestName) return refuse('too-long');
    const whose = given.length > 1 ? ` ${before.name}` : '';
    for (const field of ['organisation', 'constituency'] as const)
      if (before[field] !== next[field])
        edits.push({ field: `${field}${whose}`, from: before[field] || null, to: next[field] || null });
    members.set(key, next);
  }
  if (edits.length === 0) return refuse('nothing-changes');
  const rounds = state.rounds.map((round) => (keepsToCounts(round) ? asAsked(group, round, members) : round));
  const version = (group.version ?? 0) + 1;
  const one = given.length === 1 ? members.get(given[0]?.member ?? '') : undefined;
  return {
    ok: true,
    group: { ...group, version, members: [...members.values()] },
    state: { ...state, rounds },
    subject: one ? `member:${one.key}` : 'group',
    subjectName: one?.name ?? '',
    version,
    edits,
  };
}

/** Where only counts are told, everybody counts where they did when they were asked: a count that moved with somebody would tell. */
function asAsked(group: Group, round: Round, after: ReadonlyMap<string, Member>): Round {
  const moved = new Map(
    group.members
      .filter(({ key, constituency }) => after.get(key)?.constituency !== constituency)
      .map(({ key, constituency }) => [key, constituency]),
  );
  if (moved.size === 0) return round;
  const stays = (part: Round['assignments'][number]) => {
    const constituency = moved.get(part.member);
    return constituency === undefined || part.constituency !== undefined ? part : { ...part, constituency };
  };
  return { ...round, assignments: round.assignments.map(stays) };
}

/** What is answered stays. In a survey that keeps to counts nothing is done about one person: the counts before and after would tell. */
export function removeMember({ group, state }: Scene, key: string): Deed {
  const member = group.members.find((one) => one.key === key);
  if (!member) return refuse('unknown-member');
  // The chair is handed over, never left empty.
  if (member.role === 'convenor') return refuse('is-convenor');
  const rounds = state.rounds.map((round) => withoutMember(group, round, member));
  const activities = group.activities.map((activity) => withoutOwner(group, activity, key));
  const aways = (state.aways ?? [])
    .filter((away) => away.member !== key)
    .map((away) => (away.substitute === key ? { ...away, substitute: null } : away));
  const version = (group.version ?? 0) + 1;
  const next: GroupState = {
    ...state,
    rounds: rounds.map(({ round }) => round),
    aways,
    snoozes: (state.snoozes ?? []).filter((snooze) => snooze.member !== key),
  };
  return {
    ok: true,
    group: {
      ...group,
      version,
      members: group.members.filter((one) => one !== member),
      activities: activities.map(({ activity }) => activity),
    },
    state: next,
    subject: `member:${key}`,
    subjectName: member.name,
    version,
    edits: [
      { field: 'member', from: member.name, to: null },
      ...activities.flatMap(({ edits }) => edits),
      ...rounds.flatMap(({ edits }) => edits),
    ],
  };
}

function withoutOwner(group: Group, activity: Activity, key: string): { activity: Activity; edits: Edit[] } {
  const { owners } = activity;
  if (owners === 'all' || !owners.includes(key)) return { activity, edits: [] };
  const left = owners.filter((owner) => owner !== key);
  const said = (keys: string[]) => keys.map((one) => nameOf(group, one)).join(', ') || null;
  return {
    activity: { ...activity, owners: left, version: (activity.version ?? 0) + 1 },
    edits: [{ field: `owners in ${activity.title}`, from: said(owners), to: said(left) }],
  };
}

function withoutMember(group: Group, round: Round, { key, name }: Member): { round: Round; edits: Edit[] } {
  const title = titleOf(group, round.activity);
  const edits: Edit[] = [];
  let next = round;
  const ends = isOpen(round) && !keepsToCounts(round);
  if (ends && round.assignments.some((part) => part.member === key && isWaiting(part))) {
    const excused = (part: Round['assignments'][number]) =>
      part.member === key ? { ...part, state: 'excused' as const } : part;
    next = { ...next, assignments: next.assignments.map(excused) };
    edits.push({ field: `excused in ${title}`, from: null, to: name });
  }
  const audience = round.terms?.audience ?? 'everyone';
  if (!round.closedAt && round.terms && audience !== 'everyone' && audience.members.includes(key)) {
    const members = audience.members.filter((one) => one !== key);
    next = { ...next, terms: { ...round.terms, audience: { ...audience, members } } };
    edits.push({ field: `audience in ${title}`, from: name, to: null });
  }
  return { round: next === round ? round : { ...next, version: (round.version ?? 0) + 1 }, edits };
}
