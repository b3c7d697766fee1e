import { afterEach, expect, test } from 'vitest';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { collection, day, openSeat, type Seat } from './seat.ts';

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
  expect(seen.stops.map(({ key }) => key)).toEqual([
    `remind:${collection}:mid:maja-ek`,
    `remind:${collection}:mid:tove-lind`,
    `remind:${collection}:mid:disa-norr`,
    near('maja-ek', '2022-11-07'),
    near('tove-lind', '2022-11-07'),
    near('disa-norr', '2022-11-07'),
    `summary:${collection}:group`,
    `summary:${collection}:steering`,
  ]);
  await seat.done('maja-ek', { do: 'cancel-round', round: collection });
  await seat.goTo('2022-12-01T12:00:00Z');
  expect(await seat.told('remind:')).toEqual([]);
  expect(await seat.told('summary:')).toEqual([]);
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
    [{ ...round, reminders: { days: [day('2022-12-01')] } }, 'bad-date'],
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
