import { describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { decide, nextInstant } from '../../../src/domain/schedule/decide.ts';
import { evolve, evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { emptyState } from '../../../src/domain/state.ts';
import { coreGroup } from '../../support/core-group.ts';
import { answered, at, every, lines, run, tells, told } from '../../support/run.ts';

const round = 'datainsamling/2022-10-12/2022-11-07';
const whole = preview(coreGroup, emptyState, at('2022-09-26T06:00Z'), at('2022-12-31T23:00Z'), holidayName);
const about = (text: string) => lines(whole).filter((line) => line.includes(text));

describe('the core plan, nobody answering', () => {
  test('eleven activities; the first morning greets everybody and asks the convenor for what is missing', () => {
    expect(coreGroup.activities).toHaveLength(11);
    expect(lines(whole).filter((line) => line.startsWith('2022-09-26'))).toEqual([
      '2022-09-26T07:00:00Z welcome:maja-ek',
      '2022-09-26T07:00:00Z welcome:tove-lind',
      '2022-09-26T07:00:00Z welcome:disa-norr',
      '2022-09-26T07:00:00Z fix:befintliga-modeller:owner+date',
      '2022-09-26T07:00:00Z fix:synkronisera:owner+date',
      '2022-09-26T07:00:00Z fix:workshop:date',
    ]);
  });

  test('the round: opens, invites, reminds before and after the clock change, closes, is summed up', () => {
    expect(about(round)).toEqual([
      `2022-10-12T07:00:00Z open:${round}`,
      `2022-10-12T07:00:00Z invite:${round}:maja-ek`,
      `2022-10-12T07:00:00Z invite:${round}:tove-lind`,
      `2022-10-12T07:00:00Z invite:${round}:disa-norr`,
      `2022-10-25T07:00:00Z remind:${round}:mid:maja-ek`,
      `2022-10-25T07:00:00Z remind:${round}:mid:tove-lind`,
      `2022-10-25T07:00:00Z remind:${round}:mid:disa-norr`,
      `2022-11-04T08:00:00Z remind:${round}:near:maja-ek:2022-11-07`,
      `2022-11-04T08:00:00Z remind:${round}:near:tove-lind:2022-11-07`,
      `2022-11-04T08:00:00Z remind:${round}:near:disa-norr:2022-11-07`,
      `2022-11-07T23:00:00Z close:${round}`,
      `2022-11-08T08:00:00Z summary:${round}:group`,
      `2022-11-08T08:00:00Z summary:${round}:steering`,
    ]);
  });

  test('two due points of one activity are two chains', () => {
    expect(about('kunskapssammanstallning')).toEqual([
      '2022-10-05T07:00:00Z deadline:kunskapssammanstallning:2022-10-12:2022-10-12:week:tove-lind',
      '2022-10-11T07:00:00Z deadline:kunskapssammanstallning:2022-10-12:2022-10-12:day:tove-lind',
      '2022-10-12T07:00:00Z status:kunskapssammanstallning:2022-10-12:2022-10-12:tove-lind',
      '2022-10-13T07:00:00Z note-overdue:kunskapssammanstallning:2022-10-12:2022-10-12',
      '2022-10-13T07:00:00Z overdue:kunskapssammanstallning:2022-10-12:2022-10-12:1',
      '2022-10-21T07:00:00Z overdue:kunskapssammanstallning:2022-10-12:2022-10-12:7',
      '2022-11-23T08:00:00Z deadline:kunskapssammanstallning:2022-11-30:2022-11-30:week:tove-lind',
      '2022-11-29T08:00:00Z deadline:kunskapssammanstallning:2022-11-30:2022-11-30:day:tove-lind',
      '2022-11-30T08:00:00Z status:kunskapssammanstallning:2022-11-30:2022-11-30:tove-lind',
      '2022-12-01T08:00:00Z note-overdue:kunskapssammanstallning:2022-11-30:2022-11-30',
      '2022-12-01T08:00:00Z overdue:kunskapssammanstallning:2022-11-30:2022-11-30:1',
      '2022-12-09T08:00:00Z overdue:kunskapssammanstallning:2022-11-30:2022-11-30:7',
    ]);
  });

  test('what is everybody’s is asked of the convenor: compiling on 30 November, the report on 13 December', () => {
    expect(about('status:sammanstalla')).toEqual([
      '2022-11-30T08:00:00Z status:sammanstalla-resultatet:2022-11-30:2022-11-30:maja-ek',
    ]);
    expect(about('status:rapport')).toEqual(['2022-12-13T08:00:00Z status:rapport:2022-12-13:2022-12-13:maja-ek']);
    expect(about('rapport:2022-12-13:2022-12-13:day')).toHaveLength(3);
  });

  test('a watch is never due', () => {
    expect(about('kunskapsinhamtning')).toEqual([]);
  });

  test('digests: the group on Mondays, the steering committee the first working morning after a change; only when there is one', () => {
    expect(about('digest:group')).toEqual([
      '2022-10-17T07:00:00Z digest:group:2022-10-17',
      '2022-11-14T08:00:00Z digest:group:2022-11-14',
      '2022-12-05T08:00:00Z digest:group:2022-12-05',
      '2022-12-19T08:00:00Z digest:group:2022-12-19',
    ]);
    expect(about('digest:steering').map((line) => line.slice(0, 20))).toEqual([
      '2022-10-12T07:00:00Z',
      '2022-10-13T07:00:00Z',
      '2022-11-08T08:00:00Z',
      '2022-12-01T08:00:00Z',
      '2022-12-14T08:00:00Z',
    ]);
    const digests = tells(whole).filter(({ kind }) => kind === 'digest');
    expect(digests.map(({ about }) => [about.after, about.until])).toEqual([
      ['', '2022-10-17T07:00:00Z'],
      ['2022-10-17T07:00:00Z', '2022-11-14T08:00:00Z'],
      ['2022-11-14T08:00:00Z', '2022-12-05T08:00:00Z'],
      ['2022-12-05T08:00:00Z', '2022-12-19T08:00:00Z'],
    ]);
  });

  test('without channels nothing is posted', () => {
    const silent = preview(
      { ...coreGroup, channels: [] },
      emptyState,
      coreGroup.startsAt,
      at('2022-12-31T00:00Z'),
      holidayName,
    );
    expect(tells(silent).filter(({ to }) => 'channel' in to)).toEqual([]);
    expect(tells(silent)).toHaveLength(tells(whole).filter(({ to }) => 'member' in to).length);
  });

  test('ticking every fifty minutes does exactly what the preview said', () => {
    const { ticks } = run(coreGroup, every(50, '2022-09-26T06:10:00Z', '2022-12-31T23:00:00Z'));
    expect(lines(ticks.flatMap(({ happenings }) => happenings)).sort()).toEqual(lines(whole).sort());
  });
});

describe('the state that follows', () => {
  test('a round opens with everybody pending, closes, and both are changes to tell', () => {
    const opened = run(coreGroup, [at('2022-10-12T07:00:30Z')]).state;
    expect(opened.rounds).toMatchObject([
      {
        key: round,
        instrument: 'role-rating',
        opensAt: at('2022-10-12T07:00:00Z'),
        closesAt: at('2022-11-07T23:00:00Z'),
        closedAt: null,
        assignments: [{ member: 'maja-ek', state: 'pending' }, { member: 'tove-lind' }, { member: 'disa-norr' }],
      },
    ]);
    const closed = run(coreGroup, [at('2022-11-07T23:00:00Z')], undefined, opened).state;
    expect(`${closed.rounds[0]?.closedAt}`).toBe('2022-11-07T23:00:00Z');
    expect(closed.changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['round-opened', 'round-closed']));
  });

  test('carrying out leaves the given state alone, and doing it twice changes nothing more', () => {
    const happenings = decide(coreGroup, emptyState, at('2022-10-12T07:00:00Z'), holidayName);
    const state = evolveAll(coreGroup, emptyState, happenings);
    expect(emptyState.done.size).toBe(0);
    expect(state.done.size).toBe(happenings.length);
    for (const happening of happenings) expect(evolve(coreGroup, state, happening)).toEqual(state);
  });

  test('clients, owners and observers are greeted and not asked', () => {
    const roles = (['client', 'owner', 'observer'] as const).map((role) => ({
      ...coreGroup.members[1]!,
      key: role,
      role,
    }));
    const group = { ...coreGroup, members: [...coreGroup.members, ...roles] };
    const { ticks, state } = run(group, every(60, '2022-09-26T06:00:00Z', '2022-11-09T12:00:00Z'));
    expect(state.rounds[0]?.assignments.map(({ member }) => member)).toEqual(['maja-ek', 'tove-lind', 'disa-norr']);
    for (const role of ['client', 'owner', 'observer'] as const) {
      expect(
        told(ticks)
          .filter(({ to }) => 'member' in to && to.member === role)
          .map(({ kind }) => kind),
      ).toEqual(['welcome']);
    }
  });

  test('only who has not answered is reminded', () => {
    const { ticks } = run(coreGroup, every(60, '2022-09-26T06:00:00Z', '2022-11-09T12:00:00Z'), (state, now) =>
      Temporal.Instant.compare(now, at('2022-10-26T08:00Z')) < 0
        ? state
        : answered(answered(state, 'tove-lind'), 'maja-ek', 'draft'),
    );
    const near = told(ticks).filter(({ about: { step } }) => step === 'near');
    expect(near.map(({ to }) => to)).toEqual([{ member: 'maja-ek' }, { member: 'disa-norr' }]);
  });
});

describe('the next instant', () => {
  test('goes through the plan and ends', () => {
    const instants: string[] = [];
    let state = emptyState;
    for (
      let now: Temporal.Instant | null = coreGroup.startsAt;
      now;
      now = nextInstant(coreGroup, state, now, holidayName)
    ) {
      instants.push(`${now}`);
      state = evolveAll(coreGroup, state, decide(coreGroup, state, now, holidayName));
      if (instants.length > 100) break;
    }
    expect(instants.slice(0, 4)).toEqual([
      '2022-09-26T06:00:00Z',
      '2022-09-26T07:00:00Z',
      '2022-10-05T07:00:00Z',
      '2022-10-11T07:00:00Z',
    ]);
    expect(instants.at(-1)).toBe('2022-12-22T08:00:00Z');
    expect(new Set(instants)).toEqual(new Set(['2022-09-26T06:00:00Z', ...whole.map((one) => `${one.at}`)]));
  });

  test('is at once when something is due already', () => {
    expect(`${nextInstant(coreGroup, emptyState, at('2022-09-28T09:00:00Z'), holidayName)}`).toBe(
      '2022-09-28T09:00:00.001Z',
    );
  });
});
