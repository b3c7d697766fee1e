/** What the channels are told without asking: only changes, and only when there are any. */

import type { ChannelName } from '../happening.ts';
import { type Chain, noDeeds } from './chain.ts';
import { keys } from './keys.ts';
import { soon } from './late.ts';
import { isBefore, later, type Place, sooner } from './place.ts';
import { remember } from './remember.ts';
import { hasChannel, type Scene } from './scene.ts';

type Instant = Temporal.Instant;

/** When a channel may be told: the first such moment at or after an instant, and the last at or before. */
type Rhythm = { from(instant: Instant): Instant; upTo(instant: Instant): Instant };

/** Each moment of a place is worked out once. */
function rhythmIn(make: (home: Place) => Rhythm): (home: Place) => Rhythm {
  const known = new WeakMap<Place, Rhythm>();
  return (home) => {
    const found = known.get(home);
    if (found) return found;
    const { from, upTo } = make(home);
    const once = (slot: Rhythm['from']): Rhythm['from'] => {
      const slots = remember((_: number, instant: Instant) => slot(instant));
      return (instant) => slots(instant.epochMilliseconds, instant);
    };
    const rhythm = { from: once(from), upTo: once(upTo) };
    known.set(home, rhythm);
    return rhythm;
  };
}

/** The group's channel: on Mondays, or on the first working day after a Monday off. */
const weekly = rhythmIn((home) => {
  const ofWeek = (instant: Instant, weeks: number) => {
    const day = home.day(instant);
    return home.at(home.next(day.subtract({ days: day.dayOfWeek - 1 }).add({ weeks })));
  };
  // A Monday far into a holiday may be told in the next week: looking two weeks back finds it.
  const around = (instant: Instant) => [-2, -1, 0, 1].map((weeks) => ofWeek(instant, weeks));
  return {
    from: (instant) => around(instant).find((slot) => !isBefore(slot, instant)) ?? ofWeek(instant, 2),
    upTo: (instant) => around(instant).findLast((slot) => !isBefore(instant, slot)) ?? ofWeek(instant, -3),
  };
});

/** The steering channel: on the first working morning after a change. */
const daily = rhythmIn((home) => ({
  from: home.morning,
  upTo: (instant) => {
    const today = home.at(home.onOrBefore(home.day(instant)));
    return isBefore(instant, today) ? home.at(home.before(home.day(instant), 1)) : today;
  },
}));

export const groupDigest = digestChain('group', 'digest', weekly);
export const steeringDigest = digestChain('steering', 'steering', daily);

/** One digest across a council's groups: one of the groups carries it. */
export const councilDigest = digestChain('council', 'digest', weekly);

/** Other groups' changes do not wake the group that carries the council's digest: it looks for itself when the council may be told. */
export function nextCouncilLook({ council, home }: Scene, after: Instant): Instant | null {
  return council ? weekly(home).from(soon(after)) : null;
}

function digestChain(channel: ChannelName, kind: 'digest' | 'steering', rhythmOf: (home: Place) => Rhythm): Chain {
  return {
    deeds: noDeeds,
    lines: (scene, now) => {
      const first = isTold(scene, channel) ? firstUntold(scene, channel) : null;
      if (!first) return [];
      const rhythm = rhythmOf(scene.home);
      // After downtime one digest tells everything up to the last moment it should have been told, not one for each.
      const at = later(rhythm.from(later(first, scene.group.startsAt)), rhythm.upTo(now));
      const after = toldUntil(scene, channel)?.toString() ?? '';
      const key = keys.digest(channel, scene.home.day(at));
      return [
        {
          place: scene.home,
          to: [{ channel }],
          steps: [{ at, until: null, kind, about: { after, until: at.toString() }, key: () => key }],
        },
      ];
    },
  };
}

const isTold = ({ group, council }: Scene, channel: ChannelName) =>
  channel === 'council' ? Boolean(council && group.council) : hasChannel(group, channel);

const toldUntil = ({ draft }: Scene, channel: ChannelName) =>
  channel === 'council' ? draft.councilToldUntil : draft.toldUntil[channel];

function firstUntold(scene: Scene, channel: ChannelName): Instant | null {
  const told = toldUntil(scene, channel);
  const { changes } = scene.draft;
  const known = scene.untold.get(channel);
  // Changes are only ever added: of those that have been looked at only the first that is untold matters, until the channel is told.
  const from = known?.told === told ? known : null;
  let first = from?.first ?? null;
  const look = (at: Instant) => {
    if (!told || isBefore(told, at)) first = sooner(first, at);
  };
  for (let index = from?.looked ?? 0; index < changes.length; index += 1) look(changes[index]!.at);
  if (!from && channel === 'council') for (const at of scene.council?.changes ?? []) look(at);
  scene.untold.set(channel, { told, looked: changes.length, first });
  return first;
}
