import { afterEach, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { preparing } from '../../../src/app/prepare.ts';
import { lineOf } from '../../../src/cli/log.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { admin, collection, day, openSeat, type Seat } from './seat.ts';

let seat: Seat;
afterEach(() => seat.close());

const group = {
  ...coreGroup,
  members: [
    ...coreGroup.members,
    memberWith('siv-hall', { name: 'Siv Hall', role: 'deputy' }),
    memberWith('olle-berg', { name: 'Olle Berg', role: 'observer' }),
    memberWith('kaj-sand', { name: 'Kaj Sand', role: 'owner' }),
  ],
};
const natverk = 'befintliga-natverk';
const activityOf = async (key: string) => (await seat.load()).group.activities.find((one) => one.key === key);

test('owners, dates, hand-overs, status, parked: each is done once, told in the digest and kept in the audit', async () => {
  seat = await openSeat(group);
  await seat.done('maja-ek', { do: 'assign', activity: 'synkronisera', owners: ['tove-lind', 'siv-hall'] });
  await seat.done('siv-hall', { do: 'move-date', activity: 'synkronisera', to: day('2022-10-21') });
  await seat.done('tove-lind', { do: 'hand-over', activity: 'synkronisera', to: 'disa-norr' });
  expect(await activityOf('synkronisera')).toMatchObject({
    owners: ['siv-hall', 'disa-norr'],
    due: [{ key: '2022-10-21' }],
    version: 3,
  });
  await seat.done('disa-norr', {
    do: 'set-status',
    activity: natverk,
    due: '2022-10-12',
    status: 'done',
    note: 'klart',
  });
  await seat.done('maja-ek', { do: 'park', activity: 'rapport' });
  await seat.done('maja-ek', { do: 'unpark', activity: 'rapport' });
  const { state } = await seat.load();
  expect(state.statuses).toMatchObject([{ activity: natverk, due: '2022-10-12', status: 'done', by: 'disa-norr' }]);
  expect(state.changes.map(({ kind }) => kind)).toEqual([
    'owner-set',
    'date-moved',
    'handed-over',
    'status',
    'parked',
    'unparked',
  ]);
  const entries = (await seat.store.steering.log(group.key, { limit: 10 })).reverse();
  expect(entries.map((entry) => lineOf(entry, 'Europe/Stockholm').split(/ {2,}/).slice(1).join(' | '))).toEqual([
    'Maja Ek | assign | Synkronisera vårt arbete med nationella nätverk | owners: – → Tove Lind, Siv Hall',
    'Siv Hall | move-date | Synkronisera vårt arbete med nationella nätverk | date: – → 2022-10-21',
    'Tove Lind | hand-over | Synkronisera vårt arbete med nationella nätverk | owners: Tove Lind, Siv Hall → Siv Hall, Disa Norr',
    'Disa Norr | set-status | Kartlägga befintliga nätverk Nationellt | status 2022-10-12: – → done',
    'Maja Ek | park | Sammanställning rapport | state: active → parked',
    'Maja Ek | unpark | Sammanställning rapport | state: parked → active',
  ]);
});

test('a moved date moves its reminders; "done" ends them', async () => {
  seat = await openSeat(group);
  await seat.done('disa-norr', { do: 'move-date', activity: natverk, due: '2022-10-12', to: day('2022-10-28') });
  await seat.goTo('2022-10-24T12:00:00Z');
  expect(await seat.told(`deadline:${natverk}`)).toEqual([
    `2022-10-21T07:00:00Z deadline:${natverk}:2022-10-28:2022-10-28:week:disa-norr`,
  ]);
  await seat.done('disa-norr', { do: 'set-status', activity: natverk, due: '2022-10-28', status: 'done' });
  await seat.goTo('2022-11-10T12:00:00Z');
  expect(await seat.told(`deadline:${natverk}`)).toHaveLength(1);
  expect(await seat.told(`status:${natverk}`)).toEqual([]);
});

test('the same event does a thing once', async () => {
  seat = await openSeat(group);
  const by = seat.by('maja-ek');
  const command = { do: 'park', activity: 'rapport' } as const;
  expect(await seat.steering.carryOut(by, group.key, command)).toMatchObject({ is: 'done', version: 1 });
  expect(await seat.steering.carryOut(by, group.key, command)).toEqual({ is: 'repeated' });
  expect(await seat.store.steering.log(group.key, { limit: 10 })).toHaveLength(1);
  expect(seat.woken()).toBe(1);
});

test('two convenors at the same moment: one is done, the other sees what changed, and nothing is lost', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-20T12:00:00Z');
  const { version = 0 } = await seat.round();
  const outcomes = await Promise.all([
    seat.steering.carryOut(seat.by('maja-ek'), group.key, {
      do: 'extend',
      round: collection,
      closes: day('2022-11-11'),
      seen: version,
    }),
    seat.steering.carryOut(seat.by('siv-hall'), group.key, { do: 'pause', round: collection, seen: version }),
  ]);
  const stale = outcomes.find(({ is }) => is === 'stale');
  expect(outcomes.map(({ is }) => is).sort()).toEqual(['done', 'stale']);
  expect(stale).toMatchObject({ is: 'stale', current: version + 1, since: [{ subject: `round:${collection}` }] });
  expect((await seat.round()).version).toBe(version + 1);
});

test('somebody who answers while they are being excused has answered', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-20T12:00:00Z');
  const [outcome] = await Promise.all([
    seat.steering.carryOut(seat.by('maja-ek'), group.key, { do: 'excuse', round: collection, member: 'tove-lind' }),
    seat.answer('tove-lind').catch(() => {}),
  ]);
  const part = (await seat.round()).assignments.find(({ member }) => member === 'tove-lind');
  expect(['done', 'refused']).toContain(outcome?.is);
  if (outcome?.is === 'refused') expect(part?.state).toBe('submitted');
  else expect(['excused', 'submitted']).toContain(part?.state);
});

test('an observer, a member and a stranger are politely refused, and the attempt is kept', async () => {
  seat = await openSeat(group);
  for (const who of ['tove-lind', 'olle-berg', 'kaj-sand']) {
    const outcome = await seat.as(who, { do: 'cancel-round', round: collection });
    expect(outcome).toEqual({ is: 'refused', code: 'not-allowed' });
  }
  expect(await seat.as('nobody', { do: 'park', activity: 'rapport' })).toEqual({ is: 'refused', code: 'not-member' });
  expect(await seat.as('tove-lind', { do: 'hand-over', activity: natverk, to: 'tove-lind' })).toMatchObject({
    code: 'not-allowed',
  });
  const entries = (await seat.store.steering.log(group.key, { limit: 10 })).reverse();
  expect(entries.map(({ by, action, field, to }) => [by, action, field, to])).toEqual([
    ['tove-lind', 'refused', 'cancel-round', 'not-allowed'],
    ['olle-berg', 'refused', 'cancel-round', 'not-allowed'],
    ['kaj-sand', 'refused', 'cancel-round', 'not-allowed'],
    ['teams:tenant-1:nobody', 'refused', 'park', 'not-member'],
    ['tove-lind', 'refused', 'hand-over', 'not-allowed'],
  ]);
  expect(await seat.steering.log(seat.by('tove-lind'), group.key)).toEqual({ is: 'refused', code: 'not-allowed' });
  expect(await seat.steering.log(seat.by('kaj-sand'), group.key)).toMatchObject({ is: 'log' });
});

test('the chair is handed over; the plan then listens to the new convenor', async () => {
  seat = await openSeat(group);
  expect(await seat.as('siv-hall', { do: 'hand-over-chair', to: 'siv-hall' })).toMatchObject({ code: 'not-allowed' });
  await seat.goTo('2022-09-27T12:00:00Z');
  const handover = { do: 'hand-over-chair', to: 'tove-lind' } as const;
  const seen = await seat.steering.foresee(seat.by('maja-ek'), group.key, handover);
  const word = { kind: 'welcome', step: 'chair', to: ['tove-lind'] };
  expect(seen).toMatchObject({ is: 'foreseen', starts: expect.arrayContaining([expect.objectContaining(word)]) });
  await seat.done('maja-ek', handover);
  expect(await seat.told('chair:')).toEqual(['2022-09-27T12:00:00Z chair:2022-09-27T12:00:00Z:tove-lind']);
  const roles = (await seat.load()).group.members.map(({ key, role }) => `${key} ${role}`);
  expect(roles.slice(0, 2)).toEqual(['maja-ek deputy', 'tove-lind convenor']);
  expect(await seat.as('maja-ek', { do: 'set-role', member: 'maja-ek', role: 'client' })).toMatchObject({
    code: 'not-allowed',
  });
  await seat.done('tove-lind', { do: 'set-role', member: 'maja-ek', role: 'member' });
  expect(await seat.as('tove-lind', { do: 'set-role', member: 'tove-lind', role: 'member' })).toMatchObject({
    is: 'refused',
  });
});

test('a new convenor is told so once, by name of whoever handed over, when Rond may write; who had it again meanwhile is not', async () => {
  seat = await openSeat(group);
  // Saturday.
  await seat.goTo('2022-10-01T12:00:00Z');
  await seat.done('maja-ek', { do: 'hand-over-chair', to: 'tove-lind' });
  expect(await seat.told('chair:')).toEqual([]);
  await seat.done('tove-lind', { do: 'hand-over-chair', to: 'disa-norr' });
  await seat.goTo('2022-10-31T12:00:00Z');
  const [told, ...more] = await seat.told('chair:');
  expect([told, more]).toEqual(['2022-10-03T07:00:00Z chair:2022-10-01T12:00:00Z:disa-norr', []]);
  const now = Temporal.Instant.from('2022-10-03T07:00:00Z');
  const disa = group.members.find(({ key }) => key === 'disa-norr')?.identities[0];
  const all = await seat.store.ledger.claim(`${disa?.platform}/${disa?.tenant}`, now, 50);
  const batch = all.filter(({ about }) => about.step === 'chair');
  const log = { error: (data: object) => Promise.reject(data) };
  const cards = await preparing({ store: seat.store, clock: { now: () => now }, holidays: holidayName, log })(batch);
  const text = JSON.stringify([...cards.values()]);
  for (const words of ['Du är nu sammankallande', 'Tove Lind har lämnat över till dig.', 'seat.show'])
    expect(text).toContain(words);
});

test('an administrator appoints a convenor or a deputy without being a member; nobody else can', async () => {
  seat = await openSeat(group);
  const by = { who: admin, event: 'appoint-1' };
  expect(await seat.steering.appoint(by, group.key, { do: 'hand-over-chair', to: 'disa-norr' })).toMatchObject({
    is: 'done',
  });
  const deputy = { do: 'set-role', member: 'tove-lind', role: 'deputy' } as const;
  expect(await seat.steering.appoint({ ...by, event: 'appoint-2' }, group.key, deputy)).toMatchObject({ is: 'done' });
  // What is for the convenor stays with the convenor.
  for (const command of [{ do: 'park', activity: 'rapport' } as const, { ...deputy, role: 'observer' } as const])
    expect(await seat.steering.appoint({ ...by, event: 'appoint-3' }, group.key, command)).toEqual({
      is: 'refused',
      code: 'not-allowed',
    });
  const roles = (await seat.load()).group.members.map(({ role }) => role);
  expect(roles.slice(0, 3)).toEqual(['deputy', 'deputy', 'convenor']);
  expect(
    await seat.steering.appoint(seat.by('tove-lind'), group.key, { do: 'hand-over-chair', to: 'tove-lind' }),
  ).toEqual({
    is: 'refused',
    code: 'not-allowed',
  });
  const [latest] = await seat.store.steering.log(group.key, { limit: 2 });
  expect(latest).toMatchObject({ action: 'refused' });
  expect((await seat.store.steering.log(group.key, { limit: 9 })).at(-1)).toMatchObject({
    by: 'admin:slack:T01MITT:U00ADMIN',
    from: 'Maja Ek',
    to: 'Disa Norr',
  });
});

test('who is missing is told by name to the convenor alone, and only where the round is named', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.answer('tove-lind');
  const live = (who: string) => seat.steering.live(seat.by(who), group.key, collection);
  expect(await live('maja-ek')).toMatchObject({
    state: 'open',
    invited: 4,
    submitted: 1,
    missing: [{ name: 'Disa Norr' }, { name: 'Maja Ek' }, { name: 'Siv Hall' }],
    constituencies: [
      { name: 'municipality', invited: 1, submitted: 1 },
      { name: 'region', invited: 2, submitted: 0 },
      { name: 'university', invited: 1, submitted: 0 },
    ],
  });
  // A channel could read off a row of one who has not answered.
  expect(await live('olle-berg')).toMatchObject({
    missing: null,
    unreached: null,
    may: [],
    // All of them together would only say the rate a second time.
    constituencies: [],
  });
});

test('in a round of counts not even the convenor is told who is missing', async () => {
  seat = await openSeat(group);
  await seat.done('maja-ek', { do: 'change-round', round: collection, settings: { anonymity: 'counts' } });
  await seat.goTo('2022-10-20T12:00:00Z');
  const live = await seat.steering.live(seat.by('maja-ek'), group.key, collection);
  expect(live).toMatchObject({ anonymity: 'counts', invited: 4, missing: null });
  expect(await seat.as('maja-ek', { do: 'change-round', round: collection, settings: { anonymity: 'named' } })).toEqual(
    {
      is: 'refused',
      code: 'already-open',
    },
  );
});
