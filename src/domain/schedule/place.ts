/** Where somebody is, for sending: a zone, a country's working days, and the civil hours in which Rond may write there. */

import {
  addWorkingDays,
  civil,
  endOfDay,
  type Holidays,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
} from '../calendar.ts';
import { remember } from './remember.ts';

type Day = Temporal.PlainDate;
type Instant = Temporal.Instant;

export type Place = {
  /** Equal for two people who may be written to at exactly the same moments. */
  key: string;
  /** The civil hour of sends on this day, working or not. */
  at(day: Day): Instant;
  day(instant: Instant): Day;
  endOf(day: Day): Instant;
  isWorking(day: Day): boolean;
  /** The first working day on or after. */
  next(day: Day): Day;
  /** The first working day on or before. */
  onOrBefore(day: Day): Day;
  /** n working days earlier. */
  before(day: Day, n: number): Day;
  /** n working days later. */
  after(day: Day, n: number): Day;
  /** The first start of a sending day at or after. */
  morning(instant: Instant): Instant;
  /** When the sending hours that hold this moment began; null outside them. */
  openSince(instant: Instant): Instant | null;
  /** The moment itself when an hour of the sending hours is left then, otherwise the next start of them. */
  sendable(instant: Instant): Instant;
};

/** Rond writes between the hour of sends and `quietFrom`, and always during the first hour of a working day's sends. */
type Hours = { hour: Temporal.PlainTime; quietFrom: Temporal.PlainTime };

/** `hour`: other than the group's, where somebody has set it. */
export type Places = (zone: string, country: string, hour?: Temporal.PlainTime | null) => Place;

/** Places by zone and country. Days and instants are worked out once in the life of what this returns. */
export function placesFor(hours: Hours, holidays: Holidays): Places {
  const working = remember((country: string) => remember((_: string, day: Day) => holidays(country, day)));
  const known: Holidays = (country, day) => working(country)(day.toString(), day);
  const places = remember((key: string, zone: string, country: string, own: Temporal.PlainTime) =>
    createPlace(key, zone, country, { ...hours, hour: own }, known),
  );
  return (zone, country, own) => {
    const name = `${zone} ${country}`;
    return own ? places(`${name} ${own}`, zone, country, own) : places(name, zone, country, hours.hour);
  };
}

function createPlace(
  key: string,
  zone: string,
  country: string,
  { hour, quietFrom }: Hours,
  holidays: Holidays,
): Place {
  const instants = remember((_: string, day: Day) => civil(day, hour, zone));
  const at = (day: Day) => instants(day.toString(), day);
  const days = remember((_: number, instant: Instant) => instant.toZonedDateTimeISO(zone).toPlainDate());
  const dayOf = (instant: Instant) => days(instant.epochMilliseconds, instant);
  const isWorking = (day: Day) => isWorkingDay(country, day, holidays);
  const next = (day: Day) => nextWorkingDay(country, day, holidays);

  const nextMorning = (instant: Instant) => {
    const today = at(next(dayOf(instant)));
    return isBefore(today, instant) ? at(next(dayOf(instant).add({ days: 1 }))) : today;
  };
  const openedBefore = (instant: Instant) => {
    const today = dayOf(instant);
    // Yesterday's hours reach past midnight when the group sends late in the evening.
    for (const day of [today, today.subtract({ days: 1 })]) {
      const opens = at(day);
      const closes = later(civil(day, quietFrom, zone), opens.add({ hours: 1 }));
      if (!isBefore(instant, opens) && isBefore(instant, closes) && isWorking(day)) return opens;
    }
    return null;
  };
  const mornings = remember((_: number, instant: Instant) => nextMorning(instant));
  const openings = remember((_: number, instant: Instant) => openedBefore(instant));
  const morning = (instant: Instant) => mornings(instant.epochMilliseconds, instant);
  const openSince = (instant: Instant) => openings(instant.epochMilliseconds, instant);
  return {
    key,
    at,
    day: dayOf,
    endOf: (day) => endOfDay(day, zone),
    isWorking,
    next,
    onOrBefore: (day) => (isWorking(day) ? day : previousWorkingDay(country, day, 1, holidays)),
    before: (day, n) => previousWorkingDay(country, day, n, holidays),
    after: (day, n) => addWorkingDays(country, day, n, holidays),
    morning,
    openSince,
    sendable: (instant) => (openSince(instant) && openSince(instant.add({ minutes: 59 })) ? instant : morning(instant)),
  };
}

export function isBefore(one: Instant, other: Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

export function later(one: Instant, other: Instant): Instant {
  return isBefore(one, other) ? other : one;
}

export function sooner<T extends Instant | null>(one: T, other: T): T {
  if (one === null) return other;
  return other !== null && isBefore(other, one) ? other : one;
}
