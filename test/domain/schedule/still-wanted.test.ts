import { describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../../src/domain/group.ts';
import type { Tell } from '../../../src/domain/happening.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { stillWanted } from '../../../src/domain/schedule/still-wanted.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import { coreGroup } from '../../support/core-group.ts';
import { answered, at, every, extended, run, said, tells } from '../../support/run.ts';

const whole = tells(preview(coreGroup, emptyState, coreGroup.startsAt, at('2022-12-31T00:00Z'), holidayName));
const tell = (part: string): Tell => {
  const found = whole.find(({ key }) => key.includes(part));
  if (!found) throw new Error(`nothing is told about ${part}`);
  return found;
};
const noon = at('2022-10-20T10:00:00Z');
const open = run(coreGroup, every(60, '2022-09-26T06:00:00Z', '2022-10-19T12:00:00Z')).state;
const ask = (part: string, state: GroupState = open, group: Group = coreGroup, now = noon) =>
  stillWanted(group, state, tell(part), now);
const without = (who: string): Group => ({ ...coreGroup, members: coreGroup.members.filter(({ key }) => key !== who) });
const amended = (key: string, more: Partial<Group['activities'][number]>): Group => ({
  ...coreGroup,
  activities: coreGroup.activities.map((one) => (one.key === key ? { ...one, ...more } : one)),
});
const near = ':near:disa-norr';
const day = 'kunskapssammanstallning:2022-11-30:2022-11-30:day';
const status = 'status:kunskapssammanstallning:2022-11-30';
const overdue = 'overdue:rapport:2022-12-13:2022-12-13:1';

describe('the last question before sending', () => {
  test('nothing has changed', () => {
    for (const part of [near, day, status, overdue, 'fix:workshop', 'welcome:', 'digest:group'])
      expect([part, ask(part)]).toEqual([part, true]);
  });

  test.each(['submitted', 'declined', 'excused'] as const)('%s: answered', (state) => {
    expect(ask(near, answered(open, 'disa-norr', state))).toBe('answered');
    expect(ask(near, answered(open, 'tove-lind', state))).toBe(true);
  });

  test('what holds for everybody is told before what one person has done', () => {
    const put: GroupState = {
      ...answered(open, 'disa-norr'),
      snoozes: [
        {
          member: 'tove-lind',
          about: { round: open.rounds[0]?.key ?? '' },
          since: noon,
          until: Temporal.PlainDate.from('2022-11-03'),
        },
      ],
    };
    const theirs = (state: GroupState, now = noon) => [
      ask(near, state, coreGroup, now),
      ask(':near:tove-lind', state, coreGroup, now),
    ];
    const all = (more: object) => ({ ...put, rounds: put.rounds.map((round) => ({ ...round, ...more })) });
    expect(theirs(put)).toEqual(['answered', 'snoozed']);
    expect(theirs(all({ pausedAt: noon }))).toEqual(['paused', 'paused']);
    expect(theirs(all({ closedAt: noon }))).toEqual(['closed', 'closed']);
    expect(theirs(all({ closesAt: at('2022-11-14T23:00:00Z') }))).toEqual(['moved', 'moved']);
    expect(theirs(put, at('2022-11-07T23:00:00Z'))).toEqual(['too-late', 'too-late']);
  });

  test('a draft is not an answer', () => {
    expect(ask(near, answered(open, 'disa-norr', 'draft'))).toBe(true);
  });

  test('closed, over, extended', () => {
    const closed = { ...open, rounds: open.rounds.map((round) => ({ ...round, closedAt: noon })) };
    expect(ask(near, closed)).toBe('closed');
    expect(ask(near, open, coreGroup, at('2022-11-07T23:00:00Z'))).toBe('too-late');
    expect(ask(near, extended(open, 'disa-norr', at('2022-11-14T23:00:00Z')))).toBe('moved');
    expect(ask(':mid:disa-norr', extended(open, 'disa-norr', at('2022-11-14T23:00:00Z')))).toBe(true);
    expect(ask(near, emptyState)).toBe('removed');
  });

  test('the person, the activity or the channel is gone', () => {
    expect(ask(near, open, without('disa-norr'))).toBe('removed');
    expect(ask(day, open, { ...coreGroup, activities: [] })).toBe('removed');
    expect(ask('digest:group', open, { ...coreGroup, channels: [] })).toBe('removed');
    expect(ask('summary:', open, { ...coreGroup, channels: [] })).toBe('removed');
  });

  test('handed over to somebody else', () => {
    const other = amended('kunskapssammanstallning', { owners: ['disa-norr'] });
    expect([ask(day, open, other), ask(status, open, other)]).toEqual(['removed', 'removed']);
  });

  test.each(['done', 'stopped'] as const)('%s', (word) => {
    const over = said(open, { activity: 'kunskapssammanstallning', due: '2022-11-30', status: word });
    expect([ask(day, over), ask(status, over)]).toEqual(['done', 'done']);
    const first = said(open, { activity: 'kunskapssammanstallning', due: '2022-10-12', status: word });
    expect([ask(day, first), ask(status, first)]).toEqual([true, true]);
  });

  test('moved by its owner or in the plan', () => {
    const moved = said(open, {
      activity: 'rapport',
      due: '2022-12-13',
      newDate: Temporal.PlainDate.from('2022-12-20'),
    });
    expect([ask(overdue, moved), ask('status:rapport', moved)]).toEqual(['moved', 'moved']);
    expect(ask(day, open, amended('kunskapssammanstallning', { due: [] }))).toBe('moved');
  });

  test('set aside', () => {
    expect(ask(near, open, amended('datainsamling', { parked: true }))).toBe('parked');
    expect(ask(day, open, amended('kunskapssammanstallning', { parked: true }))).toBe('parked');
    expect(ask('fix:workshop', open, amended('workshop', { parked: true }))).toBe('parked');
  });

  test('a reminder of a day that has passed', () => {
    expect(ask(day, open, coreGroup, at('2022-11-30T22:59:59Z'))).toBe(true);
    expect(ask(day, open, coreGroup, at('2022-11-30T23:00:00Z'))).toBe('too-late');
  });

  test('what was missing has been given', () => {
    expect(ask('fix:befintliga-modeller', open, amended('befintliga-modeller', { owners: ['disa-norr'] }))).toBe(
      'done',
    );
    expect(ask('fix:workshop', open, amended('workshop', { ongoing: true }))).toBe('done');
  });

  test('a summary waits until its round is closed', () => {
    expect(ask('summary:')).toBe('moved');
    const closed = { ...open, rounds: open.rounds.map((round) => ({ ...round, closedAt: noon })) };
    expect(ask('summary:', closed)).toBe(true);
  });
});
