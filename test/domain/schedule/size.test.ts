/** What makes a preview of thousands quick: nothing is asked again and again. Counted, never timed. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../../src/domain/group.ts';
import type { Happening } from '../../../src/domain/happening.ts';
import { decide, nextInstant } from '../../../src/domain/schedule/decide.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { anyGroup } from '../../support/plans.ts';
import { answered, extended } from '../../support/run.ts';

const capped = (group: Group, weeklyCap: number | null): Group => ({
  ...group,
  sending: { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap },
});

function toldIn(happenings: Happening[]): Map<string, number[]> {
  const told = new Map<string, number[]>();
  for (const one of happenings) {
    if (one.do !== 'tell' || !('member' in one.to) || one.kind === 'summary') continue;
    const { member } = one.to;
    told.set(
      member,
      [...(told.get(member) ?? []), one.at.epochMilliseconds].sort((a, b) => a - b),
    );
  }
  return told;
}

/** Deciding, carrying out and going to the next instant, each time from nothing. */
function fromInstantToInstant(group: Group, start: GroupState, from: Temporal.Instant, to: Temporal.Instant) {
  const happenings: Happening[] = [];
  let state = start;
  let now: Temporal.Instant | null = from;
  while (now && Temporal.Instant.compare(now, to) <= 0) {
    const due = decide(group, state, now, holidayName);
    state = evolveAll(group, state, due);
    happenings.push(...due);
    now = nextInstant(group, state, now, holidayName);
  }
  return happenings;
}

const everything = (happenings: Happening[]) => happenings.map((one) => JSON.stringify(one)).sort();

test('the preview of a plan under way, with a weekly cap, answers, an extension and somebody who joins, is deciding from instant to instant', () => {
  const cases = fc.tuple(anyGroup, fc.constantFrom(null, 1, 2), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(cases, ([some, cap, days]) => {
      const group = capped(some, cap);
      const now = group.startsAt.add({ hours: 24 * days + 3 });
      const before = preview(group, emptyState, group.startsAt, now, holidayName);
      let state = evolveAll(group, cap ? { ...emptyState, unasked: new Map() } : emptyState, before);
      if (cap) state = { ...state, unasked: toldIn(before) };
      state = extended(answered(state, 'm0'), 'm1', now.add({ hours: 24 * 20 }));
      const grown = { ...group, members: [...group.members, memberWith('late', { timeZone: 'Europe/Helsinki' })] };
      const to = now.add({ hours: 24 * 120 });
      expect(everything(preview(grown, state, now, to, holidayName))).toEqual(
        everything(fromInstantToInstant(grown, state, now, to)),
      );
    }),
    { numRuns: 15 },
  );
});

test('what people were sent more than ten days ago changes nothing about what a weekly cap does to them', () => {
  let left = 0;
  const cases = fc.tuple(anyGroup, fc.constantFrom(1, 2, 3), fc.integer({ min: 10, max: 80 }), fc.nat(23));
  fc.assert(
    fc.property(cases, ([some, cap, days, hour]) => {
      const group = capped(some, cap);
      const now = group.startsAt.add({ hours: 24 * days + hour });
      const before = preview(group, emptyState, group.startsAt, now, holidayName);
      const whole = { ...evolveAll(group, emptyState, before), unasked: toldIn(before) };
      const since = now.subtract({ hours: 240 }).epochMilliseconds;
      const recent = [...whole.unasked].map(([who, sent]) => [who, sent.filter((ms) => ms > since)] as const);
      const state = { ...whole, unasked: new Map(recent.filter(([, sent]) => sent.length > 0)) };
      left += whole.unasked.size - state.unasked.size;
      expectTheSame(group, now, state, whole);
    }),
    { numRuns: 60 },
  );
  expect(left).toBeGreaterThan(0);
});

/** From `now` on, less of what was decides the same. */
function expectTheSame(group: Group, now: Temporal.Instant, state: GroupState, whole: GroupState): void {
  const to = now.add({ hours: 24 * 120 });
  expect(everything(preview(group, state, now, to, holidayName))).toEqual(
    everything(preview(group, whole, now, to, holidayName)),
  );
  expect(nextInstant(group, state, now, holidayName)).toEqual(nextInstant(group, whole, now, holidayName));
}

/** Counts how often the ledger is asked for a key. */
class CountedKeys extends Set<string> {
  asked = 0;
  override has(key: string): boolean {
    this.asked += 1;
    return super.has(key);
  }
}

test.each([[null], [2]])(
  'with a cap of %s the ledger is asked once about what may stand in it, and not about the rest',
  (cap) => {
    const others = Array.from({ length: 300 }, (_, n) => memberWith(`member-${n}`));
    const group = capped({ ...coreGroup, members: [...coreGroup.members, ...others] }, cap);
    const midway = group.startsAt.add({ hours: 24 * 40 });
    const before = preview(group, emptyState, group.startsAt, midway, holidayName);
    const state = { ...evolveAll(group, emptyState, before), ...(cap ? { unasked: toldIn(before) } : {}) };
    const done = new CountedKeys(state.done);
    const to = group.startsAt.add({ hours: 24 * 150 });
    const coming = preview(group, { ...state, done }, midway, to, holidayName);
    expect(before.length).toBeGreaterThan(1_000);
    expect(coming.length).toBeGreaterThan(1_000);
    expect(done.asked).toBeLessThan(before.length + coming.length);
  },
);

/** As the store reads the ledger: of what is over, only that it is. */
function withoutWhatIsOver(state: GroupState): GroupState {
  const closed = state.rounds
    .filter(({ closedAt }) => closedAt)
    .flatMap(({ key }) => [`invite:${key}:`, `remind:${key}:`]);
  const noted = [...state.done].filter((key) => key.startsWith('note-overdue:'));
  const over = [...closed, ...noted.map((key) => `${key.replace('note-overdue', 'deadline')}:`)];
  return { ...state, done: new Set([...state.done].filter((key) => !over.some((start) => key.startsWith(start)))) };
}

test('what is over is never decided again, though of the ledger nothing is known of it but that', () => {
  let left = 0;
  const cases = fc.tuple(anyGroup, fc.constantFrom(null, 2), fc.integer({ min: 20, max: 110 }));
  fc.assert(
    fc.property(cases, ([some, cap, days]) => {
      const group = capped(some, cap);
      const now = group.startsAt.add({ hours: 24 * days + 3 });
      const before = preview(group, emptyState, group.startsAt, now, holidayName);
      const whole = { ...evolveAll(group, emptyState, before), ...(cap ? { unasked: toldIn(before) } : {}) };
      const state = withoutWhatIsOver(whole);
      left += whole.done.size - state.done.size;
      expectTheSame(group, now, state, whole);
    }),
    { numRuns: 40 },
  );
  expect(left).toBeGreaterThan(0);
});
