import { afterEach, expect, test } from 'vitest';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { collection, day, openSeat, type Seat } from './seat.ts';

let seat: Seat;
afterEach(() => seat.close());

const group = { ...coreGroup, members: [...coreGroup.members, memberWith('siv-hall', { name: 'Siv Hall' })] };
const natverk = 'befintliga-natverk';

test('a reminder that is put off comes on the day it was put off to, and not before', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-25T12:00:00Z');
  await seat.done('tove-lind', { do: 'snooze', about: { round: collection }, until: day('2022-11-07') });
  await seat.goTo('2022-11-10T12:00:00Z');
  const later = (await seat.told('tove-lind')).filter((line) => line > '2022-10-25T12' && line.includes(collection));
  expect(later).toEqual([`2022-11-07T08:00:00Z again:round:${collection}:tove-lind:2022-11-07`]);
  expect(await seat.told(':near:')).toHaveLength(3);
});

test('a deadline that is put off past its day asks how it stands instead', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-06T12:00:00Z');
  await seat.done('disa-norr', {
    do: 'snooze',
    about: { activity: natverk, due: '2022-10-12' },
    until: day('2022-10-14'),
  });
  await seat.goTo('2022-10-20T12:00:00Z');
  const rows = (await seat.store.ledger.rows(group.key)).filter(
    (row) => row.to === 'disa-norr' && row.key.includes(natverk) && row.state !== 'skipped',
  );
  expect(rows.map((row) => `${row.at} ${row.kind}`)).toEqual([
    '2022-10-05T07:00:00Z deadline',
    '2022-10-14T07:00:00Z status',
  ]);
});

test('away: no reminder until the return, then one that still makes sense; the invitation comes all the same', async () => {
  seat = await openSeat(group);
  await seat.done('disa-norr', { do: 'away', until: day('2022-11-01') });
  await seat.goTo('2022-11-10T12:00:00Z');
  const told = (await seat.told('disa-norr')).filter((line) => line.includes(collection));
  expect(told).toEqual([
    `2022-10-12T07:00:00Z invite:${collection}:disa-norr`,
    `2022-11-02T08:00:00Z remind:${collection}:mid:disa-norr`,
    `2022-11-04T08:00:00Z remind:${collection}:near:disa-norr:2022-11-07`,
  ]);
});

test('while somebody is away their deadlines go to the substitute, who may answer for them', async () => {
  seat = await openSeat(group);
  await seat.done('disa-norr', { do: 'away', until: day('2022-10-14'), substitute: 'siv-hall' });
  await seat.goTo('2022-10-12T12:00:00Z');
  expect((await seat.told(natverk)).filter((line) => !line.includes('maja-ek'))).toEqual([
    `2022-10-05T07:00:00Z deadline:${natverk}:2022-10-12:2022-10-12:week:siv-hall`,
    `2022-10-11T07:00:00Z deadline:${natverk}:2022-10-12:2022-10-12:day:siv-hall`,
    `2022-10-12T07:00:00Z status:${natverk}:2022-10-12:2022-10-12:siv-hall`,
  ]);
  await seat.done('siv-hall', { do: 'set-status', activity: natverk, due: '2022-10-12', status: 'done' });
  await seat.goTo('2022-10-25T12:00:00Z');
  expect(await seat.told(`${natverk}:2022-10-12:2022-10-12:disa-norr`)).toEqual([]);
});

test('away beyond the close: the part in the round goes to the substitute', async () => {
  const outsider = memberWith('olle-berg', { role: 'observer' });
  seat = await openSeat({ ...group, members: [...group.members, outsider] });
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.done('disa-norr', { do: 'away', until: day('2022-11-20'), substitute: 'olle-berg' });
  const parts = (await seat.round()).assignments.map(({ member, state }) => `${member} ${state}`).sort();
  expect(parts).toEqual([
    'disa-norr excused',
    'maja-ek pending',
    'olle-berg pending',
    'siv-hall pending',
    'tove-lind pending',
  ]);
  expect(await seat.told('olle-berg')).toContain(`2022-10-20T07:00:00Z invite:${collection}:olle-berg`);
});

test('back earlier than said', async () => {
  seat = await openSeat(group);
  await seat.done('disa-norr', { do: 'away', until: day('2022-11-20') });
  await seat.goTo('2022-10-27T12:00:00Z');
  expect((await seat.told('disa-norr')).filter((line) => line.includes('remind:'))).toEqual([]);
  await seat.done('disa-norr', { do: 'back' });
  expect((await seat.told('disa-norr')).filter((line) => line.includes('remind:'))).toHaveLength(1);
  expect(await seat.as('disa-norr', { do: 'back' })).toEqual({ is: 'refused', code: 'nothing-changes' });
});

test('only one’s own absence is one’s own to say; the convenor may say it for others', async () => {
  seat = await openSeat(group);
  const away = { do: 'away', until: day('2022-11-20'), member: 'disa-norr' } as const;
  expect(await seat.as('tove-lind', away)).toEqual({ is: 'refused', code: 'not-allowed' });
  expect(await seat.as('maja-ek', away)).toMatchObject({ is: 'done' });
  expect(await seat.as('disa-norr', { ...away, until: day('2022-09-01') })).toMatchObject({ code: 'past-date' });
  expect(await seat.as('disa-norr', { ...away, substitute: 'disa-norr' })).toMatchObject({ code: 'same-person' });
});

test('quiet hours and the weekly cap: what is over it waits, reminders first, invitations never', async () => {
  seat = await openSeat(group);
  await seat.done('maja-ek', {
    do: 'set-sending',
    quietFrom: Temporal.PlainTime.from('15:00'),
    weeklyCap: 2,
  });
  await seat.goTo('2023-01-20T12:00:00Z');
  const rows = (await seat.store.ledger.rows(group.key)).filter(
    (row) => row.kind !== 'event' && row.state !== 'skipped',
  );
  const byPerson = Map.groupBy(
    rows.filter(({ to }) => to !== 'group' && to !== 'steering'),
    ({ to }) => to,
  );
  expect(byPerson.size).toBe(4);
  for (const [to, told] of byPerson) {
    expect(told.filter(({ kind }) => kind === 'invitation').map(({ at }) => `${to} ${at}`)).toEqual([
      `${to} 2022-10-12T07:00:00Z`,
    ]);
    for (const row of told) {
      const local = row.at.toZonedDateTimeISO(group.timeZone);
      expect(local.hour).toBeGreaterThanOrEqual(9);
      expect(local.hour).toBeLessThan(15);
      if (row.kind === 'invitation') continue;
      const week = told.filter(
        (one) =>
          Temporal.Instant.compare(one.at, row.at) <= 0 &&
          Temporal.Instant.compare(one.at, row.at.subtract({ hours: 168 })) > 0,
      );
      expect([row.key, week.length <= 2]).toEqual([row.key, true]);
    }
  }
  expect(await seat.as('maja-ek', { do: 'set-sending', weeklyCap: 0 })).toMatchObject({ code: 'bad-cap' });
  expect(await seat.as('maja-ek', { do: 'set-sending', quietFrom: Temporal.PlainTime.from('08:00') })).toMatchObject({
    code: 'quiet-hour',
  });
});
