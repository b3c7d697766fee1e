/** Whatever people do in whatever order: nothing is sent that the preview of that moment did not show. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../../src/domain/group.ts';
import type { Happening, Tell } from '../../../src/domain/happening.ts';
import { nameOf } from '../../../src/domain/schedule/chain.ts';
import { decide, nextInstant } from '../../../src/domain/schedule/decide.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import { lastDay } from '../../../src/domain/schedule/reminders.ts';
import { closeFor } from '../../../src/domain/schedule/rounds.ts';
import { stillWanted } from '../../../src/domain/schedule/still-wanted.ts';
import { emptyState, type GroupState, usualTerms } from '../../../src/domain/state.ts';
import { blinding } from '../../../src/domain/steering/blind.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import { sceneFor } from '../../../src/domain/steering/deed.ts';
import { steer } from '../../../src/domain/steering/steer.ts';
import { activityWith, coreGroup, memberWith, on, window } from '../../support/core-group.ts';
import { answered, tells } from '../../support/run.ts';

const round = 'enkat/2022-10-05/2022-11-04';
const people = ['chair', 'anna', 'bo', 'cia', 'dan'];
const group: Group = {
  ...coreGroup,
  members: people.map((key, n) =>
    memberWith(key, {
      role: n === 0 ? 'convenor' : 'member',
      ...(n === 2 ? { country: 'FI', timeZone: 'Europe/Helsinki' } : {}),
    }),
  ),
  activities: [
    activityWith('enkat', { kind: 'collection', due: [window('2022-10-05', '2022-11-04')] }),
    activityWith('rapport', { owners: ['anna', 'bo'], due: [on('2022-10-21')] }),
    activityWith('remiss', { owners: ['chair'], due: [on('2022-11-15')] }),
  ],
};

type Act = (today: Temporal.PlainDate) => { answer: string } | { as: string; command: Command };

const who = fc.constantFrom(...people);
const ahead = fc.integer({ min: 0, max: 30 });
const chair = (make: (today: Temporal.PlainDate) => Command): Act => {
  return (today) => ({ as: 'chair', command: make(today) });
};
const act: fc.Arbitrary<Act> = fc.oneof(
  who.map(
    (member): Act =>
      () => ({ answer: member }),
  ),
  fc
    .constantFrom('pause' as const, 'resume' as const, 'nudge' as const, 'cancel-round' as const)
    .map((name) => chair(() => ({ do: name, round }))),
  ahead.map((n) => chair((today) => ({ do: 'extend', round, closes: today.add({ days: n }) }))),
  fc
    .tuple(who, ahead)
    .map(([member, n]) => chair((today) => ({ do: 'extend', round, member, closes: today.add({ days: n }) }))),
  ahead.map((n) => chair((today) => ({ do: 'reopen', round, closes: today.add({ days: n }) }))),
  who.map((member) => chair(() => ({ do: 'excuse', round, member }))),
  fc.tuple(who, who).map(([member, by]) => chair(() => ({ do: 'substitute', round, member, by }))),
  fc.tuple(who, ahead, fc.boolean()).map(
    ([as, n, isRound]): Act =>
      (today) => {
        const about = isRound ? { round } : { activity: 'rapport', due: '2022-10-21' };
        return { as, command: { do: 'snooze', about, until: today.add({ days: n }) } };
      },
  ),
  fc
    .tuple(who, ahead, fc.option(who, { nil: undefined }))
    .map(([member, n, substitute]) =>
      chair((today) => ({ do: 'away', member, until: today.add({ days: n }), ...(substitute ? { substitute } : {}) })),
    ),
  who.map((member) => chair(() => ({ do: 'back', member }))),
  fc
    .tuple(fc.constantFrom('14:00', '17:00'), fc.constantFrom(null, 1, 2, 3))
    .map(([quiet, weeklyCap]) =>
      chair(() => ({ do: 'set-sending', quietFrom: Temporal.PlainTime.from(quiet), weeklyCap })),
    ),
  who.map((member) => chair(() => ({ do: 'remove-member', member }))),
  fc.tuple(who, who).map(
    ([as, to]): Act =>
      () => ({ as, command: { do: 'hand-over-chair', to } }),
  ),
  fc
    .constantFrom('anna', 'dan', 'eva')
    .map((key) => chair(() => ({ do: 'add-members', members: [memberWith(key, { timeZone: 'Europe/Helsinki' })] }))),
  fc.boolean().map((review) => chair(() => ({ do: 'change-round', round, settings: { review } }))),
  fc
    .constantFrom('mid' as const, 'near' as const, 'none' as const)
    .map((reminders) => chair(() => ({ do: 'change-round', round, settings: { reminders } }))),
);

type World = { group: Group; state: GroupState };

function doIt(world: World, what: Act, now: Temporal.Instant, sent: Counted[]): World {
  const doing = what(now.toZonedDateTimeISO(group.timeZone).toPlainDate());
  if ('answer' in doing) {
    const isOpen = world.state.rounds.some(({ openedAt, closedAt }) => openedAt && !closedAt);
    return isOpen ? { ...world, state: answered(world.state, doing.answer) } : world;
  }
  const member = world.group.members.find(({ key }) => key === doing.as) ?? null;
  const deed = steer(
    sceneFor(world.group, world.state, now, member, holidayName, () => true),
    doing.command,
  );
  if (deed.ok !== true) return world;
  // As the store reads it from the ledger.
  const unasked = doing.command.do === 'set-sending' ? { unasked: lastTold(sent) } : {};
  return { group: deed.group, state: { ...deed.state, ...unasked } };
}

/** What the store counts towards a person's week. */
type Counted = Extract<Happening, { do: 'tell' | 'skip' }>;
const isCounted = (one: Happening): one is Counted =>
  one.do === 'tell' || (one.do === 'skip' && (one.why === 'answered' || one.why === 'snoozed'));

function lastTold(sent: Counted[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { key, to, kind, at } of sent) {
    if (!('member' in to) || kind === 'summary' || key.startsWith('again:')) continue;
    found.set(
      to.member,
      [...(found.get(to.member) ?? []), at.epochMilliseconds].sort((one, other) => one - other),
    );
  }
  return found;
}

/** From instant to instant, as the product goes, up to and including `to`. */
function goOn(
  world: World,
  from: Temporal.Instant,
  to: Temporal.Instant,
): { world: World; done: { now: Temporal.Instant; happenings: Happening[] }[] } {
  let { state } = world;
  const done: { now: Temporal.Instant; happenings: Happening[] }[] = [];
  for (let now: Temporal.Instant | null = from; now && Temporal.Instant.compare(now, to) <= 0; ) {
    const happenings = decide(world.group, state, now, holidayName);
    for (const tell of tells(happenings))
      expect([tell.key, stillWanted(world.group, evolveAll(world.group, state, happenings), tell, now)]).toEqual([
        tell.key,
        true,
      ]);
    state = evolveAll(world.group, state, happenings);
    done.push({ now, happenings });
    now = nextInstant(world.group, state, now, holidayName);
  }
  return { world: { ...world, state }, done };
}

const said = (all: Happening[]) =>
  all
    .filter((one) => one.do === 'tell')
    .map((one) => `${one.at} ${one.key}`)
    .sort();

/** The same round, keeping to counts. */
const counted: GroupState = {
  ...emptyState,
  rounds: [
    {
      key: round,
      activity: 'enkat',
      instrument: 'role-rating',
      catalogue: 'se-legitimation-2023',
      opensAt: Temporal.Instant.from('2022-10-05T07:00:00Z'),
      closesAt: Temporal.Instant.from('2022-11-04T23:00:00Z'),
      openedAt: null,
      closedAt: null,
      assignments: [],
      terms: { ...usualTerms, anonymity: 'counts' },
    },
  ],
};

const acts = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 60 * 24 * 6 }), fc.array(act, { minLength: 1, maxLength: 3 })),
  {
    minLength: 4,
    maxLength: 14,
  },
);

function check(
  steps: [number, Act[]][],
  each: (tick: { now: Temporal.Instant; told: Tell[]; world: World; sent: Tell[] }) => void,
) {
  let world: World = { group, state: emptyState };
  let now = group.startsAt;
  const sent: Tell[] = [];
  for (const [minutes, doings] of [...steps, [60 * 24 * 90, []] as [number, Act[]]]) {
    const to = now.add({ minutes });
    const planned = preview(world.group, world.state, now, to, holidayName);
    const went = goOn(world, now, to);
    expect(said(went.done.flatMap(({ happenings }) => happenings))).toEqual(said(planned));
    for (const tick of went.done) {
      const told = tells(tick.happenings);
      each({ now: tick.now, told, world, sent });
      sent.push(...told);
    }
    world = went.world;
    now = to;
    for (const what of doings) world = doIt(world, what, now, sent);
  }
}

test('every message is one that the preview of that moment showed; none comes to one person twice at once about one thing', () => {
  fc.assert(
    fc.property(acts, (steps) => {
      check(steps, ({ told }) => {
        const matters = told.map(({ to, kind, about }) =>
          JSON.stringify([to, about.round, about.activity, about.due, kind === 'summary', kind === 'fix']),
        );
        expect(new Set(matters).size).toBe(matters.length);
      });
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('no reminder while paused, and none after the resume that was due before it', () => {
  fc.assert(
    fc.property(acts, (steps) => {
      check(steps, ({ told, world }) => {
        const found = world.state.rounds.find(({ key }) => key === round);
        const about = told.filter((tell) => tell.about.round === round && tell.kind !== 'summary');
        if (found?.pausedAt && !found.closedAt) expect(about.map(({ key }) => key)).toEqual([]);
        for (const { kind, key, at } of about) {
          if (!found?.resumedAt || kind !== 'reminder' || key.startsWith('again:')) continue;
          expect([key, Temporal.Instant.compare(at, found.resumedAt) >= 0]).toEqual([key, true]);
        }
      });
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('a reminder of the close is about the close that the person has', () => {
  fc.assert(
    fc.property(acts, (steps) => {
      check(steps, ({ told, world }) => {
        const found = world.state.rounds.find(({ key }) => key === round);
        for (const tell of told) {
          if (tell.about.step !== 'near' || !found || !('member' in tell.to)) continue;
          const { member } = tell.to;
          const close = closeFor(
            found,
            found.assignments.find((one) => one.member === member),
          );
          expect(tell.key.endsWith(`:${lastDay(close, group.timeZone)}`)).toBe(true);
        }
      });
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('quiet hours and the week’s cap are kept; an invitation is never held by the cap', () => {
  fc.assert(
    fc.property(acts, (steps) => {
      check(steps, ({ now, told, world, sent }) => {
        const { sending } = world.group;
        const week = new Map<string, number>();
        for (const tell of told) {
          if (!('member' in tell.to)) continue;
          const { member } = tell.to;
          const place = world.group.members.find(({ key }) => key === member);
          const local = now.toZonedDateTimeISO(place?.timeZone ?? group.timeZone);
          expect(local.hour).toBeGreaterThanOrEqual(9);
          expect(local.hour).toBeLessThan(sending?.quietFrom.hour ?? 17);
          // What somebody put off to this day they have asked for.
          if (!sending?.weeklyCap || tell.kind === 'summary' || tell.key.startsWith('again:')) continue;
          if (tell.kind === 'invitation') {
            week.set(member, (week.get(member) ?? 0) + 1);
            continue;
          }
          const since = tell.at.subtract({ hours: 168 });
          const before = sent.filter(
            (one) =>
              'member' in one.to &&
              one.to.member === member &&
              one.kind !== 'summary' &&
              !one.key.startsWith('again:') &&
              Temporal.Instant.compare(one.at, since) > 0,
          );
          const count = before.length + (week.get(member) ?? 0) + 1;
          // Settings may be made stricter when a week is full already; then nothing more goes out in it.
          expect([tell.key, count <= sending.weeklyCap]).toEqual([tell.key, true]);
          week.set(member, (week.get(member) ?? 0) + 1);
        }
      });
    }),
    { numRuns: 40 },
  );
}, 120_000);

/** What people do where several reminders share a full week, and Rond may have been down between. */
const snoozing = fc.tuple(who, fc.integer({ min: 1, max: 16 })).map(
  ([as, n]): Act =>
    (today) => ({ as, command: { do: 'snooze', about: { round }, until: today.add({ days: n }) } }),
);
const dense = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }).map((days) =>
  chair((today) => ({
    do: 'change-round',
    round,
    settings: { reminders: { days: days.map((n) => today.add({ days: n })) } },
  })),
);
type Busy = { cap: number | null; steps: { minutes: number; down: number; doings: Act[] }[] };
const busy: fc.Arbitrary<Busy> = fc.record({
  cap: fc.constantFrom(null, 1, 1, 2, 3),
  steps: fc.array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 60 * 24 * 6 }),
      down: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 * 24 * 8 })),
      doings: fc.array(fc.oneof({ weight: 3, arbitrary: act }, { weight: 2, arbitrary: snoozing }, dense), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 4, maxLength: 14 },
  ),
});

/** What the ledger keeps, but for what people put off to a day of their own, and whether what takes its place in the week is sent. */
const kept = (all: Happening[]) =>
  all
    .filter(({ key }) => !key.startsWith(`again:round:${round}:`))
    .map(
      (one) =>
        `${one.at} ${one.key} ${one.do === 'skip' && one.why !== 'answered' && one.why !== 'snoozed' ? one.why : ''}`,
    )
    .sort();

/** A round that keeps to counts, with what the convenor is shown of it. */
function checkCounted({ cap, steps }: Busy) {
  const sending = { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap: cap };
  let world: World = { group: { ...group, sending }, state: counted };
  let now = group.startsAt;
  const sent: Counted[] = [];
  for (const { minutes, down, doings } of [...steps, { minutes: 60 * 24 * 90, down: 0, doings: [] }]) {
    const from = now.add({ minutes: down });
    const to = from.add({ minutes });
    const foreseen = preview(world.group, blinding(world.state)(world.state), from, to, holidayName);
    const shown = tells(foreseen);
    const putOff = new Set(
      world.state.snoozes?.flatMap(({ member, about }) => ('round' in about && about.round === round ? [member] : [])),
    );
    const before = world.state.rounds.find(({ key }) => key === round);
    const done = new Set(before?.assignments.flatMap((part) => (part.state === 'pending' ? [] : [part.member])));
    const went = goOn(world, from, to);
    const happenings = went.done.flatMap(({ happenings }) => happenings);
    const isPutOff = ({ key }: Tell) => key.startsWith(`again:round:${round}:`);
    const isKept = (one: Tell) =>
      one.about.round === round && 'member' in one.to && (done.has(one.to.member) || putOff.has(one.to.member));
    const said = (all: Tell[]) => all.map((one) => `${one.at} ${one.key}`);
    expect(said(shown)).toEqual(expect.arrayContaining(said(tells(happenings).filter((one) => !isPutOff(one)))));
    expect(said(tells(happenings))).toEqual(expect.arrayContaining(said(shown.filter((one) => !isKept(one)))));
    // The ledger keeps the same for everybody, at the same moments.
    expect(kept(happenings)).toEqual(kept(foreseen));
    for (const tick of went.done) {
      const about = tells(tick.happenings).filter((one) => one.about.round === round && one.kind !== 'summary');
      expect(new Set(about.map((one) => nameOf(one.to))).size).toBe(about.length);
    }
    sent.push(...happenings.filter(isCounted));
    world = went.world;
    now = to;
    for (const what of doings) world = doIt(world, what, now, sent);
  }
}

test('of a round that keeps to counts the convenor’s preview shows whatever is sent but for what people put off to a day of their own; whoever has not answered or put it off is sent all of it, and nobody anything of it twice at once', () => {
  fc.assert(
    fc.property(busy, (story) => checkCounted(story)),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);

test('put off, and then Rond was down over two reminders: they take one place in the week, as for everybody, and the report’s messages keep their hours', () => {
  const at = Temporal.Instant.from;
  const day = Temporal.PlainDate.from;
  const sending = { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap: 2 };
  let { world } = goOn({ group: { ...group, sending }, state: counted }, group.startsAt, at('2022-10-11T12:00:00Z'));
  const days = [day('2022-10-12'), day('2022-10-14')];
  const reminders: Act = () => ({
    as: 'chair',
    command: { do: 'change-round', round, settings: { reminders: { days } } },
  });
  const later: Act = () => ({ as: 'anna', command: { do: 'snooze', about: { round }, until: day('2022-10-13') } });
  for (const what of [reminders, later]) world = doIt(world, what, at('2022-10-11T12:00:00Z'), []);
  expect(world.state.snoozes).toHaveLength(1);
  const [up, end] = [at('2022-10-17T07:00:00Z'), at('2022-10-29T00:00:00Z')];
  const annas = (all: Tell[]) => all.filter((one) => nameOf(one.to) === 'anna').map((one) => `${one.at} ${one.key}`);
  const went = annas(goOn(world, up, end).done.flatMap(({ happenings }) => tells(happenings)));
  expect(went).toEqual([
    `2022-10-17T07:00:00Z remind:${round}:on:anna:2022-10-14`,
    '2022-10-17T07:00:00Z deadline:rapport:2022-10-21:2022-10-21:week:anna',
    '2022-10-24T07:00:00Z status:rapport:2022-10-21:2022-10-21:anna',
  ]);
  expect(annas(tells(preview(world.group, blinding(world.state)(world.state), up, end, holidayName)))).toEqual(went);
});

test('a day that is chosen twice for a reminder is one reminder, which is sent', () => {
  const at = Temporal.Instant.from;
  let { world } = goOn({ group, state: counted }, group.startsAt, at('2022-10-06T12:00:00Z'));
  const days = ['2022-10-12', '2022-10-12'].map((day) => Temporal.PlainDate.from(day));
  const twice: Act = () => ({ as: 'chair', command: { do: 'change-round', round, settings: { reminders: { days } } } });
  world = doIt(world, twice, at('2022-10-06T12:00:00Z'), []);
  const went = goOn(world, at('2022-10-06T12:00:00Z'), at('2022-10-13T00:00:00Z')).done.flatMap(
    ({ happenings }) => happenings,
  );
  const about = went.filter(({ key }) => key === `remind:${round}:on:anna:2022-10-12`);
  expect(about.map((one) => one.do)).toEqual(['tell']);
});
