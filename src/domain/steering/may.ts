/**
 * Who may do what. A person is who the platform says they are; what they may do follows from their role in this one group.
 * "own": only about themselves, what they own, or what they stand in for.
 */

import type { Group, Member, Role } from '../group.ts';
import { standsIn } from '../schedule/due-standing.ts';
import type { PlanState } from '../state.ts';
import type { Action, Command } from './command.ts';

export type Right = 'all' | 'own' | 'none';

type Rights = Partial<Record<Action, Right>>;

const reading: Rights = { 'see-plan': 'all', 'see-live-status': 'all' };
const answering: Rights = {
  ...reading,
  snooze: 'own',
  away: 'own',
  back: 'own',
  substitute: 'own',
  'set-status': 'own',
  'move-date': 'own',
  'hand-over': 'own',
};
const governing: Rights = { ...answering, 'see-log': 'all' };
const steering: Rights = {
  ...governing,
  'see-missing-names': 'all',
  'schedule-round': 'all',
  'open-round-now': 'all',
  'change-round': 'all',
  nudge: 'all',
  extend: 'all',
  pause: 'all',
  resume: 'all',
  excuse: 'all',
  substitute: 'all',
  reopen: 'all',
  'cancel-round': 'all',
  'approve-summary': 'all',
  assign: 'all',
  'move-date': 'all',
  'hand-over': 'all',
  'set-status': 'all',
  park: 'all',
  unpark: 'all',
  away: 'all',
  back: 'all',
  'set-sending': 'all',
  'add-members': 'all',
  'place-members': 'all',
  'renew-calendar': 'all',
  'revoke-calendar': 'all',
};

const rights: Record<Role, Rights> = {
  convenor: { ...steering, 'hand-over-chair': 'all', 'set-role': 'all', 'remove-member': 'all', 'set-council': 'all' },
  deputy: steering,
  owner: { ...governing, 'hand-over-chair': 'all' },
  client: { ...governing, 'hand-over-chair': 'all' },
  member: answering,
  observer: reading,
};

/** What this member may do of that kind in this group; somebody who is not a member may do nothing. */
export function may(member: Pick<Member, 'key'>, action: Action, group: Pick<Group, 'members'>): Right {
  const found = group.members.find(({ key }) => key === member.key);
  return (found && rights[found.role][action]) ?? 'none';
}

/** Whether this member may do exactly this. */
export function isAllowed(member: Member, command: Command, group: Group, state: PlanState): boolean {
  const right = may(member, command.do, group);
  return right === 'all' || (right === 'own' && isOwn(member, command, group, state));
}

function isOwn({ key }: Member, command: Command, group: Group, state: PlanState): boolean {
  switch (command.do) {
    case 'away':
    case 'back':
      return (command.member ?? key) === key;
    case 'substitute':
      return command.member === key;
    case 'snooze':
      return true;
    case 'set-status':
    case 'move-date':
    case 'hand-over':
      return ownsOrStandsIn(key, command.activity, group, state);
    default:
      return false;
  }
}

/** An owner by name, or who an owner who is away has named. */
export function ownsOrStandsIn(member: string, activity: string, group: Group, state: PlanState): boolean {
  const owners = group.activities.find(({ key }) => key === activity)?.owners ?? [];
  if (owners === 'all') return false;
  return owners.includes(member) || standsIn(state, { owners }, { key: member });
}
