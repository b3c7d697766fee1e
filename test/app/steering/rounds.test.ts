import { afterEach, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { liveModel } from '../../../src/app/models/convenor.ts';
import { statusOf } from '../../../src/app/steering/live.ts';
import { renderCard } from '../../../src/cards/cards.ts';
import { say } from '../../../src/cards/words.ts';
import type { Round } from '../../../src/domain/state.ts';
import { ofType } from '../../cards/samples.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { admin, collection, day, openSeat, type Seat } from './seat.ts';

let seat: Seat;
afterEach(() => seat.close());

const asked = { instrument: 'role-rating', catalogue: 'se-legitimation-2023' };
const near = (member: string, last: string) => `remind:${collection}:near:${member}:${last}`;

test('a round from nothing opens on its morning, asks its audience, reminds on chosen days and closes', async () => {
  seat = await openSeat();
  const done = await seat.done('maja-ek', {
    do: 'schedule-round',
    from: { title: '  Snabb  koll ' },
    ...asked,
    opens: day('2022-10-03'),
    closes: day('2022-10-14'),
    audience: { members: ['tove-lind'], constituencies: ['university'], organisations: [] },
    reminders: { days: [day('2022-10-06'), day('2022-10-08')] },
    hour: Temporal.PlainTime.from('10:30'),
  });
  expect(done).toMatchObject({ round: 'snabb-koll/2022-10-03/2022-10-14', activity: 'snabb-koll', version: 1 });
  await seat.goTo('2022-10-20T12:00:00Z');
  const key = 'snabb-koll/2022-10-03/2022-10-14';
  const round = await seat.round(key);
  expect(round.openedAt?.toString()).toBe('2022-10-03T08:30:00Z');
  expect(round.closedAt?.toString()).toBe('2022-10-14T22:00:00Z');
  expect(round.assignments.map(({ member }) => member).sort()).toEqual(['disa-norr', 'tove-lind']);
  // The 8th is a Saturday: the reminder comes on the Monday.
  expect(await seat.told(key)).toEqual([
    `2022-10-03T08:30:00Z invite:${key}:tove-lind`,
    `2022-10-03T08:30:00Z invite:${key}:disa-norr`,
    `2022-10-06T08:30:00Z remind:${key}:on:tove-lind:2022-10-06`,
    `2022-10-06T08:30:00Z remind:${key}:on:disa-norr:2022-10-06`,
    `2022-10-10T08:30:00Z remind:${key}:on:tove-lind:2022-10-08`,
    `2022-10-10T08:30:00Z remind:${key}:on:disa-norr:2022-10-08`,
    `2022-10-17T07:00:00Z summary:${key}:group`,
    `2022-10-17T07:00:00Z summary:${key}:steering`,
  ]);
});

test('open now: outside the sending hours the invitations wait for the morning', async () => {
  seat = await openSeat();
  await seat.goTo('2022-09-27T18:00:00Z');
  await seat.done('maja-ek', {
    do: 'open-round-now',
    from: { activity: 'rapport' },
    ...asked,
    closes: day('2022-10-05'),
  });
  const key = 'rapport/2022-09-27/2022-10-05';
  expect((await seat.round(key)).openedAt?.toString()).toBe('2022-09-27T18:00:00Z');
  expect(await seat.told(`invite:${key}`)).toEqual([]);
  await seat.goTo('2022-09-28T07:00:00Z');
  expect(await seat.told(`invite:${key}`)).toHaveLength(3);
});

test('an activity without a date gets the window of its round; a plan’s window can be given other terms before it opens', async () => {
  seat = await openSeat();
  await seat.done('maja-ek', {
    do: 'schedule-round',
    from: { activity: 'synkronisera' },
    ...asked,
    opens: day('2022-10-03'),
    closes: day('2022-10-07'),
  });
  const { group } = await seat.load();
  expect(group.activities.find(({ key }) => key === 'synkronisera')).toMatchObject({
    kind: 'collection',
    due: [{ key: '2022-10-03/2022-10-07' }],
  });
  await seat.done('maja-ek', { do: 'change-round', round: collection, settings: { reminders: 'none', review: true } });
  await seat.goTo('2022-11-09T12:00:00Z');
  expect(await seat.told(`remind:${collection}`)).toEqual([]);
  expect(await seat.told(`invite:${collection}`)).toHaveLength(3);
});

test('a nudge goes to those who have not answered, once a day', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-14T11:00:00Z');
  await seat.answer('tove-lind');
  await seat.done('maja-ek', { do: 'nudge', round: collection });
  expect(await seat.told(':nudge:')).toEqual([
    `2022-10-14T11:00:00Z remind:${collection}:nudge:maja-ek:2022-10-14`,
    `2022-10-14T11:00:00Z remind:${collection}:nudge:disa-norr:2022-10-14`,
  ]);
  expect(await seat.as('maja-ek', { do: 'nudge', round: collection })).toEqual({ is: 'refused', code: 'nudged-today' });
  await seat.goTo('2022-10-17T11:00:00Z');
  await seat.answer('disa-norr');
  await seat.answer('maja-ek');
  expect(await seat.as('maja-ek', { do: 'nudge', round: collection })).toEqual({
    is: 'refused',
    code: 'nobody-missing',
  });
});

test('an extension for all or for one: the reminder follows the new close', async () => {
  seat = await openSeat();
  await seat.goTo('2022-11-01T12:00:00Z');
  await seat.done('maja-ek', { do: 'extend', round: collection, closes: day('2022-11-11') });
  await seat.done('maja-ek', { do: 'extend', round: collection, closes: day('2022-11-18'), member: 'disa-norr' });
  const live = await seat.steering.live(seat.by('maja-ek'), coreGroup.key, collection);
  if ('is' in live) throw new Error(live.is);
  const { closes, people } = liveModel(coreGroup, live, [], 1, '');
  expect([closes, people.map((one) => 'until' in one && [one.name, one.until])]).toEqual([
    '2022-11-11',
    [
      ['Disa Norr', '2022-11-18'],
      ['Maja Ek', null],
      ['Tove Lind', null],
    ],
  ]);
  await seat.goTo('2022-11-25T12:00:00Z');
  expect(await seat.told(':near:')).toEqual([
    `2022-11-10T08:00:00Z ${near('maja-ek', '2022-11-11')}`,
    `2022-11-10T08:00:00Z ${near('tove-lind', '2022-11-11')}`,
    `2022-11-17T08:00:00Z ${near('disa-norr', '2022-11-18')}`,
  ]);
  expect((await seat.round()).closedAt?.toString()).toBe('2022-11-18T23:00:00Z');
  expect(await seat.as('maja-ek', { do: 'extend', round: collection, closes: day('2022-11-30') })).toMatchObject({
    code: 'already-closed',
  });
});

test('a pause holds every reminder; on resume what was missed is not sent, and the close has not moved', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.done('maja-ek', { do: 'pause', round: collection });
  await seat.goTo('2022-11-05T12:00:00Z');
  expect(await seat.told('remind:')).toEqual([]);
  await seat.done('maja-ek', { do: 'resume', round: collection });
  await seat.goTo('2022-11-09T12:00:00Z');
  expect(await seat.told('remind:')).toEqual([]);
  expect((await seat.round()).closedAt?.toString()).toBe('2022-11-07T23:00:00Z');
});

test('a reminder that is still to come is sent after a pause', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.done('maja-ek', { do: 'pause', round: collection });
  await seat.goTo('2022-11-02T12:00:00Z');
  await seat.done('maja-ek', { do: 'resume', round: collection });
  await seat.goTo('2022-11-09T12:00:00Z');
  expect(await seat.told('remind:')).toHaveLength(3);
  expect(await seat.told(':mid:')).toEqual([]);
});

test('an excused member hears nothing more and is not missing', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.done('maja-ek', { do: 'excuse', round: collection, member: 'disa-norr' });
  await seat.goTo('2022-11-06T12:00:00Z');
  expect((await seat.told('remind:')).filter((line) => line.includes('disa-norr'))).toEqual([]);
  expect(await seat.steering.live(seat.by('maja-ek'), coreGroup.key, collection)).toMatchObject({
    invited: 2,
    excused: 1,
  });
});

test('a substitute gets a part and an invitation of their own; the first one’s draft stays behind and is closed', async () => {
  seat = await openSeat({
    ...coreGroup,
    members: [...coreGroup.members, memberWith('olle-berg', { role: 'observer' })],
  });
  await seat.goTo('2022-10-20T12:00:00Z');
  const { id } = await seat.load();
  const first = await seat.store.answers.assignmentIn(id, collection, 'tove-lind');
  const { who, event } = seat.by('tove-lind');
  const now = Temporal.Instant.from('2022-10-20T12:00:00Z');
  const page = { barnmorska: { now: 'shortage', coming: 'shortage', comment: '' } } as never;
  expect(await seat.store.answers.saveDraft(first?.id ?? '', who, page, false, event, now)).toMatchObject({
    is: 'taken',
  });
  await seat.done('maja-ek', { do: 'substitute', round: collection, member: 'tove-lind', by: 'olle-berg' });
  expect(await seat.told('olle-berg')).toContain(`2022-10-20T07:00:00Z invite:${collection}:olle-berg`);
  const second = await seat.store.answers.assignmentIn(id, collection, 'olle-berg');
  expect(second).toMatchObject({ state: 'pending', draft: {}, answers: {} });
  expect(await seat.store.answers.submit(first?.id ?? '', who, {}, `${event}-late`, now, null)).toEqual({
    is: 'refused',
  });
  expect(await seat.store.answers.assignmentsOf(who)).toEqual([]);
  await seat.goTo('2022-11-06T12:00:00Z');
  expect((await seat.told('remind:')).filter((line) => line.includes('tove-lind'))).toEqual([]);
});

test('a closed round is opened again until a new close, and its summary comes again', async () => {
  seat = await openSeat();
  await seat.goTo('2022-11-09T12:00:00Z');
  expect(await seat.told('summary:')).toHaveLength(2);
  await seat.done('maja-ek', { do: 'reopen', round: collection, closes: day('2022-11-18') });
  await seat.answer('tove-lind');
  await seat.goTo('2022-11-22T12:00:00Z');
  expect((await seat.told('remind:')).filter((line) => line > '2022-11-09')).toEqual([
    `2022-11-17T08:00:00Z ${near('maja-ek', '2022-11-18')}`,
    `2022-11-17T08:00:00Z ${near('disa-norr', '2022-11-18')}`,
  ]);
  expect((await seat.told('summary:')).slice(2)).toEqual([
    `2022-11-21T08:00:00Z summary:${collection}#1:group`,
    `2022-11-21T08:00:00Z summary:${collection}#1:steering`,
  ]);
});

test('what a cancelled round would have sent is what its preview says', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-20T12:00:00Z');
  const seen = await seat.steering.foresee(seat.by('maja-ek'), coreGroup.key, {
    do: 'cancel-round',
    round: collection,
  });
  if (seen.is !== 'foreseen') throw new Error(seen.is);
  expect(seen.starts).toEqual([]);
  const each = seen.stops.flatMap(({ at, kind, step, to }) => to.map((who) => `${at} ${kind} ${step}: ${who}`));
  const people = ['maja-ek', 'tove-lind', 'disa-norr'];
  expect(each).toEqual([
    ...people.map((who) => `2022-10-25T07:00:00Z reminder mid: ${who}`),
    ...people.map((who) => `2022-11-04T08:00:00Z reminder near: ${who}`),
    '2022-11-08T08:00:00Z summary null: group',
    '2022-11-08T08:00:00Z summary null: steering',
  ]);
  await seat.done('maja-ek', { do: 'cancel-round', round: collection });
  await seat.goTo('2022-12-01T12:00:00Z');
  expect(await seat.told('remind:')).toEqual([]);
  expect(await seat.told('summary:')).toEqual([]);
});

test('of a cancelled round it is told what had been answered, and of nobody that they have not', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.answer('tove-lind');
  await seat.done('maja-ek', { do: 'cancel-round', round: collection });
  const live = await seat.steering.live(seat.by('maja-ek'), coreGroup.key, collection);
  if ('is' in live) throw new Error(live.is);
  expect(live).toMatchObject({ state: 'cancelled', submitted: 1, invited: 3, missing: null, may: ['reopen'] });
  const card = renderCard('live', liveModel(coreGroup, live, live.may, 1, ''), 'sv');
  const text = ofType(card, /^Text/).map((one) => `${one.text}`);
  expect(text).toEqual(expect.arrayContaining(['Avbruten.', '1 av 3 hade svarat.']));
  expect(text).not.toContain(say('sv', 'live.missing'));
  for (const { name } of coreGroup.members) expect(text.join()).not.toContain(name);
});

test('in a cancelled round nobody is left who could not be reached, and before it opened nobody was asked', async () => {
  seat = await openSeat();
  await seat.goTo('2022-10-20T12:00:00Z');
  const round = await seat.round();
  const missed = [{ round: collection, member: 'disa-norr', reason: 'blocked' }];
  const chair = { member: coreGroup.members[0] ?? null, isAdmin: false, who: admin };
  const status = (of: Round) =>
    statusOf({ group: coreGroup, now: of.opensAt, holidays: holidayName, seat: chair }, of, missed);
  expect(status(round).unreached).toMatchObject([{ name: 'Disa Norr' }]);
  const cancelled = { ...round, closedAt: round.opensAt, cancelledAt: round.opensAt };
  expect(status(cancelled)).toMatchObject({ invited: 3, unreached: [] });
  expect(status({ ...cancelled, openedAt: null, assignments: [] })).toMatchObject({ invited: 0, constituencies: [] });
});

test('a window cancelled before it opens never opens', async () => {
  seat = await openSeat();
  await seat.done('maja-ek', { do: 'cancel-round', round: collection });
  await seat.goTo('2022-11-10T12:00:00Z');
  expect(await seat.told(collection)).toEqual([]);
  expect((await seat.round()).openedAt).toBeNull();
});

test('with review the summary waits as a draft to the convenor, and is posted when approved', async () => {
  seat = await openSeat();
  await seat.done('maja-ek', { do: 'change-round', round: collection, settings: { review: true } });
  await seat.goTo('2022-11-10T12:00:00Z');
  expect(await seat.told('summary:')).toEqual([]);
  expect(await seat.told('review:')).toEqual([`2022-11-08T08:00:00Z review:${collection}:maja-ek`]);
  expect(await seat.steering.live(seat.by('maja-ek'), coreGroup.key, collection)).toMatchObject({
    awaitsApproval: true,
    may: ['approve-summary', 'reopen'],
  });
  await seat.done('maja-ek', { do: 'approve-summary', round: collection });
  expect(await seat.told('summary:')).toEqual([
    `2022-11-10T12:00:00Z summary:${collection}:group`,
    `2022-11-10T12:00:00Z summary:${collection}:steering`,
  ]);
  expect(await seat.as('maja-ek', { do: 'approve-summary', round: collection })).toMatchObject({
    code: 'nothing-to-approve',
  });
});

test('what cannot be: each is refused with its code and changes nothing', async () => {
  seat = await openSeat();
  const opens = day('2022-10-03');
  const closes = day('2022-10-14');
  const round = { do: 'schedule-round' as const, from: { title: 'Koll' }, ...asked, opens, closes };
  const nobody = { members: [], constituencies: [], organisations: [] };
  const tries = [
    [{ ...round, closes: day('2022-09-20'), opens: day('2022-09-19') }, 'window-over'],
    [{ ...round, closes: day('2022-10-01') }, 'window-backwards'],
    [{ ...round, opens: day('2022-10-08'), closes: day('2022-10-09') }, 'too-soon'],
    [{ ...round, opens: day('1900-01-01') }, 'bad-date'],
    [{ ...round, audience: nobody }, 'no-audience'],
    [{ ...round, audience: { ...nobody, members: ['nobody'] } }, 'unknown-member'],
    [{ ...round, audience: { ...nobody, constituencies: ['elsewhere'] } }, 'empty-audience'],
    [{ ...round, catalogue: 'none' }, 'unknown-instrument'],
    [{ ...round, from: { title: ' ' } }, 'no-title'],
    [{ ...round, from: { activity: 'gone' } }, 'unknown-activity'],
    [{ ...round, from: { activity: 'datainsamling', due: 'gone' } }, 'unknown-due'],
    [{ ...round, hour: Temporal.PlainTime.from('06:00') }, 'quiet-hour'],
    [{ ...round, reminders: { days: [day('2022-12-01')] } }, 'day-outside'],
    [{ do: 'nudge' as const, round: collection }, 'not-open'],
    [{ do: 'pause' as const, round: 'gone/1' }, 'unknown-round'],
    [{ do: 'reopen' as const, round: collection, closes }, 'not-closed'],
  ] as const;
  const before = await seat.load();
  for (const [command, code] of tries)
    expect([command, await seat.as('maja-ek', command as never)]).toEqual([command, { is: 'refused', code }]);
  const after = await seat.load();
  expect(after.state.rounds).toEqual(before.state.rounds);
  expect(after.group.activities).toEqual(before.group.activities);
});

test('what a convenor should know first: the plan’s own survey at the same time, and each day that is no working day, once', async () => {
  seat = await openSeat();
  const warned = async (command: Parameters<Seat['as']>[1]) => {
    const seen = await seat.steering.foresee(seat.by('maja-ek'), coreGroup.key, command);
    if (seen.is !== 'foreseen') throw new Error(seen.is);
    return seen.warnings.map(({ code, facts }) => `${code} ${facts.day ?? facts.title ?? ''}`.trim());
  };
  const round = { do: 'schedule-round', from: { title: 'Koll' }, ...asked } as const;
  expect(await warned({ ...round, opens: day('2022-10-03'), closes: day('2022-10-13') })).toEqual([
    'clash Datainsamling (enkät)',
  ]);
  // Christmas Day is a Sunday; the round opens on the 27th.
  expect(await warned({ ...round, opens: day('2022-12-25'), closes: day('2023-01-07') })).toEqual([
    'holiday 2022-12-25',
    'weekend 2023-01-07',
  ]);
  expect(await warned({ do: 'extend', round: collection, closes: day('2022-11-12') })).toEqual(['weekend 2022-11-12']);
  const moved = { do: 'move-date', activity: 'utveckla-enkat', due: '2022-10-12' } as const;
  expect(await warned({ ...moved, to: day('2022-10-15') })).toEqual(['weekend 2022-10-15']);
  expect(await warned({ ...moved, to: day('2022-10-14') })).toEqual([]);
});

test('what was due earlier in the day is foreseen for this moment, as it will leave', async () => {
  seat = await openSeat();
  const now = '2022-10-12T09:10:00Z';
  await seat.goTo(now);
  const seen = await seat.steering.foresee(seat.by('maja-ek'), coreGroup.key, {
    ...{ do: 'assign', activity: 'kunskapssammanstallning', owners: ['disa-norr'] },
  });
  if (seen.is !== 'foreseen') throw new Error(seen.is);
  const today = seen.starts.filter(({ at }) => `${at}`.startsWith('2022-10-12')).map(({ at, to }) => `${at} ${to}`);
  expect([...new Set(today)]).toEqual([`${now} disa-norr`]);
});
