/** What one round says to people at one place: the invitation, and the reminders that its convenor wants. */

import type { About } from '../happening.ts';
import { type Round, type Terms, termsOf } from '../state.ts';
import type { Step } from './chain.ts';
import { keys } from './keys.ts';
import { isBefore, type Place } from './place.ts';
import type { Scene } from './scene.ts';

type Day = Temporal.PlainDate;

/** `from`: the first day, `until`: the close for these people. Oldest first. */
export function stepsOf(
  { group, home }: Scene,
  round: Round,
  place: Place,
  from: Day,
  until: Temporal.Instant,
): Step[] {
  const { reminders } = termsOf(round);
  const about: About = { round: round.key, activity: round.activity };
  const invitedAt = place.sendable(round.openedAt ?? round.opensAt);
  const ends = lastDay(round.closesAt, group.timeZone);
  const last = lastDay(until, group.timeZone);
  const near = place.before(last, 1);
  const reminder = (step: string, at: Temporal.Instant, key: Step['key']): Step => ({
    at,
    until,
    kind: 'reminder',
    about: { ...about, step },
    key,
  });
  const found: Step[] = [];
  if (wants(reminders, 'mid')) {
    const mid = place.next(from.add({ days: Math.floor(from.until(ends, { largestUnit: 'days' }).days / 2) }));
    if (Temporal.PlainDate.compare(mid, near) < 0) found.push(reminder('mid', place.at(mid), keys.mid(round.key)));
  }
  if (typeof reminders === 'object') {
    // A day that was chosen twice is one day: its key stands in the ledger once.
    const days = new Map(reminders.days.map((day) => [day.toString(), day]));
    for (const day of days.values()) found.push(reminder('on', place.at(place.next(day)), keys.on(round.key, day)));
  }
  // Days were chosen for the round's close: whoever has a later one of their own is reminded of that.
  const isLater = typeof reminders === 'object' && isBefore(round.closesAt, until);
  if (wants(reminders, 'near') || isLater) found.push(reminder('near', place.at(near), keys.near(round.key, last)));
  if (round.nudgedAt) found.push(reminder('nudge', round.nudgedAt, keys.nudge(round.key, home.day(round.nudgedAt))));
  const { resumedAt } = round;
  return [
    { at: invitedAt, until, kind: 'invitation', about, key: keys.invite(round.key), opening: true },
    // A short window has room for only those that fall between the invitation and the close; a pause swallows what fell into it.
    ...found
      .filter(({ at }) => isBefore(invitedAt, at) && isBefore(at, until) && !(resumedAt && isBefore(at, resumedAt)))
      .sort((one, other) => Temporal.Instant.compare(one.at, other.at)),
  ];
}

function wants(reminders: Terms['reminders'], which: 'mid' | 'near'): boolean {
  return reminders === 'usual' || reminders === which;
}

/** The last civil day on which one may answer, in the group's zone. */
export function lastDay(close: Temporal.Instant, zone: string): Day {
  return close.subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate();
}
