/** Importing a plan again: what stays keeps its key, what goes is set aside, and nothing is told that is not so. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/domain/group.ts';
import { type DifferenceFacts, isSame, planDifference } from '../../../src/domain/plan/difference.ts';
import { activityWith, on, window } from '../../support/core-group.ts';

const nothing: DifferenceFacts = { movedTo: () => null, wasDropped: () => false };
const named = (title: string, more: Partial<Activity> = {}) =>
  activityWith(title.toLowerCase().replace(/[^a-z]+/g, '-'), { title, ...more });
/** The same activity as a new plan proposes it: another key, and no history. */
const proposed = (activity: Activity, more: Partial<Activity> = {}): Activity => ({
  ...activity,
  key: `new-${activity.key}`,
  parked: false,
  ...more,
});

const survey = named('Datainsamling', { kind: 'collection', due: [window('2022-10-12', '2022-11-07')] });
const compile = named('Sammanställa resultatet', { owners: ['tove'], due: [on('2022-11-30')] });
const report = named('Sammanställning rapport', { owners: ['nils'], due: [on('2022-12-13')] });
const before = [survey, compile, report];

describe('the difference', () => {
  it('is nothing for the same plan, in any order and case', () => {
    const after = [report, compile, survey].map((one) => proposed(one, { title: `  ${one.title.toUpperCase()} ` }));
    const difference = planDifference(before, after, nothing);
    expect(isSame(difference)).toBe(true);
    expect(difference.activities.map(({ key }) => key)).toEqual([report, compile, survey].map(({ key }) => key));
  });

  it('tells a new activity, and gives it a key of its own', () => {
    const fresh = activityWith(compile.key, { title: 'Något helt annat', due: [on('2023-01-10')] });
    const { added, activities } = planDifference(before, [...before.map((one) => proposed(one)), fresh], nothing);
    expect(added).toMatchObject([{ title: 'Något helt annat', key: `${compile.key}-2` }]);
    expect(new Set(activities.map(({ key }) => key)).size).toBe(4);
  });

  it('sets a removed activity aside with its key, and tells it once', () => {
    const { removed, activities } = planDifference(before, [proposed(survey), proposed(report)], nothing);
    expect(removed).toEqual([compile]);
    expect(activities.find(({ key }) => key === compile.key)).toEqual({ ...compile, parked: true });
    expect(isSame(planDifference(activities, [proposed(survey), proposed(report)], nothing))).toBe(true);
  });

  it('leaves what was made in the chat alone', () => {
    const own = named('Extra enkät', { added: true });
    const { removed, activities } = planDifference(
      [...before, own],
      before.map((one) => proposed(one)),
      nothing,
    );
    expect(removed).toEqual([]);
    expect(activities).toContainEqual(own);
  });

  it('knows a new name by owners and dates, and keeps the key', () => {
    const after = [proposed(survey), proposed(compile, { title: 'Sammanställa svaren' }), proposed(report)];
    const { altered, added, removed } = planDifference(before, after, nothing);
    expect(altered).toMatchObject([
      { renamed: true, was: compile, becomes: { key: compile.key, title: 'Sammanställa svaren' } },
    ]);
    expect([...added, ...removed]).toEqual([]);
  });

  it('takes another title with other owners and dates for another activity', () => {
    const other = proposed(compile, { title: 'Sammanställa svaren', owners: ['per'], due: [on('2023-02-01')] });
    const { altered, added, removed } = planDifference(before, [proposed(survey), other, proposed(report)], nothing);
    expect(altered).toEqual([]);
    expect(added).toHaveLength(1);
    expect(removed).toEqual([compile]);
  });

  it('moves a date and keeps what it is called by', () => {
    const after = [
      proposed(survey, { due: [window('2022-10-12', '2022-11-14')] }),
      proposed(compile),
      proposed(report),
    ];
    const { altered, activities } = planDifference(before, after, nothing);
    const [key] = survey.due.map((due) => due.key);
    expect(altered).toMatchObject([{ moved: [{ key, from: survey.due[0], to: { key } }] }]);
    expect(activities[0]?.due).toEqual([{ ...window('2022-10-12', '2022-11-14'), key }]);
  });

  it('tells a date from where the chat had moved it, and not when the plan says what it said before', () => {
    const facts = { ...nothing, movedTo: () => Temporal.PlainDate.from('2022-12-02') };
    expect(isSame(planDifference([compile], [proposed(compile)], facts))).toBe(true);
    const later = proposed(compile, { due: [on('2022-12-05')] });
    expect(planDifference([compile], [later], facts).altered[0]?.moved).toMatchObject([
      { from: { on: Temporal.PlainDate.from('2022-12-02') }, to: { on: Temporal.PlainDate.from('2022-12-05') } },
    ]);
  });

  it('brings back what an import had set aside, and leaves aside what the convenor had', () => {
    const aside = { ...compile, parked: true };
    const back = planDifference([aside], [proposed(compile)], { ...nothing, wasDropped: () => true });
    expect(back.altered).toMatchObject([{ back: true, becomes: { parked: false } }]);
    const stays = planDifference([aside], [proposed(compile)], nothing);
    expect(isSame(stays)).toBe(true);
    expect(stays.activities[0]?.parked).toBe(true);
  });
});

const day = fc
  .integer({ min: 0, max: 90 })
  .map((days) => Temporal.PlainDate.from('2022-10-01').add({ days }).toString());
const dueOf = fc.oneof(
  day.map(on),
  fc.tuple(day, day).map(([a, b]) => (a < b ? window(a, b) : window(b, a))),
);
const someActivity = fc.record({
  title: fc.constantFrom(
    'Utveckla enkät',
    'Utveckla enkäten',
    'Datainsamling',
    'Rapport',
    'Rapporten',
    'Möte',
    'Möte 2',
    '',
  ),
  owners: fc.constantFrom<Activity['owners']>('all', ['a'], ['b'], ['a', 'b'], []),
  due: fc.uniqueArray(dueOf, { maxLength: 3, selector: ({ key }) => key }),
  parked: fc.boolean(),
});
const planOf = (prefix: string) =>
  fc.array(someActivity, { maxLength: 12 }).map((list) => list.map((one, at) => activityWith(`${prefix}${at}`, one)));

describe('whatever the plans are', () => {
  const facts = fc.record({ moved: fc.boolean(), dropped: fc.boolean() }).map(
    ({ moved, dropped }): DifferenceFacts => ({
      movedTo: () => (moved ? Temporal.PlainDate.from('2022-12-24') : null),
      wasDropped: () => dropped,
    }),
  );

  it('nothing is lost: every activity of the group keeps its key, and every row of the plan is there once, in order', () => {
    fc.assert(
      fc.property(planOf('old'), planOf('new'), facts, (old, wanted, given) => {
        const { activities, added, removed, altered } = planDifference(old, wanted, given);
        const keys = activities.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { key } of old) expect(keys).toContain(key);
        expect(activities.slice(0, wanted.length).map(({ title }) => title)).toEqual(wanted.map(({ title }) => title));
        expect(activities).toHaveLength(old.length + added.length);
        for (const { key } of removed) expect(activities.find((one) => one.key === key)?.parked).toBe(true);
        for (const { was, becomes } of altered) expect(becomes.key).toBe(was.key);
        for (const { due } of activities) expect(new Set(due.map(({ key }) => key)).size).toBe(due.length);
      }),
      { numRuns: 500 },
    );
  });

  it('importing the same plan a second time changes nothing', () => {
    fc.assert(
      fc.property(planOf('old'), planOf('new'), (old, wanted) => {
        const first = planDifference(old, wanted, nothing);
        const second = planDifference(first.activities, wanted, nothing);
        expect(second.added).toEqual([]);
        expect(second.removed).toEqual([]);
        expect(second.altered).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('two hundred activities against two hundred others: each of them is accounted for', () => {
    const many = (word: string) =>
      Array.from({ length: 200 }, (_, at) => named(`${word} ${at} i sjukvårdsregionen`, { due: [on('2022-12-13')] }));
    const { added, altered } = planDifference(many('Kartlägga modeller'), many('Sammanställa underlag'), nothing);
    expect(added.length + altered.length).toBe(200);
  });
});
