import { expect, test } from 'vitest';
import type { Activity, Group } from '../../../src/domain/group.ts';
import { dueStanding } from '../../../src/domain/schedule/due-standing.ts';
import { keys, sentAs } from '../../../src/domain/schedule/keys.ts';
import { emptyState, type PlanState, type StatusUpdate } from '../../../src/domain/state.ts';
import { coreGroup, on } from '../../support/core-group.ts';
import { at } from '../../support/run.ts';

const activity = 'kunskapssammanstallning';
const due = '2022-10-12';
const day = (text: string) => Temporal.PlainDate.from(text);
const amended = (more: Partial<Activity>, members = coreGroup.members): Group => ({
  ...coreGroup,
  members,
  activities: coreGroup.activities.map((one) => (one.key === activity ? { ...one, ...more } : one)),
});
const word = (more: Partial<StatusUpdate>): PlanState => ({
  ...emptyState,
  statuses: [
    {
      ...{
        activity,
        due,
        status: 'under-way',
        note: '',
        newDate: null,
        by: 'tove-lind',
        at: at('2022-10-12T08:00:00Z'),
      },
      ...more,
    },
  ],
});
const sent = {
  deadline: keys.deadline(activity, due, day(due), 'week')('tove-lind'),
  status: keys.status(activity, due, day(due))('tove-lind'),
  overdue: keys.overdue(activity, due, day(due), '1'),
};
type Kind = keyof typeof sent;
const stands = (
  kind: Kind,
  group: Group = coreGroup,
  state: PlanState = emptyState,
  key: string | null = sent[kind],
  again?: string,
) => {
  const step = { deadline: 'week', overdue: '1', status: undefined }[kind];
  const to = kind === 'overdue' ? 'maja-ek' : 'tove-lind';
  return dueStanding(
    group,
    state,
    { key, kind, about: { activity, due, ...(step && { step }), ...(again && { again }) } },
    to,
  );
};
const kinds: Kind[] = ['deadline', 'status', 'overdue'];

test.each(kinds)('%s: asked as long as it is theirs, not done, and on that day', (kind) => {
  expect(stands(kind)).toMatchObject({ is: 'asked' });
  expect(stands(kind, coreGroup, word({ status: 'late' }))).toMatchObject({ is: 'asked' });
  expect(stands(kind, coreGroup, emptyState, sentAs(`renewed:${sent[kind]}:1.2.3`))).toMatchObject({ is: 'asked' });
});

test.each(kinds)('%s: done or stopped, whatever else has become of it', (kind) => {
  const moved = amended({ owners: ['disa-norr'], due: [on('2022-10-20')] });
  for (const status of ['done', 'stopped'] as const) {
    const said = { is: 'finished', word: { status } };
    expect(stands(kind, coreGroup, word({ status }))).toMatchObject(said);
    expect(stands(kind, moved, word({ status, due: '2022-10-20' }))).toMatchObject(said);
  }
});

test.each(kinds)('%s: on another day, and back on the one it was about', (kind) => {
  expect(stands(kind, coreGroup, word({ newDate: day('2022-10-20') }))).toMatchObject({
    is: 'moved',
    to: day('2022-10-20'),
  });
  expect(stands(kind, coreGroup, word({ newDate: day(due) }))).toMatchObject({ is: 'asked' });
  const byConvenor = amended({ due: [{ ...on('2022-10-20'), first: due }, on('2022-11-30')] });
  expect(stands(kind, byConvenor)).toMatchObject({ is: 'moved', to: day('2022-10-20') });
  expect(stands(kind, amended({ due: [on('2022-11-30')] }))).toMatchObject({ is: 'moved', to: day('2022-11-30') });
  // Which of them it is now, nobody can tell.
  expect(stands(kind, amended({ due: [on('2022-10-20'), on('2022-11-30')] }))).toEqual({ is: 'moved', to: null });
});

test.each(kinds)('%s: set aside, without a date, out of the plan, and the reader out of the group', (kind) => {
  const nobody = coreGroup.members.filter(({ role, key }) => role !== 'convenor' && key !== 'tove-lind');
  expect(stands(kind, amended({ parked: true }))).toEqual({ is: 'parked' });
  expect(stands(kind, amended({ ongoing: true }))).toEqual({ is: 'undated' });
  expect(stands(kind, amended({ key: 'another' }))).toEqual({ is: 'removed' });
  expect(stands(kind, amended({}, nobody))).toEqual({ is: 'left' });
});

test('somebody else’s: an owner who is one no more, a stand-in who need not be one any more, a convenor who has handed over', () => {
  const handed = amended({ owners: ['disa-norr'] });
  expect(stands('deadline', handed)).toMatchObject({ is: 'another', activity: { owners: ['disa-norr'] } });
  expect(stands('status', handed)).toMatchObject({ is: 'another' });
  expect(stands('overdue', handed)).toMatchObject({ is: 'asked' });
  const since = at('2022-10-01T08:00:00Z');
  const away = { member: 'disa-norr', since, until: day('2022-10-20'), substitute: 'tove-lind' };
  expect(stands('deadline', handed, { ...emptyState, aways: [away] })).toMatchObject({ is: 'asked' });
  const chair = coreGroup.members.map((one) =>
    one.role === 'convenor' ? { ...one, role: 'deputy' as const } : { ...one, role: 'convenor' as const },
  );
  expect(stands('overdue', amended({}, chair))).toMatchObject({ is: 'another' });
});

test.each(kinds)(
  '%s: said again on the day a person chose, it is about the day of the message that was put off',
  (kind) => {
    const key = keys.again(`due:${activity}:${due}`, day('2022-10-11'))('tove-lind');
    const moved = word({ newDate: day('2022-10-20') });
    expect(stands(kind, coreGroup, emptyState, key, sent[kind])).toMatchObject({ is: 'asked' });
    expect(stands(kind, coreGroup, emptyState, sentAs(`renewed:${key}:1.2.3`), sent[kind])).toMatchObject({
      is: 'asked',
    });
    expect(stands(kind, coreGroup, moved, key, sent[kind])).toMatchObject({ is: 'moved', to: day('2022-10-20') });
    // Sent before it said which.
    expect(stands(kind, coreGroup, moved, key)).toMatchObject({ is: 'asked' });
  },
);

test.each(kinds)('%s: a page asks how it stands on whatever day it is now', (kind) => {
  expect(stands(kind, coreGroup, word({ newDate: day('2022-10-20') }), null)).toMatchObject({ is: 'asked' });
});
