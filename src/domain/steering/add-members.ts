/** Somebody comes into a group that runs: they are greeted and asked by the plan itself, as soon as they are in it. */

import type { Activity, Group, Identity, Member } from '../group.ts';
import { resolveOwner } from '../plan/owners.ts';
import { isFor } from '../schedule/audience.ts';
import { isOpen } from '../schedule/rounds.ts';
import { keepsToCounts, type Round } from '../state.ts';
import type { Newcomer } from './command.ts';
import { type Deed, type Edit, nameOf, refuse, type Scene, titleOf } from './deed.ts';
import { longestName, tidy } from './steer-members.ts';

export function addMembers({ group, state }: Scene, given: Newcomer[]): Deed {
  if (given.length === 0) return refuse('nothing-changes');
  const keys = new Set(group.members.map(({ key }) => key));
  const known = new Set(group.members.flatMap(({ identities }) => identities.map(nameOfIdentity)));
  const added: Member[] = [];
  for (const one of given) {
    const names = one.identities.map(nameOfIdentity);
    if (keys.has(one.key) || names.some((name) => known.has(name))) return refuse('already-member');
    if (!one.identities.every((identity) => isAtHome(group, identity))) return refuse('elsewhere');
    const member: Member = {
      ...one,
      name: tidy(one.name),
      organisation: tidy(one.organisation),
      constituency: tidy(one.constituency),
      role: 'member',
    };
    if (member.organisation.length > longestName || member.constituency.length > longestName) return refuse('too-long');
    added.push(member);
    keys.add(one.key);
    for (const name of names) known.add(name);
  }
  const members = [...group.members, ...added];
  const activities = group.activities.map((activity) => withOwners(group, members, activity, added));
  const rounds = state.rounds.map((round) => askedAgain(group, round, added));
  const version = (group.version ?? 0) + 1;
  const [first] = added.length === 1 ? added : [];
  return {
    ok: true,
    group: { ...group, version, members, activities: activities.map(({ activity }) => activity) },
    state: { ...state, rounds: rounds.map(({ round }) => round) },
    subject: first ? `member:${first.key}` : 'group',
    subjectName: first?.name ?? '',
    version,
    edits: [
      ...added.map(({ name }): Edit => ({ field: 'member', from: null, to: name })),
      ...activities.flatMap(({ edits }) => edits),
      ...rounds.flatMap(({ edits }) => edits),
    ],
  };
}

const nameOfIdentity = ({ platform, tenant, user }: Identity) => `${platform} ${tenant} ${user}`;

/** In a workspace or tenant where the group has a channel or a member. */
export function isAtHome(
  { channels, members }: Group,
  { platform, tenant }: { platform: string; tenant: string },
): boolean {
  const isThere = (one: { platform: string; tenant: string }) => one.platform === platform && one.tenant === tenant;
  return channels.some(isThere) || members.some(({ identities }) => identities.some(isThere));
}

/** Whom the plan names, and who was nobody's name so far. A name that fits two of the group stays a question. */
function withOwners(
  group: Group,
  members: Member[],
  activity: Activity,
  added: Member[],
): { activity: Activity; edits: Edit[] } {
  const { owners, unknownOwners } = activity;
  if (owners === 'all' || unknownOwners.length === 0) return { activity, edits: [] };
  const found = new Map(
    unknownOwners.flatMap((written) => {
      const meant = resolveOwner(written, members);
      return meant.is === 'one' && added.includes(meant.member) ? [[written, meant.member] as const] : [];
    }),
  );
  if (found.size === 0) return { activity, edits: [] };
  const next = [...new Set([...owners, ...[...found.values()].map(({ key }) => key)])];
  const said = (keys: string[]) => keys.map((key) => nameOf({ ...group, members }, key)).join(', ') || null;
  return {
    activity: {
      ...activity,
      owners: next,
      unknownOwners: unknownOwners.filter((written) => !found.has(written)),
      version: (activity.version ?? 0) + 1,
    },
    edits: [{ field: `owners in ${activity.title}`, from: said(owners), to: said(next) }],
  };
}

/** Whose part ended when they left has it again while the survey is open. */
function askedAgain(group: Group, round: Round, added: Member[]): { round: Round; edits: Edit[] } {
  const same = { round, edits: [] };
  if (!isOpen(round) || keepsToCounts(round)) return same;
  const back = new Map(added.filter((member) => isFor(round, member)).map(({ key, name }) => [key, name]));
  const isBack = ({ member, state, substitute }: Round['assignments'][number]) =>
    state === 'excused' && !substitute && back.has(member);
  const parts = round.assignments.filter(isBack);
  if (parts.length === 0) return same;
  const assignments = round.assignments.map((part) => (isBack(part) ? { ...part, state: 'pending' as const } : part));
  const field = `excused in ${titleOf(group, round.activity)}`;
  return {
    round: { ...round, assignments, version: (round.version ?? 0) + 1 },
    edits: parts.map(({ member }) => ({ field, from: back.get(member) ?? member, to: null })),
  };
}
