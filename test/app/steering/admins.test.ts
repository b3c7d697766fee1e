import { expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { coreGroup } from '../../support/core-group.ts';
import { openSeat } from './seat.ts';

test('ROND_ADMINS names people as the platforms vouch for them; anything else is named with its remedy', () => {
  const read = readConfig({ ROND_ADMINS: 'teams:tenant-1:user-1, slack:T01MITT:U01' }, '/nonexistent');
  expect(read).toMatchObject({ ok: true, config: { admins: ['teams:tenant-1:user-1', 'slack:T01MITT:U01'] } });
  const wrong = readConfig({ ROND_ADMINS: 'maja@example.org' }, '/nonexistent');
  expect(wrong).toMatchObject({ ok: false, problems: [{ variable: 'ROND_ADMINS' }] });
});

test('taking a plan in stands in the audit', async () => {
  const seat = await openSeat();
  const change = {
    at: coreGroup.startsAt,
    kind: 'plan-imported' as const,
    activity: null,
    facts: { activities: '11' },
  };
  await seat.store.groups.save(coreGroup, change, null);
  expect(await seat.store.steering.log(coreGroup.key, { limit: 5 })).toMatchObject([
    { action: 'plan-imported', byName: 'rond group import', subject: 'group', field: 'activities', to: '11' },
  ]);
  await seat.close();
});
