import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { isWorkingDay } from '../../../src/domain/calendar.ts';
import type { Group } from '../../../src/domain/group.ts';
import type { Tell } from '../../../src/domain/happening.ts';
import { decide, nextInstant } from '../../../src/domain/schedule/decide.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { stillWanted } from '../../../src/domain/schedule/still-wanted.ts';
import { emptyState } from '../../../src/domain/state.ts';
import { brokenTicks, anyGroup as groups, steadyTicks } from '../../support/plans.ts';
import { answered, lines, run, tells, told } from '../../support/run.ts';

const days = (n: number, group: Group) => group.startsAt.add({ hours: 24 * n });
const withBrokenTicks = groups.chain((group) => fc.tuple(fc.constant(group), brokenTicks(group)));

function localOf(group: Group, tell: Tell, instant: Temporal.Instant) {
  const to = tell.to;
  const member = 'member' in to ? group.members.find(({ key }) => key === to.member) : undefined;
  const { timeZone, country } = member ?? group;
  return { country, local: instant.toZonedDateTimeISO(timeZone) };
}

describe('for any plan', () => {
  test('once carried out, deciding again at the same moment gives nothing', () => {
    fc.assert(
      fc.property(withBrokenTicks, ([group, ticks]) => {
        for (const now of ticks) {
          const { state } = run(group, [
            ...ticks.filter((tick) => Temporal.Instant.compare(tick, now) < 0).slice(-3),
            now,
          ]);
          expect(decide(group, state, now, holidayName)).toEqual([]);
          const next = nextInstant(group, state, now, holidayName);
          expect(next === null || Temporal.Instant.compare(now, next) < 0).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('nothing happens between two instants that nextInstant names', () => {
    const arbitrary = withBrokenTicks.chain(([group, ticks]) =>
      fc.tuple(fc.constant(group), fc.constant(ticks), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
    );
    fc.assert(
      fc.property(arbitrary, ([group, ticks, share]) => {
        const { state } = run(group, ticks);
        const now = ticks.at(-1)!;
        const next = nextInstant(group, state, now, holidayName);
        const end = next ?? now.add({ hours: 24 * 400 });
        const gap = Number(end.epochMilliseconds - now.epochMilliseconds);
        const between = now.add({ milliseconds: Math.floor(gap * share) });
        expect(lines(decide(group, state, between, holidayName))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('the preview says what ticks do, however they are spaced', () => {
    const arbitrary = groups.chain((group) => fc.tuple(fc.constant(group), steadyTicks(group, 12)));
    fc.assert(
      fc.property(arbitrary, ([group, ticks]) => {
        const end = ticks.at(-1)!;
        const ran = run(group, ticks).ticks.flatMap(({ happenings }) => happenings);
        const planned = preview(group, emptyState, group.startsAt, end, holidayName);
        const compare = (happenings: typeof planned) => happenings.map((one) => JSON.stringify(one)).sort();
        expect(compare(ran)).toEqual(compare(planned));
      }),
      { numRuns: 20 },
    );
  });

  test('the preview over months is deciding from instant to instant', () => {
    fc.assert(
      fc.property(groups, (group) => {
        const ticks: Temporal.Instant[] = [];
        let state = emptyState;
        const happenings = [];
        for (
          let now: Temporal.Instant | null = group.startsAt;
          now;
          now = nextInstant(group, state, now, holidayName)
        ) {
          const step = run(group, [now], undefined, state);
          state = step.state;
          ticks.push(now);
          happenings.push(...step.ticks.flatMap((tick) => tick.happenings));
        }
        expect(lines(preview(group, emptyState, group.startsAt, days(400, group), holidayName)).sort()).toEqual(
          lines(happenings).sort(),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('nobody is written to on a Saturday, a Sunday, a holiday of theirs, or before their hour', () => {
    fc.assert(
      fc.property(withBrokenTicks, ([group, ticks]) => {
        for (const { now, happenings } of run(group, ticks).ticks) {
          for (const tell of tells(happenings)) {
            const { country, local } = localOf(group, tell, tell.at);
            expect(isWorkingDay(country, local.toPlainDate(), holidayName)).toBe(true);
            expect(Temporal.PlainTime.compare(local.toPlainTime(), group.hour)).toBeGreaterThanOrEqual(0);
            const sent = localOf(group, tell, now).local;
            const hours = sent.since(local.with({ hour: group.hour.hour, minute: group.hour.minute })).total('hours');
            expect(hours).toBeLessThan(Math.max(17 - group.hour.hour - group.hour.minute / 60, 1) + 1e-9);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('no key comes twice, and everything decided is still wanted at that moment', () => {
    fc.assert(
      fc.property(withBrokenTicks, ([group, ticks]) => {
        const { ticks: done } = run(group, ticks);
        const keys = done.flatMap(({ happenings }) => happenings.map(({ key }) => key));
        expect(new Set(keys).size).toBe(keys.length);
        let state = emptyState;
        for (const { now } of done) {
          const step = run(group, [now], undefined, state);
          state = step.state;
          for (const tell of told(step.ticks))
            expect([tell.key, stillWanted(group, state, tell, now)]).toEqual([tell.key, true]);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('after an answer, a refusal or an excuse no reminder comes, whenever it was given', () => {
    const arbitrary = withBrokenTicks.chain(([group, ticks]) =>
      fc.tuple(
        fc.constant(group),
        fc.constant(ticks),
        fc.nat(ticks.length - 1),
        fc.constantFrom(...group.members.map(({ key }) => key)),
        fc.constantFrom('submitted' as const, 'declined' as const, 'excused' as const),
      ),
    );
    fc.assert(
      fc.property(arbitrary, ([group, ticks, index, who, to]) => {
        const before = run(group, ticks.slice(0, index));
        const open = new Set(before.state.rounds.map(({ key }) => key));
        const later = run(group, ticks.slice(index), undefined, answered(before.state, who, to));
        const bothered = told(later.ticks).filter(
          (tell) =>
            'member' in tell.to && tell.to.member === who && (tell.kind === 'reminder' || tell.kind === 'invitation'),
        );
        expect(bothered.filter(({ about }) => open.has(about.round ?? ''))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('no downtime, however long, gives one person two messages of one chain at once', () => {
    fc.assert(
      fc.property(withBrokenTicks, ([group, ticks]) => {
        for (const { happenings } of run(group, ticks).ticks) {
          const chains = tells(happenings)
            .filter(({ kind }) => kind !== 'fix')
            .map(({ to, kind, about }) =>
              JSON.stringify([to, about.round, about.activity, about.due, kind === 'summary', kind === 'digest']),
            );
          expect(new Set(chains).size).toBe(chains.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('downtime loses nothing: what was planned for a due point is told once or written down as skipped', () => {
    fc.assert(
      fc.property(withBrokenTicks, ([group, ticks]) => {
        const end = days(400, group);
        const planned = preview(group, emptyState, group.startsAt, end, holidayName);
        const last = ticks.at(-1)!;
        const { state } = run(group, ticks);
        const rest = preview(group, state, last, end, holidayName);
        const all = new Set([...state.done, ...rest.map(({ key }) => key)]);
        const chains = /^(welcome|fix|deadline|status|overdue|note-overdue|open|close):/;
        const opened = new Set([
          ...state.rounds.map(({ key }) => key),
          ...rest.flatMap((one) => (one.do === 'open-round' ? [one.round] : [])),
        ]);
        const expected = planned.map(({ key }) => key).filter((key) => chains.test(key));
        const missing = expected.filter(
          (key) => !all.has(key) && !(key.startsWith('close:') && !opened.has(key.slice(6))),
        );
        expect(missing).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
