/** Running ahead for those whom a command touches foresees what running ahead for everybody does. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../../src/domain/group.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { happeningsOf } from '../../../src/domain/schedule/messages.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import { sceneFor } from '../../../src/domain/steering/deed.ts';
import { effectsOf } from '../../../src/domain/steering/foresee.ts';
import { steer } from '../../../src/domain/steering/steer.ts';
import { touchedOf } from '../../../src/domain/steering/touched.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { anyGroup } from '../../support/plans.ts';
import { answered, extended, tells } from '../../support/run.ts';

type Whole = { group: Group; state: GroupState };

const who = fc.constantFrom('convenor', 'm0', 'm1', 'm2', 'p0', 'p1', 'p2');
const ahead = fc.integer({ min: 1, max: 30 });

type Act = (round: string, today: Temporal.PlainDate) => { by: string; command: Command };
const chair =
  (command: (round: string, today: Temporal.PlainDate) => Command): Act =>
  (round, today) => ({ by: 'convenor', command: command(round, today) });

const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(who, fc.constantFrom('member' as const, 'observer' as const, 'deputy' as const))
    .map(([member, role]) => chair(() => ({ do: 'set-role', member, role }))),
  who.map((to) => chair(() => ({ do: 'hand-over-chair', to }))),
  who.map((member) => chair(() => ({ do: 'remove-member', member }))),
  fc.constantFrom('x0', 'x1').map((key) => chair(() => ({ do: 'add-members', members: [memberWith(key)] }))),
  fc
    .tuple(ahead, fc.option(who, { nil: undefined }))
    .map(([n, member]) =>
      chair((round, today) => ({ do: 'extend', round, closes: today.add({ days: n }), ...(member ? { member } : {}) })),
    ),
  fc
    .constantFrom('nudge' as const, 'pause' as const, 'cancel-round' as const)
    .map((what) => chair((round) => ({ do: what, round }))),
  who.map((member) => chair((round) => ({ do: 'excuse', round, member }))),
  fc.tuple(who, who).map(([member, by]) => chair((round) => ({ do: 'substitute', round, member, by }))),
  fc.tuple(who, ahead, fc.option(who, { nil: undefined })).map(([member, n, substitute]) =>
    chair((_, today) => ({
      do: 'away',
      member,
      until: today.add({ days: n }),
      ...(substitute ? { substitute } : {}),
    })),
  ),
  who.map((member) => chair(() => ({ do: 'back', member }))),
  fc.tuple(who, ahead).map(
    ([by, n]): Act =>
      (round, today) => ({ by, command: { do: 'snooze', about: { round }, until: today.add({ days: n }) } }),
  ),
  fc.constantFrom(null, 1, 2).map((weeklyCap) => chair(() => ({ do: 'set-sending', weeklyCap }))),
);

/** A group of more people than are ever named, whose plan has run for some days. */
const world: fc.Arbitrary<Whole & { now: Temporal.Instant }> = fc
  .tuple(anyGroup, fc.constantFrom(null, 1, 2), fc.integer({ min: 1, max: 60 }), fc.subarray(['m0', 'p0', 'p3']))
  .map(([some, weeklyCap, days, answering]) => {
    const others = Array.from({ length: 8 }, (_, n) => memberWith(`p${n}`, { timeZone: 'Europe/Helsinki' }));
    const sending = { quietFrom: Temporal.PlainTime.from('23:45'), weeklyCap };
    const group = { ...some, sending, members: [...some.members, ...others] };
    const now = group.startsAt.add({ hours: 24 * days + 3 });
    const before = preview(group, emptyState, group.startsAt, now, holidayName);
    let state = evolveAll(group, weeklyCap ? { ...emptyState, unasked: new Map() } : emptyState, before);
    for (const member of answering) state = answered(state, member);
    state = extended(state, 'p4', now.add({ hours: 24 * 20 }));
    return { group, state, now };
  });

function foreseenIn(before: Whole, after: Whole, groups: [Group, Group], now: Temporal.Instant, round: string | null) {
  const until = now.add({ hours: 24 * 90 });
  const [was, is] = groups;
  const scope = { activity: null, round };
  const found = effectsOf({ ...before, group: was }, { ...after, group: is }, now, until, holidayName, scope);
  const lines = (all: typeof found.stops) =>
    tells(happeningsOf(all))
      .filter(({ kind }) => kind !== 'digest' && kind !== 'steering')
      .map(({ key, at }) => `${at} ${key}`)
      .sort();
  return { stops: lines(found.stops), starts: lines(found.starts), plan: lines(found.after) };
}

test('whoever a command does not touch is told the same before and after it, with or without a weekly cap', () => {
  let narrowed = 0;
  fc.assert(
    fc.property(world, act, ({ group, state, now }, doing) => {
      const before = { group, state };
      const open = state.rounds.find(({ openedAt, closedAt }) => openedAt && !closedAt);
      const { by, command } = doing(open?.key ?? 'a0/none', now.toZonedDateTimeISO(group.timeZone).toPlainDate());
      const member = group.members.find(({ key }) => key === by) ?? null;
      const deed = steer(
        sceneFor(group, state, now, member, holidayName, () => true),
        command,
      );
      if (deed.ok !== true) return;
      const after = { group: deed.group, state: deed.state };
      const round = deed.round ?? null;
      const touched = touchedOf(before, after, round);
      if (touched[0].members.length < group.members.length) narrowed += 1;
      expect(foreseenIn(before, after, touched, now, round)).toEqual(
        foreseenIn(before, after, [before.group, after.group], now, round),
      );
    }),
    { numRuns: 150 },
  );
  expect(narrowed).toBeGreaterThan(10);
});

test('of a large group only those are run ahead for whom something changes, and who may matter to them', () => {
  const others = Array.from({ length: 300 }, (_, n) => memberWith(`p${n}`));
  const group = { ...coreGroup, members: [...coreGroup.members, ...others] };
  const after = {
    ...group,
    members: group.members.map((one) => (one.key === 'p7' ? { ...one, role: 'observer' as const } : one)),
  };
  const state = evolveAll(group, emptyState, preview(group, emptyState, group.startsAt, group.startsAt, holidayName));
  const [was] = touchedOf({ group, state }, { group: after, state }, null);
  expect(was.members.map(({ key }) => key)).toContain('p7');
  expect(was.members.length).toBeLessThan(20);
  expect(tells(preview(was, state, group.startsAt, group.startsAt, holidayName))).toEqual([]);
});
