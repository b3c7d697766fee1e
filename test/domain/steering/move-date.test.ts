/** A due point keeps its name when a plan is read in anew, so its name does not always say which day it is. */

import { expect, test } from 'vitest';
import { effectiveDay } from '../../../src/app/models/activity.ts';
import type { DuePoint, Group } from '../../../src/domain/group.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import { activityWith, coreGroup, on } from '../../support/core-group.ts';
import { does, done, now, told } from './deeds.ts';

const date = Temporal.PlainDate.from;
const rapport = (...due: DuePoint[]): Group => ({
  ...coreGroup,
  activities: [activityWith('rapport', { owners: ['tove-lind'], due })],
});
/** Reading the plan anew moved it by two days. */
const moved: DuePoint = { key: '2022-10-25', on: date('2022-10-27') };
const asked: GroupState = {
  ...emptyState,
  statuses: [
    {
      ...{ activity: 'rapport', due: '2022-10-25', status: 'late', note: 'Sjuk', by: 'tove-lind', at: now },
      newDate: date('2022-11-02'),
    },
  ],
};
const move = (to: string, group: Group, state: GroupState = emptyState) =>
  does({ do: 'move-date', activity: 'rapport', due: '2022-10-25', to: date(to) }, state, group);
const stands = (deed: ReturnType<typeof does>) => {
  const { group, state } = done(deed);
  const [activity] = group.activities;
  return activity?.due.map((due) => `${effectiveDay(group, state, activity, due)}`);
};

test('the day it was moved from is the one it stood at', () => {
  const deed = move('2022-11-04', rapport(moved));
  expect(told(deed)).toEqual(['date: 2022-10-27 → 2022-11-04']);
  expect(done(deed).state.changes.at(-1)?.facts).toEqual({ from: '2022-10-27', to: '2022-11-04' });
});

test('it can be moved back to the day it is named by, and two never share a name', () => {
  const deed = move('2022-10-25', rapport(moved));
  expect(told(deed)).toEqual(['date: 2022-10-27 → 2022-10-25']);
  expect(stands(deed)).toEqual(['2022-10-25']);
  const other: DuePoint = { key: '2022-11-04', on: date('2022-11-30') };
  const both = done(move('2022-11-04', rapport(moved, other))).group.activities[0]?.due.map(({ key }) => key);
  expect(new Set(both).size).toBe(2);
});

test('what an owner asked for is where it stands: moving it there changes nothing, moving it back does', () => {
  const group = rapport(on('2022-10-25'));
  expect(move('2022-11-02', group, asked)).toMatchObject({ ok: false, code: 'nothing-changes' });
  const deed = move('2022-10-25', group, asked);
  expect(told(deed)).toEqual(['date: 2022-11-02 → 2022-10-25']);
  expect(stands(deed)).toEqual(['2022-10-25']);
});

test('a day that another due point has is no new day', () =>
  expect(move('2022-11-30', rapport(moved, on('2022-11-30')))).toMatchObject({ ok: false, code: 'nothing-changes' }));
