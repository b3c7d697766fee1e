/** What a channel's digest says of a plan that was read in, moved and read in anew. */

import { expect, test } from 'vitest';
import { planModel } from '../../src/app/models/activity.ts';
import { digestModel } from '../../src/app/models/digest.ts';
import { emptyState, type Round } from '../../src/domain/state.ts';
import { activityWith, coreGroup as group } from '../support/core-group.ts';

const day = Temporal.PlainDate.from;
const whole = { after: null, until: Temporal.Instant.from('2100-01-01T00:00:00Z') };
const now = Temporal.Instant.from('2022-10-25T08:00:00Z');

test('a date that reading the plan anew has moved is told as it stands, not as the due point is named', () => {
  const due = [{ key: '2022-10-03', on: day('2022-10-05') }];
  const read = { ...group, activities: [activityWith('enkat', { title: 'Utveckla enkät', owners: 'all', due })] };
  const at = Temporal.Instant.from('2022-10-06T07:00:00Z');
  const said = { kind: 'status' as const, facts: { due: '2022-10-03', status: 'late', note: '' } };
  const changes = [
    { at, activity: 'enkat', kind: 'overdue' as const, facts: { due: '2022-10-03' } },
    { at, activity: 'enkat', ...said },
  ];
  const model = digestModel(
    read,
    { ...emptyState, changes },
    'group',
    whole,
    Temporal.Instant.from('2022-10-10T07:00:00Z'),
  );
  expect(model.changes).toMatchObject([
    { what: 'overdue', due: '2022-10-05' },
    { what: 'status', due: '2022-10-05' },
  ]);
  expect(model.late).toEqual([]);
});

test('a window that begins in the next two weeks is told with both its days, one that has begun with its last', () => {
  const aheadAt = (today: string) =>
    digestModel(group, emptyState, 'group', whole, Temporal.Instant.from(`${today}T07:00:00Z`)).ahead.filter(
      ({ activity }) => activity === 'Datainsamling (enkät)',
    );
  const line = { activity: 'Datainsamling (enkät)', owners: 'all' };
  expect(aheadAt('2022-09-27')).toEqual([]);
  expect(aheadAt('2022-10-03')).toEqual([{ ...line, day: '2022-10-12', until: '2022-11-07' }]);
  expect(aheadAt('2022-10-13')).toEqual([]);
  expect(aheadAt('2022-10-31')).toEqual([{ ...line, day: '2022-11-07' }]);
});

test('read in twice before a digest: how many there are is told once, and what the second time changed', () => {
  const at = Temporal.Instant.from('2022-09-26T09:00:00Z');
  const changes = [
    { at, kind: 'plan-imported' as const, activity: null, facts: { activities: '11' } },
    { at, kind: 'plan-imported' as const, activity: null, facts: { activities: '12' } },
    { at, kind: 'added' as const, activity: 'rapport', facts: {} },
    { at, kind: 'renamed' as const, activity: 'datainsamling', facts: { from: 'Enkät' } },
  ];
  const model = digestModel(group, { ...emptyState, changes }, 'group', whole, now);
  expect(model.changes).toEqual([
    { what: 'plan-imported', activities: 12 },
    { what: 'added', activity: 'Sammanställning rapport' },
    { what: 'renamed', activity: 'Datainsamling (enkät)', from: 'Enkät' },
  ]);
});

test('a survey that got more time is not late, and stands at its last day; one that was moved, at the days it has now', () => {
  const instant = Temporal.Instant.from;
  const round: Round = {
    ...{ key: 'datainsamling/2022-10-12/2022-11-07', activity: 'datainsamling', instrument: 'role-rating' },
    ...{ catalogue: 'se-legitimation-2023', assignments: [], closedAt: null },
    ...{ opensAt: instant('2022-10-12T07:00:00Z'), openedAt: instant('2022-10-12T07:00:00Z') },
    closesAt: instant('2022-11-11T23:00:00Z'),
  };
  const line = { activity: 'Datainsamling (enkät)', owners: 'all' };
  const at = (today: string, rounds: Round[]) => {
    const model = digestModel(group, { ...emptyState, rounds }, 'group', whole, instant(`${today}T08:00:00Z`));
    const isIt = ({ activity }: { activity: string }) => activity === line.activity;
    return { late: model.late?.filter(isIt), ahead: model.ahead.filter(isIt) };
  };
  expect(at('2022-11-09', [round])).toEqual({ late: [], ahead: [{ ...line, day: '2022-11-11' }] });
  const moved = { ...round, openedAt: null, opensAt: instant('2022-10-17T07:00:00Z') };
  const opens = { ...line, day: '2022-10-17', until: '2022-11-11' };
  expect(at('2022-10-03', [moved]).ahead).toEqual([opens]);
  // A second survey of the same activity is no window of the plan.
  const second = { ...moved, key: 'datainsamling/2022-10-14/2022-11-11' };
  expect(at('2022-10-03', [second]).ahead).toEqual([{ ...line, day: '2022-10-12', until: '2022-11-07' }, opens]);
  const [activity] = planModel(group, { ...emptyState, rounds: [moved] }, group.activities).activities.filter(
    ({ title }) => title === line.activity,
  );
  expect(activity?.due).toEqual([{ from: '2022-10-17', to: '2022-11-11' }]);
});
