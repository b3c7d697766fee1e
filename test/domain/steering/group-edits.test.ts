import { expect, test } from 'vitest';
import type { Group } from '../../../src/domain/group.ts';
import { groupEdits } from '../../../src/domain/steering/group-edits.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';

const told = (after: Group) =>
  groupEdits(coreGroup, after).map(({ subject, field, from, to }) => `${subject} ${field}: ${from} → ${to}`);

test('a group that is read in as it was changes nothing', () => {
  expect(told(structuredCloneOf(coreGroup))).toEqual([]);
});

test('roles, people who came and left, the hour and the plan: each from what to what', () => {
  const [first, second, ...rest] = coreGroup.activities;
  if (!first || !second) throw new Error('no activities');
  const members = coreGroup.members
    .filter(({ key }) => key !== 'disa-norr')
    .map((member) => (member.key === 'tove-lind' ? { ...member, role: 'observer' as const } : member));
  const on = Temporal.PlainDate.from('2023-01-16');
  const after: Group = {
    ...coreGroup,
    hour: Temporal.PlainTime.from('08:30'),
    members: [...members, memberWith('siv-hall', { name: 'Siv Hall' })],
    activities: [{ ...first, owners: ['tove-lind'], due: [{ key: '2023-01-16', on }] }, ...rest],
  };
  const lines = told(after);
  for (const line of [
    'group hour: 09:00 → 08:30',
    'member:tove-lind role: member → observer',
    'member:siv-hall member: null → Siv Hall',
    'member:disa-norr member: Disa Norr → null',
    `activity:${second.key} added: ${second.title} → null`,
  ])
    expect(lines).toContain(line);
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^activity:${first.key} owners: .* → Tove Lind$`)));
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^activity:${first.key} date: .* → 2023-01-16$`)));
});

test('what was made in the chat is not said to be gone when a plan without it is read in', () => {
  const made = { ...(coreGroup.activities[0] as Group['activities'][0]), key: 'extra', added: true };
  expect(groupEdits({ ...coreGroup, activities: [...coreGroup.activities, made] }, coreGroup)).toEqual([]);
});

function structuredCloneOf(group: Group): Group {
  return {
    ...group,
    members: group.members.map((member) => ({ ...member })),
    activities: group.activities.map((activity) => ({ ...activity, due: [...activity.due] })),
  };
}
