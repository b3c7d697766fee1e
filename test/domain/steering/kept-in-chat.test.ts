import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Group, type Role, roles } from '../../../src/domain/group.ts';
import { fileSaid, keptInChat } from '../../../src/domain/steering/kept-in-chat.ts';
import { coreGroup } from '../../support/core-group.ts';

const people = ['maja-ek', 'tove-lind', 'disa-norr'] as const;
type Roles = Partial<Record<(typeof people)[number], Role>>;

/** The core group with these roles; whoever has none is not in it. */
function having(given: Roles, hour = '09:00'): Group {
  return {
    ...coreGroup,
    hour: Temporal.PlainTime.from(hour),
    members: coreGroup.members.flatMap((member) => {
      const role = given[member.key as (typeof people)[number]];
      return role ? [{ ...member, role }] : [];
    }),
  };
}
const rolesIn = ({ members }: Group) => Object.fromEntries(members.map(({ key, role }) => [key, role]));
const file = having({ 'maja-ek': 'convenor', 'tove-lind': 'member', 'disa-norr': 'member' });

test('what was set in the chat stays while the file says what it said', () => {
  const chat = having({ 'maja-ek': 'deputy', 'tove-lind': 'convenor', 'disa-norr': 'observer' }, '08:30');
  const { group, kept } = keptInChat(chat, fileSaid(file), file);
  expect(rolesIn(group)).toEqual(rolesIn(chat));
  expect(group.hour.toString()).toBe('08:30:00');
  expect(kept).toEqual([
    { field: 'hour', name: null, inFile: '09:00', stays: '08:30' },
    { field: 'role', name: 'Maja Ek', inFile: 'convenor', stays: 'deputy' },
    { field: 'role', name: 'Tove Lind', inFile: 'member', stays: 'convenor' },
    { field: 'role', name: 'Disa Norr', inFile: 'member', stays: 'observer' },
  ]);
});

test('what the file says otherwise than the last time counts', () => {
  const chat = having({ 'maja-ek': 'convenor', 'tove-lind': 'deputy', 'disa-norr': 'observer' }, '08:30');
  const next = having({ 'maja-ek': 'convenor', 'tove-lind': 'observer', 'disa-norr': 'member' }, '10:00');
  const { group, kept } = keptInChat(chat, fileSaid(file), next);
  expect(rolesIn(group)).toEqual({ 'maja-ek': 'convenor', 'tove-lind': 'observer', 'disa-norr': 'observer' });
  expect(group.hour.toString()).toBe('10:00:00');
  expect(kept.map(({ name }) => name)).toEqual(['Disa Norr']);
});

test('another convenor in the file takes the chair from whoever was given it in the chat', () => {
  const chat = having({ 'maja-ek': 'member', 'tove-lind': 'convenor', 'disa-norr': 'member' });
  const next = having({ 'maja-ek': 'member', 'tove-lind': 'member', 'disa-norr': 'convenor' });
  expect(rolesIn(keptInChat(chat, fileSaid(file), next).group)).toEqual(rolesIn(next));
});

test('whoever was given the chair in the chat has left: the file’s convenor has it again', () => {
  const chat = having({ 'maja-ek': 'member', 'tove-lind': 'convenor', 'disa-norr': 'deputy' });
  const next = having({ 'maja-ek': 'convenor', 'disa-norr': 'member' });
  expect(rolesIn(keptInChat(chat, fileSaid(file), next).group)).toEqual({
    'maja-ek': 'convenor',
    'disa-norr': 'deputy',
  });
});

test('where it is not known what the file said, the file counts', () => {
  const chat = having({ 'maja-ek': 'deputy', 'tove-lind': 'convenor', 'disa-norr': 'member' }, '08:30');
  expect(keptInChat(chat, null, file)).toEqual({ group: file, kept: [] });
});

test('whatever was set and whatever the file says: one convenor, who is in the file and who was added in the chat', () => {
  const role = fc.option(fc.constantFrom(...roles.filter((one) => one !== 'convenor')), { nil: undefined });
  /** Any roles with exactly one convenor. */
  const any = fc.tuple(fc.constantFrom(...people), role, role, role).map(([chair, ...given]): Group => {
    const all = Object.fromEntries(people.map((key, n) => [key, key === chair ? 'convenor' : given[n]]));
    return having(all as Roles);
  });
  fc.assert(
    fc.property(any, any, any, (chat, last, next) => {
      const { group } = keptInChat(chat, fileSaid(last), next);
      const keysOf = ({ members }: Group) => members.map(({ key }) => key);
      const added = keysOf(chat).filter((key) => ![...keysOf(last), ...keysOf(next)].includes(key));
      const said = rolesIn(last);
      const isOut = ({ key, role: one }: Group['members'][number]) => !keysOf(chat).includes(key) && said[key] === one;
      const out = next.members.filter((one) => isOut(one) && !group.members.some(({ key }) => key === one.key));
      const back = next.members.filter((one) => isOut(one) && !out.includes(one));
      expect(keysOf(group)).toEqual([...keysOf(next).filter((key) => !out.some((one) => one.key === key)), ...added]);
      // Only a convenor of the file whom nobody could stand in for.
      expect(back.every(({ role: one }) => one === 'convenor')).toBe(true);
      expect(group.members.filter(({ role: one }) => one === 'convenor')).toHaveLength(1);
    }),
  );
});

test('whoever was added in the chat stays, and whoever the file names no more does not', () => {
  const chat = having({ 'maja-ek': 'convenor', 'tove-lind': 'member', 'disa-norr': 'deputy' });
  const first = having({ 'maja-ek': 'convenor', 'tove-lind': 'member' });
  const next = having({ 'maja-ek': 'convenor' });
  const { group, kept } = keptInChat(chat, fileSaid(first), next);
  expect(rolesIn(group)).toEqual({ 'maja-ek': 'convenor', 'disa-norr': 'deputy' });
  expect(kept).toEqual([{ field: 'member', name: 'Disa Norr', inFile: '', stays: 'Disa Norr' }]);
  expect(rolesIn(keptInChat(chat, null, next).group)).toEqual(rolesIn(next));
});

test('the chair stays with whoever was added and given it in the chat', () => {
  const chat = having({ 'maja-ek': 'deputy', 'disa-norr': 'convenor' });
  const said = having({ 'maja-ek': 'convenor' });
  expect(rolesIn(keptInChat(chat, fileSaid(said), said).group)).toEqual(rolesIn(chat));
});

test('the file gives the chair to another than whoever was added and given it in the chat', () => {
  const chat = having({ 'maja-ek': 'deputy', 'tove-lind': 'member', 'disa-norr': 'convenor' });
  const last = having({ 'maja-ek': 'convenor', 'tove-lind': 'member' });
  const next = having({ 'maja-ek': 'member', 'tove-lind': 'convenor' });
  expect(rolesIn(keptInChat(chat, fileSaid(last), next).group)).toEqual({
    'maja-ek': 'member',
    'tove-lind': 'convenor',
    'disa-norr': 'deputy',
  });
});

test('whoever was removed in the chat stays out while the file says what it said, and is named in the plan alone', () => {
  const chat = having({ 'maja-ek': 'convenor', 'disa-norr': 'member' });
  const [first] = coreGroup.activities;
  if (!first) throw new Error('no plan');
  const named = { ...file, activities: [{ ...first, owners: ['tove-lind', 'disa-norr'], unknownOwners: [] }] };
  const { group, kept } = keptInChat(chat, fileSaid(file), named);
  expect(rolesIn(group)).toEqual(rolesIn(chat));
  expect(kept).toEqual([{ field: 'member', name: 'Tove Lind', inFile: 'Tove Lind', stays: '' }]);
  expect(group.activities).toMatchObject([{ owners: ['disa-norr'], unknownOwners: ['Tove Lind'] }]);
  const next = having({ 'maja-ek': 'convenor', 'tove-lind': 'deputy', 'disa-norr': 'member' });
  expect(rolesIn(keptInChat(chat, fileSaid(file), next).group)).toEqual(rolesIn(next));
});

test('the file’s convenor gave the chair away and was removed in the chat: they do not take it back', () => {
  const chat = having({ 'tove-lind': 'convenor', 'disa-norr': 'member' });
  expect(rolesIn(keptInChat(chat, fileSaid(file), file).group)).toEqual(rolesIn(chat));
});
