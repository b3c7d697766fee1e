/** A group file that is read in again, after something was set in the chat. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveImported } from '../../../src/cli/import-group.ts';
import type { Group } from '../../../src/domain/group.ts';
import { coreGroup } from '../../support/core-group.ts';
import { openSeat, type Seat } from './seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await openSeat();
  await reads(coreGroup);
});
afterAll(() => seat.close());

const reads = (group: Group) => saveImported(seat.store, { group, warnings: [] }, coreGroup.startsAt);
const rolesNow = async () => (await seat.load()).group.members.map(({ key, role }) => `${key} ${role}`);
const logged = async () =>
  (await seat.store.steering.log(coreGroup.key, { limit: 3 })).filter(({ action }) => action === 'import-group');

test('roles and the hour that were set stay, are given back, and are no change in the log', async () => {
  await seat.done('maja-ek', { do: 'set-role', member: 'disa-norr', role: 'deputy' });
  await seat.done('maja-ek', { do: 'set-sending', hour: Temporal.PlainTime.from('08:30') });
  const chair = { do: 'hand-over-chair', to: 'tove-lind', stay: 'member' } as const;
  await seat.done('maja-ek', chair);
  const expected = ['maja-ek member', 'tove-lind convenor', 'disa-norr deputy'];
  expect(await rolesNow()).toEqual(expected);
  for (let time = 0; time < 2; time += 1) {
    expect((await reads(coreGroup)).map(({ field, name, stays }) => [field, name, stays])).toEqual([
      ['hour', null, '08:30'],
      ['role', 'Maja Ek', 'member'],
      ['role', 'Tove Lind', 'convenor'],
      ['role', 'Disa Norr', 'deputy'],
    ]);
    expect(await rolesNow()).toEqual(expected);
    expect((await seat.load()).group.hour.toString()).toBe('08:30:00');
    expect(await logged()).toEqual([]);
  }
});

test('what the file itself has changed counts, and stands in the log', async () => {
  const changed: Group = {
    ...coreGroup,
    hour: Temporal.PlainTime.from('10:00'),
    members: coreGroup.members.map((one) => (one.key === 'disa-norr' ? { ...one, role: 'observer' } : one)),
  };
  expect((await reads(changed)).map(({ name }) => name)).toEqual(['Maja Ek', 'Tove Lind']);
  expect(await rolesNow()).toEqual(['maja-ek member', 'tove-lind convenor', 'disa-norr observer']);
  expect((await logged()).map(({ field, from, to }) => [field, from, to])).toEqual([
    ['role', 'deputy', 'observer'],
    ['hour', '08:30', '10:00'],
  ]);
  // From here on the file's own words are those it was compared with.
  await seat.done('tove-lind', { do: 'set-role', member: 'disa-norr', role: 'member' });
  await reads(changed);
  expect(await rolesNow()).toEqual(['maja-ek member', 'tove-lind convenor', 'disa-norr member']);
});

test('whoever was removed in the chat stays out, is known by their identity, and comes back as who they were', async () => {
  await seat.done('tove-lind', { do: 'remove-member', member: 'disa-norr' });
  const expected = ['maja-ek member', 'tove-lind convenor'];
  const observer: Group = {
    ...coreGroup,
    hour: Temporal.PlainTime.from('10:00'),
    members: coreGroup.members.map((one) => (one.key === 'disa-norr' ? { ...one, role: 'observer' } : one)),
  };
  const kept = await reads(observer);
  expect(kept.filter(({ field }) => field === 'member').map(({ name, stays }) => [name, stays])).toEqual([
    ['Disa Norr', ''],
  ]);
  expect(await rolesNow()).toEqual(expected);
  const { identities } = coreGroup.members.find(({ key }) => key === 'disa-norr') ?? { identities: [] };
  expect(await seat.store.steering.former(coreGroup.key)).toEqual([{ key: 'disa-norr', who: identities }]);
});
