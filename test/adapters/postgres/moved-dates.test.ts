import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleFile, readGroup } from '../../../src/cli/import-group.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const at = (text: string) => Temporal.Instant.from(text);

test('a date stays moved when the owner then says "under way" without a date', async () => {
  const { store } = database;
  const start = at('2022-09-26T06:00:00Z');
  const { group } = await readGroup(exampleFile, start);
  await store.groups.save(group, null, null);
  const id = (await store.groups.load(group.key))?.id ?? '';
  const word = { activity: 'sammanstalla-resultatet', due: '2022-11-30', note: '', by: 'liv-sandell' };

  await store.plans.saveStatus(
    id,
    { ...word, status: 'late', newDate: Temporal.PlainDate.from('2022-12-07'), event: 'one' },
    at('2022-11-30T09:00:00Z'),
  );
  await store.plans.saveStatus(
    id,
    { ...word, status: 'under-way', newDate: null, event: 'two' },
    at('2022-12-01T09:00:00Z'),
  );

  const statuses = (await store.groups.load(group.key))?.state.statuses ?? [];
  expect(statuses.map(({ status, newDate }) => [status, newDate?.toString()])).toEqual([['under-way', '2022-12-07']]);
});

test('the same event says nothing twice', async () => {
  const { store } = database;
  const id = (await store.groups.load('kompetensvagar'))?.id ?? '';
  const word = {
    activity: 'utveckla-enkat',
    due: '2022-10-12',
    note: '',
    by: 'liv-sandell',
    newDate: null,
    event: 'three',
  };
  const now = at('2022-10-12T09:00:00Z');
  expect(await store.plans.saveStatus(id, { ...word, status: 'done' }, now)).toBe(true);
  expect(await store.plans.saveStatus(id, { ...word, status: 'late' }, now)).toBe(false);
  const update = (await store.groups.load('kompetensvagar'))?.state.statuses.find(
    (one) => one.activity === 'utveckla-enkat',
  );
  expect(update?.status).toBe('done');
});
