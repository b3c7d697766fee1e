import { afterEach, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { preparing } from '../../../src/app/prepare.ts';
import { coreGroup } from '../../support/core-group.ts';
import { openSeat, type Seat } from './seat.ts';

let seat: Seat;
afterEach(() => seat.close());

const council = {
  key: 'radet',
  name: 'Vårdkompetensrådet',
  channel: { platform: 'slack' as const, tenant: 'T01MITT', id: 'C01RADET', name: 'radet' },
};
const other = { ...coreGroup, key: 'utbildning', name: 'Utbildningsplatser' };

test('groups that report to one council share one digest, on Mondays, of changes only', async () => {
  seat = await openSeat({ ...coreGroup, activities: [] });
  await seat.store.groups.save({ ...other, activities: coreGroup.activities.slice(2, 3) }, null, other.startsAt);
  for (const group of [coreGroup.key, other.key])
    expect(await seat.as('maja-ek', { do: 'set-council', council }, group)).toMatchObject({ is: 'done' });
  await seat.goTo('2022-10-05T12:00:00Z');
  expect(await seat.told('digest:council')).toEqual([]);
  expect(await seat.as('maja-ek', { do: 'park', activity: 'befintliga-modeller' }, other.key)).toMatchObject({
    is: 'done',
  });
  await seat.goTo('2022-10-10T06:59:00Z');
  expect(await seat.told('digest:council')).toEqual([]);
  await seat.goTo('2022-10-31T12:00:00Z');
  // Nothing has happened in the weeks after.
  expect(await seat.told('digest:council')).toEqual(['2022-10-10T07:00:00Z digest:council:2022-10-10']);
  const now = Temporal.Instant.from('2022-10-10T07:00:00Z');
  const batch = (
    await seat.store.ledger.claim('slack/T01MITT', Temporal.Instant.from('2022-10-31T12:00:00Z'), 50)
  ).filter(({ channel }) => channel === 'council');
  expect(batch).toMatchObject([{ kind: 'digest', to: { channel: 'C01RADET' } }]);
  const log = { error: (data: object) => Promise.reject(data) };
  const cards = await preparing({ store: seat.store, clock: { now: () => now }, holidays: holidayName, log })(batch);
  const [card] = cards.values();
  expect(JSON.stringify(card)).toContain('Utbildningsplatser: Kartlägga befintliga modeller');
});

test('one person sits in several groups, with a part of their own in each', async () => {
  seat = await openSeat();
  const members = other.members.map((member) =>
    member.key === 'maja-ek'
      ? { ...member, role: 'member' as const }
      : { ...member, role: member.key === 'tove-lind' ? ('convenor' as const) : member.role },
  );
  await seat.store.groups.save({ ...other, members }, null, other.startsAt);
  const seats = await seat.steering.seats(seat.by('maja-ek').who);
  expect(seats.map(({ group, may }) => [group, may.includes('pause'), may.includes('snooze')])).toEqual([
    [coreGroup.key, true, true],
    [other.key, false, true],
  ]);
  expect(await seat.as('maja-ek', { do: 'park', activity: 'rapport' }, other.key)).toMatchObject({
    code: 'not-allowed',
  });
  expect(await seat.as('tove-lind', { do: 'park', activity: 'rapport' }, other.key)).toMatchObject({ is: 'done' });
});
