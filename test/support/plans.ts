/** Any plan: groups over several countries and zones, with every kind of activity and due point. */

import fc from 'fast-check';
import { type Activity, activityKinds, type Group, type Member, roles } from '../../src/domain/group.ts';
import { activityWith, coreGroup, memberWith, on, window } from './core-group.ts';

const places = [
  ['Europe/Stockholm', 'SE'],
  ['Europe/Helsinki', 'FI'],
  ['Europe/Oslo', 'NO'],
  ['America/New_York', 'US'],
  ['Asia/Tokyo', 'JP'],
  ['Australia/Adelaide', 'AU'],
] as const;
const first = Temporal.PlainDate.from('2022-09-20');
const day = (n: number) => first.add({ days: n }).toString();

const member = (key: string, role: Member['role']) =>
  fc.constantFrom(...places).map(([timeZone, country]) => memberWith(key, { role, timeZone, country }));

const members = fc.tuple(
  member('convenor', 'convenor'),
  fc
    .array(fc.constantFrom(...roles.filter((role) => role !== 'convenor')), { maxLength: 4 })
    .chain((others) => fc.tuple(...others.map((role, n) => member(`m${n}`, role)))),
);

const due = fc.oneof(
  fc.nat(110).map((n) => on(day(n))),
  fc.tuple(fc.nat(100), fc.nat(30)).map(([n, length]) => window(day(n), day(n + length))),
);

const activity = (key: string): fc.Arbitrary<Activity> =>
  fc
    .record({
      kind: fc.constantFrom(...activityKinds, 'collection' as const, 'task' as const),
      owners: fc.oneof(
        fc.constant('all' as const),
        fc.uniqueArray(fc.constantFrom('convenor', 'm0', 'm1', 'm2', 'gone'), { maxLength: 3 }),
      ),
      due: fc.uniqueArray(due, { maxLength: 3, selector: (one) => one.key }),
      ongoing: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      parked: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .map((more) => activityWith(key, more));

export const anyGroup: fc.Arbitrary<Group> = fc
  .record({
    members,
    activities: fc.nat(5).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => activity(`a${i}`)))),
    channels: fc.subarray(coreGroup.channels),
    hour: fc.constantFrom('09:00', '08:00', '16:30', '23:30').map((text) => Temporal.PlainTime.from(text)),
    place: fc.constantFrom(...places),
    start: fc.integer({ min: 0, max: 40 * 24 }),
  })
  .map(({ members: [convenor, others], place: [timeZone, country], start, ...more }) => ({
    ...coreGroup,
    ...more,
    timeZone,
    country,
    members: [convenor, ...others],
    startsAt: Temporal.Instant.from('2022-09-19T05:00:00Z').add({ hours: start }),
  }));

/** Ticks a few minutes to an hour apart over `days`, from when the plan starts. */
export const steadyTicks = (group: Group, days: number): fc.Arbitrary<Temporal.Instant[]> =>
  fc.tuple(fc.nat(59), fc.integer({ min: 20, max: 59 })).map(([offset, minutes]) => {
    const begin = group.startsAt.add({ minutes: offset });
    return Array.from({ length: Math.floor((days * 1440) / minutes) }, (_, n) => begin.add({ minutes: n * minutes }));
  });

/** Ticks with holes of any length between them. */
export const brokenTicks = (group: Group): fc.Arbitrary<Temporal.Instant[]> =>
  fc
    .array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 60 * 24 * 40 })), {
      minLength: 1,
      maxLength: 60,
    })
    .map((gaps) => {
      let now = group.startsAt;
      return gaps.map((minutes) => {
        now = now.add({ minutes });
        return now;
      });
    });
