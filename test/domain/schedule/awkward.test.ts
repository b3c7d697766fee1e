import { describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Activity, Group } from '../../../src/domain/group.ts';
import { decide, nextInstant } from '../../../src/domain/schedule/decide.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import { activityWith, coreGroup, memberWith, on, window } from '../../support/core-group.ts';
import { answered, at, every, extended, lines, run, said, tells, told } from '../../support/run.ts';

const round = 'datainsamling/2022-10-12/2022-11-07';
const groupWith = (...activities: Activity[]): Group => ({ ...coreGroup, channels: [], activities });
const collecting = (from: string, to: string) =>
  groupWith(activityWith('enkat', { kind: 'collection', due: [window(from, to)] }));
const greeted = (group: Group): GroupState => ({
  ...emptyState,
  done: new Set(group.members.map(({ key }) => `welcome:${key}`)),
});
const all = (group: Group, from: string, state = greeted(group)) =>
  lines(preview(group, state, at(from), at('2024-01-01T00:00Z'), holidayName));
const now = (group: Group, state: GroupState, instant: string) => lines(decide(group, state, at(instant), holidayName));
const until = (instant: string, group = coreGroup) => run(group, every(180, '2022-09-26T06:00:00Z', instant)).state;

describe('answers and people', () => {
  test('an answer one second before the tick', () => {
    const state = until('2022-11-03T12:00:00Z');
    const reminded = (one: GroupState) =>
      now(coreGroup, one, '2022-11-04T08:00:00Z').filter((line) => line.includes(':near:'));
    expect(reminded(state)).toHaveLength(3);
    expect(reminded(answered(state, 'disa-norr'))).toHaveLength(2);
  });

  test('an extension moves the person’s reminder and keeps the round open for them', () => {
    const state = extended(until('2022-11-03T12:00:00Z'), 'disa-norr', at('2022-11-14T23:00:00Z'));
    const rest = all(coreGroup, '2022-11-03T12:30:00Z', state).filter((line) => line.includes(round));
    expect(rest).toEqual([
      `2022-11-04T08:00:00Z remind:${round}:near:maja-ek:2022-11-07`,
      `2022-11-04T08:00:00Z remind:${round}:near:tove-lind:2022-11-07`,
      `2022-11-11T08:00:00Z remind:${round}:near:disa-norr:2022-11-14`,
      `2022-11-14T23:00:00Z close:${round}`,
      `2022-11-15T08:00:00Z summary:${round}:group`,
      `2022-11-15T08:00:00Z summary:${round}:steering`,
    ]);
  });

  test('an extension after the reminder was sent brings another before the new close', () => {
    const state = extended(until('2022-11-05T12:00:00Z'), 'disa-norr', at('2022-11-14T23:00:00Z'));
    const rest = all(coreGroup, '2022-11-05T12:30:00Z', state).filter((line) => line.includes(':near:'));
    expect(rest).toEqual([`2022-11-11T08:00:00Z remind:${round}:near:disa-norr:2022-11-14`]);
  });

  test('a deadline that is put off is said again once, and knows which message it stands for', () => {
    const state = until('2022-10-04T12:00:00Z');
    const about = { activity: 'kunskapssammanstallning', due: '2022-10-12' };
    const since = at('2022-10-04T12:00:00Z');
    const put = {
      ...state,
      snoozes: [{ member: 'tove-lind', about, since, until: Temporal.PlainDate.from('2022-10-06') }],
    };
    const rest = preview(coreGroup, put, since, at('2022-10-12T00:00Z'), holidayName);
    const mine = tells(rest).filter(
      (one) => one.about.activity === about.activity && 'member' in one.to && one.to.member === 'tove-lind',
    );
    const key = (step: string) => `deadline:kunskapssammanstallning:2022-10-12:2022-10-12:${step}:tove-lind`;
    expect(mine.map(({ at: when, about: { again } }) => [`${when}`, again])).toEqual([
      ['2022-10-06T07:00:00Z', key('week')],
      ['2022-10-11T07:00:00Z', undefined],
    ]);
  });

  test('a member who was removed hears nothing more', () => {
    const state = until('2022-10-20T12:00:00Z');
    const left = { ...coreGroup, members: coreGroup.members.filter(({ key }) => key !== 'tove-lind') };
    const rest = lines(tells(preview(left, state, at('2022-10-20T12:30:00Z'), at('2024-01-01T00:00Z'), holidayName)));
    expect(rest.filter((line) => line.includes('tove-lind'))).toEqual([]);
    // Her activity has nobody left: the convenor is asked, for an owner and on the day.
    expect(rest.filter((line) => line.includes('kunskapssammanstallning') && !line.includes('overdue'))).toEqual([
      '2022-10-20T07:00:00Z fix:kunskapssammanstallning:owner',
      '2022-11-30T08:00:00Z status:kunskapssammanstallning:2022-11-30:2022-11-30:maja-ek',
    ]);
  });

  test('a member who comes in the middle is invited and gets the reminders that remain', () => {
    const state = until('2022-10-27T12:00:00Z');
    const joined = { ...coreGroup, members: [...coreGroup.members, memberWith('lo-berg')] };
    const { ticks, state: after } = run(
      joined,
      every(60, '2022-10-27T19:00:00Z', '2022-11-09T12:00:00Z'),
      undefined,
      state,
    );
    const his = told(ticks).filter(({ to }) => 'member' in to && to.member === 'lo-berg');
    expect(lines(his)).toEqual([
      '2022-10-28T07:00:00Z welcome:lo-berg',
      `2022-10-28T07:00:00Z invite:${round}:lo-berg`,
      `2022-11-04T08:00:00Z remind:${round}:near:lo-berg:2022-11-07`,
    ]);
    expect(after.rounds[0]?.assignments.map(({ member }) => member)).toContain('lo-berg');
  });

  test('a member in another country is invited in their own sending hours, never before the round is open', () => {
    const members = [
      coreGroup.members[0]!,
      memberWith('aino', { timeZone: 'Europe/Helsinki', country: 'FI' }),
      memberWith('joao', { timeZone: 'Europe/Lisbon', country: 'PT' }),
      memberWith('sam', { timeZone: 'Pacific/Auckland', country: 'NZ' }),
    ];
    const rest = all({ ...collecting('2022-10-12', '2022-11-07'), members }, '2022-10-01T00:00:00Z').filter((line) =>
      line.includes('invite'),
    );
    expect(rest).toEqual([
      '2022-10-12T07:00:00Z invite:enkat/2022-10-12/2022-11-07:maja-ek',
      '2022-10-12T07:00:00Z invite:enkat/2022-10-12/2022-11-07:aino',
      '2022-10-12T08:00:00Z invite:enkat/2022-10-12/2022-11-07:joao',
      '2022-10-12T20:00:00Z invite:enkat/2022-10-12/2022-11-07:sam',
    ]);
  });

  test('an invitation leaves a whole hour of the sending hours, or waits for the morning', () => {
    // 09:00 in Stockholm is 16:30 in Adelaide in August.
    const members = [memberWith('ruby', { timeZone: 'Australia/Adelaide', country: 'AU', role: 'convenor' })];
    const rest = all({ ...collecting('2023-08-21', '2023-09-11'), members }, '2023-08-01T00:00:00Z');
    expect(rest.slice(0, 2)).toEqual([
      '2023-08-21T07:00:00Z open:enkat/2023-08-21/2023-09-11',
      '2023-08-21T23:30:00Z invite:enkat/2023-08-21/2023-09-11:ruby',
    ]);
  });
});

describe('days and clocks', () => {
  test('the clock goes back: what was told is not told again', () => {
    const state = until('2022-10-12T09:00:00Z');
    expect(now(coreGroup, state, '2022-10-12T07:00:00Z')).toEqual([]);
    expect(now(coreGroup, state, '2022-09-26T07:00:00Z')).toEqual([]);
  });

  test('nine o’clock stays nine o’clock in spring', () => {
    const group = collecting('2023-03-20', '2023-04-03');
    expect(
      all(group, '2023-03-01T12:00:00Z')
        .map((line) => line.slice(0, 29))
        .filter((line, n, whole) => whole.indexOf(line) === n),
    ).toEqual([
      '2023-03-20T08:00:00Z open:enk',
      '2023-03-20T08:00:00Z invite:e',
      '2023-03-27T07:00:00Z remind:e',
      '2023-03-31T07:00:00Z remind:e',
      '2023-04-03T22:00:00Z close:en',
    ]);
  });

  test('a round that should open on Midsommarafton opens on the Monday; in Norway it is a working day', () => {
    const opens = (country: string, timeZone: string) =>
      all({ ...collecting('2023-06-23', '2023-07-07'), country, timeZone }, '2023-06-01T12:00:00Z').find((line) =>
        line.includes('open:'),
      );
    expect(opens('SE', 'Europe/Stockholm')).toMatch(/^2023-06-26T07:00:00Z/);
    expect(opens('NO', 'Europe/Oslo')).toMatch(/^2023-06-23T07:00:00Z/);
  });

  test('over the turn of the year: reminders before Julafton, the status card after Trettondagen', () => {
    const group = groupWith(activityWith('bokslut', { owners: ['tove-lind'], due: [on('2023-01-01')] }));
    expect(all(group, '2022-12-01T12:00:00Z')).toEqual([
      '2022-12-23T08:00:00Z deadline:bokslut:2023-01-01:2023-01-01:week:tove-lind',
      '2022-12-30T08:00:00Z deadline:bokslut:2023-01-01:2023-01-01:day:tove-lind',
      '2023-01-02T08:00:00Z status:bokslut:2023-01-01:2023-01-01:tove-lind',
      '2023-01-03T08:00:00Z note-overdue:bokslut:2023-01-01:2023-01-01',
      '2023-01-03T08:00:00Z overdue:bokslut:2023-01-01:2023-01-01:1',
      '2023-01-12T08:00:00Z overdue:bokslut:2023-01-01:2023-01-01:7',
    ]);
  });

  test('a digest on a Monday that is a holiday comes on the Tuesday', () => {
    const state = {
      ...greeted(coreGroup),
      changes: [{ at: at('2023-04-06T10:00Z'), kind: 'status' as const, activity: 'rapport', facts: {} }],
    };
    const group = { ...coreGroup, activities: [] };
    expect(all(group, '2023-04-06T11:00:00Z', state)).toEqual([
      '2023-04-11T07:00:00Z digest:group:2023-04-11',
      '2023-04-11T07:00:00Z digest:steering:2023-04-11',
    ]);
  });
});

describe('windows', () => {
  test('a short window has room for the invitation and one reminder, a shorter one for the invitation', () => {
    const kinds = (from: string, to: string) =>
      all(collecting(from, to), '2022-10-01T12:00:00Z')
        .filter((line) => line.includes('maja-ek'))
        .map((line) => line.replace(/enkat\/[^:]*/, '…'));
    expect(kinds('2022-10-12', '2022-10-14')).toEqual([
      '2022-10-12T07:00:00Z invite:…:maja-ek',
      '2022-10-13T07:00:00Z remind:…:near:maja-ek:2022-10-14',
    ]);
    expect(kinds('2022-10-12', '2022-10-12')).toEqual(['2022-10-12T07:00:00Z invite:…:maja-ek']);
  });

  test('a window of a weekend cannot be run: the convenor is asked for another, once', () => {
    expect(all(collecting('2022-10-15', '2022-10-16'), '2022-09-26T12:00:00Z')).toEqual([
      '2022-09-26T07:00:00Z fix:enkat:window:2022-10-15/2022-10-16',
    ]);
  });

  test('a window under way when the plan starts opens on the first morning; one that is over is history', () => {
    const group = { ...collecting('2022-09-12', '2022-10-14'), startsAt: at('2022-09-30T12:00:00Z') };
    expect(all(group, '2022-09-30T12:00:00Z')[0]).toBe('2022-10-03T07:00:00Z open:enkat/2022-09-12/2022-10-14');
    expect(all({ ...collecting('2022-09-12', '2022-09-23') }, '2022-09-26T06:00:00Z')).toEqual([]);
  });

  test('a window changed while its round is open waits for the round to close', () => {
    const before = collecting('2022-10-12', '2022-11-07');
    const state = until('2022-10-20T12:00:00Z', before);
    const moved = collecting('2022-10-12', '2022-11-14');
    const rest = all(moved, '2022-10-20T12:30:00Z', state).filter((line) => /open:|close:/.test(line));
    expect(rest).toEqual(
      [
        '2022-11-07T23:00:00Z close:enkat/2022-10-12/2022-11-07',
        '2022-10-12T07:00:00Z open:enkat/2022-10-12/2022-11-14',
        '2022-11-14T23:00:00Z close:enkat/2022-10-12/2022-11-14',
      ].sort(),
    );
  });
});

describe('words of the owners', () => {
  const group = groupWith(activityWith('karta', { owners: ['tove-lind'], due: [on('2022-10-12'), on('2022-11-30')] }));

  test('done on the first due point does not close the second', () => {
    const state = said(greeted(group), { activity: 'karta', due: '2022-10-12', status: 'done' });
    const rest = all(group, '2022-09-27T12:00:00Z', state);
    expect(rest).toHaveLength(6);
    expect(rest.every((line) => line.includes('karta:2022-11-30'))).toBe(true);
  });

  test('a new date ends the chain and begins another', () => {
    const state = said(until('2022-10-12T09:00:00Z', group), {
      activity: 'karta',
      due: '2022-10-12',
      newDate: Temporal.PlainDate.from('2022-10-26'),
      at: at('2022-10-12T09:00:00Z'),
    });
    expect(all(group, '2022-10-12T09:30:00Z', state).filter((line) => line.includes('karta:2022-10-12'))).toEqual([
      '2022-10-19T07:00:00Z deadline:karta:2022-10-12:2022-10-26:week:tove-lind',
      '2022-10-25T07:00:00Z deadline:karta:2022-10-12:2022-10-26:day:tove-lind',
      '2022-10-26T07:00:00Z status:karta:2022-10-12:2022-10-26:tove-lind',
      '2022-10-27T07:00:00Z note-overdue:karta:2022-10-12:2022-10-26',
      '2022-10-27T07:00:00Z overdue:karta:2022-10-12:2022-10-26:1',
      '2022-11-04T08:00:00Z overdue:karta:2022-10-12:2022-10-26:7',
    ]);
  });

  test('a near new date brings no reminder from before it was given', () => {
    const state = said(until('2022-10-12T09:00:00Z', group), {
      activity: 'karta',
      due: '2022-10-12',
      newDate: Temporal.PlainDate.from('2022-10-14'),
      at: at('2022-10-12T09:00:00Z'),
    });
    const rest = all(group, '2022-10-12T09:30:00Z', state).filter((line) => line.includes('2022-10-14:'));
    expect(rest[0]).toBe('2022-10-13T07:00:00Z deadline:karta:2022-10-12:2022-10-14:day:tove-lind');
  });

  test('set aside and taken up again: one message, no burst', () => {
    const parked = groupWith(...group.activities.map((one) => ({ ...one, parked: true })));
    const state = until('2022-10-14T12:00:00Z', parked);
    expect(state.done.size).toBe(group.members.length);
    expect(now(group, state, '2022-10-14T12:30:00Z').filter((line) => line.includes('tove-lind'))).toEqual([
      '2022-10-05T07:00:00Z deadline:karta:2022-10-12:2022-10-12:week:tove-lind',
      '2022-10-11T07:00:00Z deadline:karta:2022-10-12:2022-10-12:day:tove-lind',
      '2022-10-14T07:00:00Z status:karta:2022-10-12:2022-10-12:tove-lind',
    ]);
    expect(told(run(group, [at('2022-10-14T12:30:00Z')], undefined, state).ticks).map(({ kind }) => kind)).toEqual([
      'status',
      'overdue',
    ]);
  });

  test('due before the plan began is somebody else’s history', () => {
    expect(all(groupWith(activityWith('gammalt', { due: [on('2022-09-20')] })), '2022-09-26T06:00:00Z')).toEqual([]);
  });

  test('ongoing and watched activities are never due', () => {
    const due = [on('2022-10-12')];
    expect(
      all(
        groupWith(activityWith('a', { ongoing: true, due }), activityWith('b', { kind: 'watch', due, owners: [] })),
        '2022-09-26T06:00:00Z',
      ),
    ).toEqual([]);
  });
});

describe('downtime', () => {
  test('down at the opening: the round opens late and people are invited in their sending hours', () => {
    const state = until('2022-10-11T12:00:00Z');
    const { ticks } = run(coreGroup, [at('2022-10-14T18:00:00Z'), at('2022-10-17T07:00:20Z')], undefined, state);
    const ofRound = (n: number) => lines(ticks[n]!.happenings).filter((line) => line.includes(round));
    expect(ofRound(0)).toEqual([`2022-10-12T07:00:00Z open:${round}`]);
    expect(ofRound(1)).toEqual(
      ['maja-ek', 'tove-lind', 'disa-norr'].map((who) => `2022-10-17T07:00:00Z invite:${round}:${who}`),
    );
  });

  test('the next instant waits for the morning', () => {
    const state = run(coreGroup, [at('2022-10-14T18:00:00Z')], undefined, until('2022-10-11T12:00:00Z')).state;
    expect(`${nextInstant(coreGroup, state, at('2022-10-14T18:00:00Z'), holidayName)}`).toBe('2022-10-17T07:00:00Z');
  });

  test('down through both reminders: only the later one is told', () => {
    const state = until('2022-10-24T12:00:00Z');
    const happenings = decide(coreGroup, state, at('2022-11-07T09:00:00Z'), holidayName).filter(
      ({ key }) => key.endsWith('mid:tove-lind') || key.includes('near:tove-lind'),
    );
    expect(happenings).toMatchObject([
      { do: 'skip', key: `remind:${round}:mid:tove-lind`, why: 'superseded' },
      { do: 'tell', key: `remind:${round}:near:tove-lind:2022-11-07`, at: at('2022-11-07T08:00:00Z') },
    ]);
  });

  test('down past the close: reminders come too late, the summary comes', () => {
    const state = until('2022-10-24T12:00:00Z');
    const happenings = decide(coreGroup, state, at('2022-11-09T09:00:00Z'), holidayName).filter(({ key }) =>
      key.includes(round),
    );
    expect(happenings.map((one) => (one.do === 'skip' ? one.why : one.key.split(':')[0])).sort()).toEqual([
      'close',
      'summary',
      'summary',
      ...Array.from({ length: 6 }, () => 'too-late'),
    ]);
  });

  test('down for the whole window: the round is not opened, and the convenor is asked for another window', () => {
    const group = collecting('2022-10-12', '2022-11-07');
    const happenings = decide(group, greeted(group), at('2022-11-10T09:00:00Z'), holidayName);
    expect(happenings).toMatchObject([
      { do: 'skip', key: 'open:enkat/2022-10-12/2022-11-07', why: 'too-late' },
      {
        do: 'tell',
        kind: 'fix',
        to: { member: 'maja-ek' },
        about: { activity: 'enkat', due: '2022-10-12/2022-11-07' },
      },
    ]);
    expect(evolveAll(group, greeted(group), happenings).rounds).toEqual([]);
  });

  test('down for weeks: one digest tells it all', () => {
    const state = until('2022-10-12T12:00:00Z');
    const { ticks } = run(coreGroup, every(60, '2022-11-03T09:00:00Z', '2022-11-04T12:00:00Z'), undefined, state);
    const digests = told(ticks).filter(({ kind }) => kind === 'digest' || kind === 'steering');
    expect(digests.map(({ kind, about }) => [kind, about.after, about.until])).toEqual([
      ['digest', '', '2022-10-31T08:00:00Z'],
      ['steering', '2022-10-12T07:00:00Z', '2022-11-03T08:00:00Z'],
    ]);
  });

  test('what is noted late is noted after the last digest, so that the next one tells it', () => {
    const group = groupWith(activityWith('karta', { owners: ['tove-lind'], due: [on('2022-10-12')] }));
    const state = { ...greeted(group), toldUntil: { group: at('2022-10-17T07:00:00Z'), steering: null } };
    const note = decide(group, state, at('2022-10-18T12:00:00Z'), holidayName).find((one) => one.do === 'note-overdue');
    expect(`${note?.at}`).toBe('2022-10-17T07:00:00.001Z');
  });
});
