/** In a round that keeps to counts, whatever the convenor looks at or tries is the same whichever of two people has answered. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { type SeatTurn, takeSeat } from '../../../src/app/steer-seat.ts';
import { createSteering, type Steering } from '../../../src/app/steering.ts';
import type { Group } from '../../../src/domain/group.ts';
import type { Happening } from '../../../src/domain/happening.ts';
import { decide, nextInstant } from '../../../src/domain/schedule/decide.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { emptyState, type GroupState, type Round, usualTerms } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import type { AuditEntry } from '../../../src/ports/steering.ts';
import { activityWith, coreGroup, memberWith, on, window } from '../../support/core-group.ts';
import { answered } from '../../support/run.ts';

const key = 'enkat/2022-10-05/2022-11-04';
/** Bo and Dan speak for the same kind of organisation; everything else about them differs. */
const people = ['chair', 'anna', 'bo', 'cia', 'dan', 'eva'];
const day = (text: string) => Temporal.PlainDate.from(text);
const group: Group = {
  ...coreGroup,
  members: people.map((name, n) =>
    memberWith(name, {
      name: `Namn ${name}`,
      role: n === 0 ? 'convenor' : 'member',
      constituency: n === 2 || n === 4 ? 'municipality' : 'region',
      ...(name === 'bo' ? { country: 'FI', timeZone: 'Europe/Helsinki' } : {}),
    }),
  ),
  activities: [
    activityWith('enkat', { kind: 'collection', due: [window('2022-10-05', '2022-11-04')] }),
    activityWith('rapport', { owners: ['bo', 'dan'], due: [on('2022-10-21')] }),
  ],
};
const asked: Round = {
  key,
  activity: 'enkat',
  instrument: 'role-rating',
  catalogue: 'se-legitimation-2023',
  opensAt: Temporal.Instant.from('2022-10-05T07:00:00Z'),
  closesAt: Temporal.Instant.from('2022-11-04T23:00:00Z'),
  openedAt: null,
  closedAt: null,
  assignments: [],
  terms: { ...usualTerms, anonymity: 'counts' },
  version: 1,
};

class World {
  group: Group;
  state: GroupState = { ...emptyState, rounds: [asked] };
  now = coreGroup.startsAt;
  entries: AuditEntry[] = [];
  sent: Extract<Happening, { do: 'tell' | 'skip' }>[] = [];
  events = 0;
  readonly steering: Steering;
  /** What Bo does, Dan does, and the other way round. */
  readonly swap: boolean;
  constructor(group: Group, swap: boolean) {
    this.group = group;
    this.swap = swap;
    const clock = { now: () => this.now };
    this.steering = createSteering({ store: this.store, clock, holidays: holidayName, admins: new Set(), wake() {} });
  }

  get store() {
    const load = async () => ({ id: '1', group: this.group, state: this.state });
    return {
      groups: { glance: load, told: async () => this.state.done },
      people: { find: async () => [] },
      settings: { get: async () => null, set: async () => {} },
      steering: {
        carryOut: async (_: string, __: string, at: Temporal.Instant, steer: (loaded: object) => never) => {
          const steered: { next: { group: Group; state: GroupState } | null; entries: AuditEntry[] } = steer(
            await load(),
          );
          if (steered.next) Object.assign(this, steered.next);
          const entries = steered.entries.map((entry, n) => ({ ...entry, id: `${this.entries.length + n + 1}`, at }));
          this.entries = [...this.entries, ...entries];
          return { is: 'done', steered, entries };
        },
        unreached: async () => [],
        log: async () => this.entries.toReversed(),
        since: async () => this.entries.filter(({ subject }) => subject === `round:${key}`).slice(-3),
        unasked: async (_: string, cap: number) => this.unasked(cap),
      },
    } as never;
  }

  /** As the store reads it from the ledger. */
  unasked(cap: number): Map<string, number[]> {
    const found = new Map<string, number[]>();
    for (const { key, to, kind, at } of this.sent) {
      if (!('member' in to) || kind === 'summary' || key.startsWith('again:')) continue;
      found.set(to.member, [...(found.get(to.member) ?? []), at.epochMilliseconds].slice(-cap));
    }
    return found;
  }

  named(person: string): string {
    if (!this.swap) return person;
    return person === 'bo' ? 'dan' : person === 'dan' ? 'bo' : person;
  }

  by(person: string) {
    const who = this.group.members.find((member) => member.key === person)?.identities[0] as never;
    this.events += 1;
    return { who, event: `event-${this.events}` };
  }

  goTo(to: Temporal.Instant): void {
    const cap = this.group.sending?.weeklyCap;
    if (cap) this.state = { ...this.state, unasked: this.unasked(cap) };
    for (let at: Temporal.Instant | null = this.now; at && Temporal.Instant.compare(at, to) <= 0; ) {
      const happenings = decide(this.group, this.state, at, holidayName);
      this.state = evolveAll(this.group, this.state, happenings);
      for (const one of happenings)
        if (one.do === 'tell' || (one.do === 'skip' && ['answered', 'snoozed'].includes(one.why))) this.sent.push(one);
      at = nextInstant(this.group, this.state, at, holidayName);
    }
    this.now = to;
  }

  answers(person: string): void {
    const round = this.state.rounds.find((one) => one.key === key);
    const part = round?.assignments.find(({ member }) => member === this.named(person));
    const isOpen = round?.openedAt && !round.closedAt && (part?.state === 'pending' || part?.state === 'draft');
    if (isOpen) this.state = answered(this.state, this.named(person));
  }

  async turn(verb: string, values: Record<string, string>): Promise<unknown> {
    const { who, event } = this.by('chair');
    const member = this.group.members[0] as never;
    const turn = {
      store: this.store,
      steering: this.steering,
      now: this.now,
      people: [{ groupId: '1', groupKey: this.group.key, groupName: this.group.name, member }],
      language: 'sv',
      submission: { who, verb, values: { group: this.group.key, ...values }, event, message: null, where: 'personal' },
      rehearse() {},
    };
    return takeSeat(turn as unknown as SeatTurn);
  }
}

const about = (today: Temporal.PlainDate): Command[] => [
  { do: 'nudge', round: key },
  { do: 'pause', round: key },
  { do: 'resume', round: key },
  { do: 'cancel-round', round: key },
  { do: 'extend', round: key, closes: today.add({ days: 40 }) },
  { do: 'reopen', round: key, closes: today.add({ days: 20 }) },
  { do: 'change-round', round: key, settings: { reminders: 'near' } },
  { do: 'change-round', round: key, settings: { anonymity: 'named' } },
  { do: 'set-sending', weeklyCap: 2 },
  { do: 'move-date', activity: 'rapport', due: '2022-10-21', to: today.add({ days: 12 }) },
  ...['bo', 'dan'].flatMap((member): Command[] => [
    { do: 'extend', round: key, closes: today.add({ days: 40 }), member },
    { do: 'excuse', round: key, member },
    { do: 'substitute', round: key, member, by: 'eva' },
    { do: 'substitute', round: key, member: 'anna', by: member },
    { do: 'away', member, until: today.add({ days: 60 }), substitute: 'cia' },
    { do: 'away', member, until: today.add({ days: 3 }) },
    { do: 'place-members', members: [{ member, constituency: 'region' }] },
    { do: 'place-members', members: [{ member, constituency: 'university', organisation: 'Högskolan' }] },
    { do: 'remove-member', member },
  ]),
];

/** Everything the convenor can look at, and every answer to what they may try. */
async function seen(world: World, withCards: boolean): Promise<string[]> {
  const today = world.now.toZonedDateTimeISO(world.group.timeZone).toPlainDate();
  const found: unknown[] = [
    await world.steering.live(world.by('chair'), world.group.key, key),
    await world.steering.rounds(world.by('chair'), world.group.key),
    await world.steering.log(world.by('chair'), world.group.key),
  ];
  for (const command of about(today)) {
    found.push([command, await world.steering.foresee(world.by('chair'), world.group.key, command)]);
    if (withCards) found.push(await world.turn('steer.ask', { command: JSON.stringify(command) }));
  }
  if (withCards) {
    const page = { round: key, key, mode: 'extend' };
    found.push(
      await world.turn('seat.show', {}),
      await world.turn('seat.live', page),
      await world.turn('seat.log', {}),
      await world.turn('steer.date', page),
      await world.turn('steer.dated', { ...page, day: today.add({ days: 30 }).toString(), member: 'bo' }),
    );
    for (const mode of ['excuse', 'substitute', 'assign']) {
      const at = mode === 'assign' ? 'rapport' : key;
      found.push(await world.turn('steer.person', { mode, key: at }));
      found.push(await world.turn('steer.chosen', { mode, key: at, member: 'bo', by: 'eva' }));
      found.push(await world.turn('steer.chosen', { mode, key: at, member: 'dan', by: 'eva' }));
    }
  }
  return found.map((one) => JSON.stringify(one));
}

type Act = { answer: string } | { snooze: number } | { as: 'chair'; which: number };
const answers = fc.constantFrom('bo', 'dan', 'anna', 'cia', 'eva').map((answer): Act => ({ answer }));
const snoozes = fc.integer({ min: 1, max: 20 }).map((snooze): Act => ({ snooze }));
const steers = fc.nat({ max: 27 }).map((which): Act => ({ as: 'chair', which }));
const storyOf = (act: fc.Arbitrary<Act>) =>
  fc.array(fc.tuple(fc.integer({ min: 60, max: 60 * 24 * 9 }), fc.array(act, { minLength: 1, maxLength: 3 })), {
    minLength: 2,
    maxLength: 4,
  });
const story = storyOf(
  fc.oneof({ weight: 4, arbitrary: answers }, { weight: 1, arbitrary: snoozes }, { weight: 3, arbitrary: steers }),
);

async function play(steps: [number, Act[]][], withCards: boolean, of = group): Promise<void> {
  const worlds = [new World(of, false), new World(of, true)] as const;
  for (const world of worlds) world.goTo(Temporal.Instant.from('2022-10-05T09:00:00Z'));
  for (const [minutes, acts] of steps) {
    for (const one of acts) {
      const outcomes: string[] = [];
      for (const world of worlds) {
        const today = world.now.toZonedDateTimeISO(world.group.timeZone).toPlainDate();
        if ('answer' in one) world.answers(one.answer);
        else if ('snooze' in one) {
          // Whoever has left puts nothing off.
          if (!world.group.members.some((member) => member.key === world.named('bo'))) continue;
          const by = world.by(world.named('bo'));
          const until = today.add({ days: one.snooze });
          await world.steering.carryOut(by, world.group.key, { do: 'snooze', about: { round: key }, until });
        } else {
          const command = about(today)[one.which] as Command;
          const outcome = await world.steering.carryOut(world.by('chair'), world.group.key, command);
          outcomes.push(JSON.stringify(outcome));
        }
      }
      expect(outcomes[1]).toEqual(outcomes[0]);
    }
    const [one, other] = [await seen(worlds[0], withCards), await seen(worlds[1], withCards)];
    expect(other).toEqual(one);
    for (const world of worlds) world.goTo(world.now.add({ minutes }));
  }
}

test('live figures, refusals, previews and the log are the same whichever of two has answered', async () => {
  await fc.assert(
    fc.asyncProperty(story, (steps) => play(steps, false)),
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);

test('so they are where a week has room for two messages', async () => {
  const capped = { ...group, sending: { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap: 2 } };
  await fc.assert(
    fc.asyncProperty(story, (steps) => play(steps, false, capped)),
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);

test('so are the cards and pages themselves', async () => {
  await fc.assert(
    fc.asyncProperty(story, (steps) => play(steps, true)),
    { numRuns: 2, endOnFailure: true },
  );
}, 120_000);

test('it could tell: in a named round the same things differ', async () => {
  const worlds = [new World(group, false), new World(group, true)] as const;
  for (const world of worlds) {
    const terms = { ...usualTerms, anonymity: 'named' as const };
    world.state = { ...world.state, rounds: [{ ...asked, terms }] };
    world.goTo(Temporal.Instant.from('2022-10-06T09:00:00Z'));
    world.answers('bo');
  }
  expect(await seen(worlds[0], false)).not.toEqual(await seen(worlds[1], false));
});

test('nothing is done about one person, and the refusal says why to everybody alike', async () => {
  const world = new World(group, false);
  world.goTo(Temporal.Instant.from('2022-10-06T09:00:00Z'));
  world.answers('bo');
  for (const member of ['bo', 'dan', 'nobody'])
    for (const command of [
      { do: 'excuse', round: key, member },
      { do: 'substitute', round: key, member, by: 'eva' },
      { do: 'extend', round: key, member, closes: day('2022-11-20') },
    ] satisfies Command[])
      expect(await world.steering.carryOut(world.by('chair'), world.group.key, command)).toEqual({
        is: 'refused',
        code: 'counts-only',
      });
  const live = await world.steering.live(world.by('chair'), world.group.key, key);
  expect(live).toMatchObject({ invited: 6, submitted: 1, missing: null });
  if ('is' in live) throw new Error(live.code);
  expect(live.may).toEqual(['change-round', 'nudge', 'extend', 'pause', 'cancel-round']);
  // A constituency of two is not shown by itself while somebody is missing.
  expect(live.constituencies.map(({ name }) => name)).not.toContain('municipality');
});

test('who sees who has answered cannot be changed once the round is open, and not after it was opened again', async () => {
  const world = new World(group, false);
  const change = { do: 'change-round', round: key, settings: { anonymity: 'named' } } as const;
  const tries = () => world.steering.carryOut(world.by('chair'), world.group.key, change);
  world.goTo(Temporal.Instant.from('2022-10-06T09:00:00Z'));
  expect(await tries()).toEqual({ is: 'refused', code: 'already-open' });
  await world.steering.carryOut(world.by('chair'), world.group.key, { do: 'cancel-round', round: key });
  expect(await tries()).toEqual({ is: 'refused', code: 'already-closed' });
  await world.steering.carryOut(world.by('chair'), world.group.key, {
    do: 'reopen',
    round: key,
    closes: day('2022-11-10'),
  });
  expect(await tries()).toEqual({ is: 'refused', code: 'already-open' });
  expect(world.state.rounds[0]?.terms?.anonymity).toBe('counts');
});
