/** A group file that moves the group to another zone: an open survey ends on the day that people were told. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastDay } from '../../../src/domain/schedule/reminders.ts';
import { closeFor } from '../../../src/domain/schedule/rounds.ts';
import { at, type Bench, bench, closes, during, roundKey } from './bench.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
  await b.all(`update assignment set extended_to = $1 from member m where m.id = member_id and m.key = 'tove-lind'`, [
    new Date('2022-11-14T23:00:00Z'),
  ]);
});
afterAll(() => b.drop());

const movesTo = async (timeZone: string, country: string) => {
  const change = { at: during, kind: 'plan-imported' as const, activity: null, facts: {} };
  await b.store.groups.save({ ...b.group, timeZone, country }, change, null);
  const { group, state } = await b.loaded();
  const round = state.rounds.find(({ key }) => key === roundKey);
  if (!round) throw new Error('no round');
  const part = round.assignments.find(({ member }) => member === 'tove-lind');
  return { group, round, extended: closeFor(round, part) };
};

test.each([
  ['Europe/Helsinki', 'FI', '2022-11-07T22:00:00Z', '2022-11-14T22:00:00Z'],
  ['Europe/Lisbon', 'PT', '2022-11-08T00:00:00Z', '2022-11-15T00:00:00Z'],
  ['Europe/Stockholm', 'SE', '2022-11-07T23:00:00Z', '2022-11-14T23:00:00Z'],
])('%s', async (zone, country, ends, extendedTo) => {
  const { group, round, extended } = await movesTo(zone, country);
  expect([`${round.closesAt}`, `${extended}`]).toEqual([ends, extendedTo]);
  expect(`${lastDay(round.closesAt, group.timeZone)}`).toBe('2022-11-07');
  expect(`${lastDay(extended, group.timeZone)}`).toBe('2022-11-14');
});

test('a survey that is over stays as it was, and the audit has both', async () => {
  await b.all('update round set closed_at = $1', [new Date(closes.epochMilliseconds)]);
  const { round } = await movesTo('Europe/Helsinki', 'FI');
  expect(round.closesAt.equals(at('2022-11-07T23:00:00Z'))).toBe(true);
  const entries = await b.all<{ field: string; before: string; after: string }>(
    `select field, before, after from audit where field in ('zone', 'country') order by id desc limit 2`,
  );
  expect(entries.map(({ field, before, after }) => [field, before, after]).sort()).toEqual([
    ['country', 'SE', 'FI'],
    ['zone', 'Europe/Stockholm', 'Europe/Helsinki'],
  ]);
});
