/** Two runs end where they come together, and what they have in common from there is not run: it would change nothing. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Holidays } from '../../../src/domain/calendar.ts';
import type { Group } from '../../../src/domain/group.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { happeningsOf } from '../../../src/domain/schedule/messages.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import { sceneFor } from '../../../src/domain/steering/deed.ts';
import { effectsOf } from '../../../src/domain/steering/foresee.ts';
import { steer } from '../../../src/domain/steering/steer.ts';
import { activityWith, coreGroup, on, window } from '../../support/core-group.ts';
import { anyGroup } from '../../support/plans.ts';
import { answered } from '../../support/run.ts';

type Whole = { group: Group; state: GroupState };

const who = fc.constantFrom('convenor', 'm0', 'm1', 'm2');

type Make = (round: string, today: Temporal.PlainDate) => Command;
const make = (what: Make): Make => what;
const command: fc.Arbitrary<Make> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 30 }), fc.option(who, { nil: undefined })).map(([days, member]) =>
    make((round, today) => ({
      do: 'extend',
      round,
      closes: today.add({ days }),
      ...(member ? { member } : {}),
    })),
  ),
  fc
    .constantFrom('nudge' as const, 'pause' as const, 'cancel-round' as const)
    .map((what) => make((round) => ({ do: what, round }))),
  who.map((member) => make((round) => ({ do: 'excuse', round, member }))),
  fc.tuple(who, who).map(([member, by]) => make((round) => ({ do: 'substitute', round, member, by }))),
);

function under(
  group: Group,
  state: GroupState,
  now: Temporal.Instant,
  what: Command,
): Whole & { round: string | null } {
  const member = group.members.find(({ role }) => role === 'convenor') ?? null;
  const deed = steer(
    sceneFor(group, state, now, member, holidayName, () => true),
    what,
  );
  return deed.ok === true
    ? { group: deed.group, state: deed.state, round: deed.round ?? null }
    : { group, state, round: null };
}

/** A plan that has run for some days, most of a year long. */
const world = fc
  .tuple(anyGroup, fc.constantFrom(null, 1, 2, 3), fc.integer({ min: 1, max: 60 }), fc.subarray(['m0', 'm1']))
  .map(([some, weeklyCap, days, answering]) => {
    const moved = some.activities.map((one) => ({
      ...one,
      key: `${one.key}-later`,
      due: one.due.map((due) =>
        'on' in due
          ? on(due.on.add({ days: 120 }).toString())
          : window(due.from.add({ days: 120 }).toString(), due.to.add({ days: 120 }).toString()),
      ),
    }));
    const sending = { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap };
    const now = some.startsAt.add({ hours: 24 * days + 3 });
    const today = now.toZonedDateTimeISO(some.timeZone).toPlainDate();
    const open = activityWith('nu', {
      kind: 'collection',
      owners: 'all',
      due: [window(today.subtract({ days: 6 }).toString(), today.add({ days: 9 }).toString())],
    });
    const group = { ...some, sending, activities: [...some.activities, open, ...moved] };
    const before = preview(group, emptyState, group.startsAt, now, holidayName);
    let state = evolveAll(group, weeklyCap ? { ...emptyState, unasked: new Map() } : emptyState, before);
    for (const member of answering) state = answered(state, member);
    return { group, state, now };
  });

/** Both runs to the end, and then what differs: by key and moment. */
function wholeRuns(before: Whole, after: Whole, now: Temporal.Instant, until: Temporal.Instant, round: string | null) {
  const told = ({ group, state }: Whole) =>
    preview(group, state, now, until, holidayName).filter((one) => one.do === 'tell');
  const [was, is] = [told(before), told(after)];
  const lines = (all: typeof was) => all.map(({ key, at }) => `${at} ${key}`).sort();
  const [old, next] = [new Set(lines(was)), new Set(lines(is))];
  return {
    stops: [...old].filter((line) => !next.has(line)),
    starts: [...next].filter((line) => !old.has(line)),
    after: lines(is.filter(({ about }) => round !== null && about.round === round)),
  };
}

test('what an early end leaves out is the same in both runs, with a weekly cap and without', () => {
  let ran = 0;
  fc.assert(
    fc.property(world, command, ({ group, state, now }, commandFor) => {
      const open = state.rounds.find(({ activity, openedAt, closedAt }) => activity === 'nu' && openedAt && !closedAt);
      if (!open) return;
      const what = commandFor(open.key, now.toZonedDateTimeISO(group.timeZone).toPlainDate());
      const before = { group, state };
      const { round, ...after } = under(group, state, now, what);
      if (round === null) return;
      ran += 1;
      const until = now.add({ hours: 24 * 300 });
      const {
        stops,
        starts,
        after: plan,
      } = effectsOf(before, after, now, until, holidayName, { activity: null, round });
      const lines = (all: typeof stops) =>
        happeningsOf(all)
          .map(({ key, at }) => `${at} ${key}`)
          .sort();
      expect({ stops: lines(stops), starts: lines(starts), after: lines(plan) }).toEqual(
        wholeRuns(before, after, now, until, round),
      );
    }),
    { numRuns: 200 },
  );
  expect(ran).toBeGreaterThan(50);
});

test('what another hour or cap changes for everybody is what differs between two whole runs', () => {
  const hour = fc.constantFrom('08:00', '09:00', '11:00').map((at) => Temporal.PlainTime.from(at));
  fc.assert(
    fc.property(world, hour, fc.constantFrom(null, 1, 3), ({ group, state, now }, at, weeklyCap) => {
      const before = { group, state };
      const after = { group: { ...group, hour: at, sending: { ...group.sending, weeklyCap } }, state } as Whole;
      const until = now.add({ hours: 24 * 200 });
      const { stops, starts } = effectsOf(before, after, now, until, holidayName, { activity: null, round: null });
      const lines = (all: typeof stops) =>
        happeningsOf(all)
          .map((one) => `${one.at} ${one.key}`)
          .sort();
      expect({ stops: lines(stops), starts: lines(starts), after: [] }).toEqual(
        wholeRuns(before, after, now, until, null),
      );
    }),
    { numRuns: 60 },
  );
});

test('an extension is not run to the end of the year: of a round in the next autumn nothing is reckoned', () => {
  const later = activityWith('senare', {
    kind: 'collection',
    owners: 'all',
    due: [window('2023-09-04', '2023-09-29')],
  });
  const weekly = Array.from({ length: 40 }, (_, week) =>
    activityWith(`vecka-${week}`, {
      owners: 'all',
      due: [on(Temporal.PlainDate.from('2022-10-14').add({ weeks: week }).toString())],
    }),
  );
  const sending = { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap: 3 };
  const group = { ...coreGroup, sending, activities: [...coreGroup.activities, ...weekly, later] };
  const now = Temporal.Instant.from('2022-10-20T10:00:00Z');
  const state = evolveAll(
    group,
    { ...emptyState, unasked: new Map() },
    preview(group, emptyState, group.startsAt, now, holidayName),
  );
  const open = state.rounds.find(({ openedAt, closedAt }) => openedAt && !closedAt);
  const closes = Temporal.PlainDate.from('2022-11-14');
  const { round, ...after } = under(group, state, now, { do: 'extend', round: open?.key ?? '', closes });
  const asked = new Set<string>();
  const watched: Holidays = (country, day) => {
    asked.add(`${day}`);
    return holidayName(country, day);
  };
  const until = now.add({ hours: 24 * 366 });
  const found = effectsOf({ group, state }, after, now, until, watched, { activity: null, round });
  expect(found.starts.length).toBeGreaterThan(0);
  // Its own first day is known from the beginning; its reminders are worked out when it opens.
  expect([...asked].filter((day) => day >= '2023-09-11' && day <= '2023-09-28')).toEqual([]);
  preview(group, state, now, until, watched);
  expect([...asked].filter((day) => day >= '2023-09-11' && day <= '2023-09-28')).not.toEqual([]);
});
