/** A plan that is imported again is compared with a group that has been read once. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { readDocument } from '../../src/adapters/documents/read-document.ts';
import type { ImportWorld } from '../../src/app/drafts.ts';
import { takeImport } from '../../src/app/import-plan.ts';
import { coreGroup } from '../support/core-group.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.store.groups.save(coreGroup, null, coreGroup.startsAt);
});
afterAll(() => database.drop());

const titles = coreGroup.activities.map(({ title }) => title);
const lines = ['Aktivitet\tTidplan', ...titles.map((title) => `${title}\t2022-12-01`)].join('\n');
const channel = coreGroup.channels.find(({ purpose }) => purpose === 'group')?.id ?? '';

test.each([
  ['its channel', { where: 'channel', channel }],
  ['a personal chat', { where: 'personal', channel: null }],
] as const)('pasted into %s', async (_, from) => {
  const { store } = database;
  let read = 0;
  const counted = {
    ...store,
    groups: {
      ...store.groups,
      glance(key: string) {
        read += 1;
        return store.groups.glance(key);
      },
    },
  };
  const who = coreGroup.members.find(({ role }) => role === 'convenor')?.identities[0];
  if (!who) throw new Error('nobody leads the group');
  const world: ImportWorld = {
    store: counted,
    now: coreGroup.startsAt,
    platforms: {},
    readDocument,
    holidays: holidayName,
  };
  const reader = { who, people: await store.people.find(who), language: 'sv' as const };
  const command = { who, text: 'Aktivitet', lines, event: `paste-${from.where}`, locale: null, ...from };
  const reply = await takeImport(world, reader, command);
  expect(JSON.stringify(reply)).toContain('draft.apply');
  expect(read).toBe(1);
});
