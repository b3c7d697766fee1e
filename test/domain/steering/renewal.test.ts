import { expect, test } from 'vitest';
import type { Activity, Group } from '../../../src/domain/group.ts';
import { emptyState, type PlanState, type StatusUpdate } from '../../../src/domain/state.ts';
import { renewalOf } from '../../../src/domain/steering/renewal.ts';
import { coreGroup, on } from '../../support/core-group.ts';
import { at } from '../../support/run.ts';

const key = 'kunskapssammanstallning';
const [first, second] = ['2022-10-12', '2022-11-30'];
const day = (text: string) => Temporal.PlainDate.from(text);
type More = {
  activity?: Partial<Activity>;
  words?: Partial<StatusUpdate>[];
  group?: Partial<Group>;
  aways?: PlanState['aways'];
};
const whole = ({ activity = {}, words = [], group = {}, aways = [] }: More = {}) => ({
  group: {
    ...coreGroup,
    ...group,
    activities: coreGroup.activities.map((one) => (one.key === key ? { ...one, ...activity } : one)),
  },
  state: {
    ...emptyState,
    aways,
    statuses: words.map((word) => ({
      ...{ activity: key, due: first, note: '', newDate: null, by: 'tove-lind', at: at('2022-10-12T08:00:00Z') },
      ...{ status: 'under-way' as const, ...word },
    })),
  },
});
const renewal = (before: More, after: More) => renewalOf(whole(before), whole(after));
const points = (...dues: (string | null)[]) => ({ points: dues.map((due) => ({ activity: key, due })), members: [] });
const nothing = { points: [], members: [] };

test('how it goes is no end: what was sent still asks', () => {
  expect(renewal({}, {})).toEqual(nothing);
  expect(renewal({}, { words: [{ status: 'under-way' }] })).toEqual(nothing);
  expect(renewal({ words: [{ status: 'under-way' }] }, { words: [{ status: 'late', note: 'Väntar' }] })).toEqual(
    nothing,
  );
});

test('done, stopped, said by somebody else, or not done after all: of that due point alone', () => {
  expect(renewal({}, { words: [{ status: 'done' }] })).toEqual(points(first));
  expect(renewal({ words: [{ status: 'done' }] }, { words: [{ status: 'stopped' }] })).toEqual(points(first));
  expect(renewal({ words: [{ status: 'done' }] }, { words: [{ status: 'late' }] })).toEqual(points(first));
  expect(renewal({}, { words: [{ status: 'done', due: second }] })).toEqual(points(second));
});

test('another day: by an owner’s word, by the convenor, whose point has another key, or from the plan', () => {
  expect(renewal({}, { words: [{ newDate: day('2022-10-20') }] })).toEqual(points(first));
  const moved = { ...on('2022-10-20'), first };
  expect(renewal({}, { activity: { due: [moved, on(second)] } })).toEqual(points(first));
  // Moved once more: what was sent before either counts.
  const again = { ...on('2022-10-27'), first };
  expect(renewal({ activity: { due: [moved] } }, { activity: { due: [again] } })).toEqual(points('2022-10-20', first));
  const replanned = { key: first, on: day('2022-10-19') };
  expect(renewal({}, { activity: { due: [replanned, on(second)] } })).toEqual(points(first));
  expect(renewal({}, { activity: { due: [on(first)] } })).toEqual(points(second));
});

test('set aside, other owners, no date or gone: all of the activity', () => {
  expect(renewal({}, { activity: { parked: true } })).toEqual(points(null));
  expect(renewal({ activity: { parked: true } }, {})).toEqual(points(null));
  expect(renewal({}, { activity: { owners: 'all' } })).toEqual(points(null));
  expect(renewal({}, { activity: { owners: ['disa-norr'] } })).toEqual(points(null));
  expect(renewal({}, { activity: { ongoing: true } })).toEqual(points(null));
  expect(renewal({}, { activity: { key: 'another' } })).toEqual(points(null));
  expect(renewal({}, { activity: { title: 'Annat namn' } })).toEqual(nothing);
});

test('who came, left or has another role, and who stands in for somebody: all that was sent to them', () => {
  const [maja, tove, disa] = coreGroup.members;
  if (!maja || !tove || !disa) throw new Error('nobody is in the group');
  const to = (...members: string[]) => ({ points: [], members });
  expect(renewal({}, { group: { members: [maja, disa] } })).toEqual(to('tove-lind'));
  expect(renewal({ group: { members: [maja, disa] } }, {})).toEqual(to('tove-lind'));
  const handed = [{ ...maja, role: 'deputy' as const }, { ...tove, role: 'convenor' as const }, disa];
  expect(renewal({}, { group: { members: handed } })).toEqual(to('maja-ek', 'tove-lind'));
  expect(renewal({}, { group: { members: [maja, tove, { ...disa, name: 'Disa N' }] } })).toEqual(nothing);
  const away = { member: 'tove-lind', since: at('2022-10-01T08:00:00Z'), until: day('2022-10-20'), substitute: null };
  expect(renewal({}, { aways: [away] })).toEqual(nothing);
  expect(renewal({ aways: [away] }, { aways: [{ ...away, substitute: 'disa-norr' }] })).toEqual(to('disa-norr'));
  expect(renewal({ aways: [{ ...away, substitute: 'disa-norr' }] }, {})).toEqual(to('disa-norr'));
});
