import { expect, test } from 'vitest';
import { type Role, roles } from '../../../src/domain/group.ts';
import { emptyState } from '../../../src/domain/state.ts';
import { type Action, type Command, commands } from '../../../src/domain/steering/command.ts';
import { isAllowed, may } from '../../../src/domain/steering/may.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';

const group = { ...coreGroup, members: roles.map((role) => memberWith(role, { role })) };
const reads: Action[] = ['see-plan', 'see-live-status', 'see-log', 'see-missing-names'];
const actions: Action[] = [...commands, ...reads];

/** A letter for each role: all, own, none (-). */
const table: Record<Action, string> = {
  //                     client owner convenor deputy member observer
  'schedule-round': '- - a a - -',
  'open-round-now': '- - a a - -',
  'change-round': '- - a a - -',
  nudge: '- - a a - -',
  extend: '- - a a - -',
  pause: '- - a a - -',
  resume: '- - a a - -',
  excuse: '- - a a - -',
  substitute: 'o o a a o -',
  reopen: '- - a a - -',
  'cancel-round': '- - a a - -',
  'approve-summary': '- - a a - -',
  assign: '- - a a - -',
  'move-date': 'o o a a o -',
  'hand-over': 'o o a a o -',
  'set-status': 'o o a a o -',
  park: '- - a a - -',
  unpark: '- - a a - -',
  snooze: 'o o o o o -',
  away: 'o o a a o -',
  back: 'o o a a o -',
  'hand-over-chair': 'a a a - - -',
  'set-role': '- - a - - -',
  'add-members': '- - a a - -',
  'place-members': '- - a a - -',
  'remove-member': '- - a - - -',
  'set-sending': '- - a a - -',
  'set-council': '- - a - - -',
  'renew-calendar': '- - a a - -',
  'revoke-calendar': '- - a a - -',
  'see-plan': 'a a a a a a',
  'see-live-status': 'a a a a a a',
  'see-log': 'a a a a - -',
  'see-missing-names': '- - a a - -',
};

test.each(actions)('%s: each role', (action) => {
  const letters = { all: 'a', own: 'o', none: '-' };
  expect(roles.map((role) => letters[may({ key: role }, action, group)]).join(' ')).toBe(table[action]);
});

test('somebody who is no member of this group may do nothing, whatever they are elsewhere', () => {
  for (const action of actions) expect(may({ key: 'convenor-of-another' }, action, group)).toBe('none');
});

test('"own" is oneself, what one owns, and what one stands in for', () => {
  const member = memberWith('member', { role: 'member' });
  const owned = { ...group, activities: [{ ...coreGroup.activities[1]!, key: 'a', owners: ['member'] }] };
  const others = { ...owned, activities: [{ ...owned.activities[0]!, owners: ['deputy'] }] };
  const status: Command = { do: 'set-status', activity: 'a', due: 'd', status: 'done' };
  expect(isAllowed(member, status, owned, emptyState)).toBe(true);
  expect(isAllowed(member, status, others, emptyState)).toBe(false);
  const away = { member: 'deputy', since: group.startsAt, until: group.decidedOn, substitute: 'member' };
  expect(isAllowed(member, status, others, { ...emptyState, aways: [away] })).toBe(true);
  const instead = (who: string): Command => ({ do: 'substitute', round: 'r', member: who, by: 'observer' });
  expect(isAllowed(member, instead('member'), owned, emptyState)).toBe(true);
  expect(isAllowed(member, instead('deputy'), owned, emptyState)).toBe(false);
});

test('a role from a card counts for nothing: only the one that stands in the group', () => {
  const pretender = memberWith('observer', { role: 'convenor' as Role });
  expect(may(pretender, 'pause', group)).toBe('none');
});
