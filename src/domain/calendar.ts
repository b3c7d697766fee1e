/** Working days and civil hours. Holidays are passed in, so that these functions know no list of their own. */

/** The name of the holiday on this day in this country (ISO 3166-1 alpha-2), or null. */
export type Holidays = (country: string, day: Temporal.PlainDate) => string | null;

/** Without its part of a second, as keys and buttons carry it. */
export const toSecond = (at: Temporal.Instant): Temporal.Instant =>
  at.round({ smallestUnit: 'second', roundingMode: 'floor' });

export function isWorkingDay(country: string, day: Temporal.PlainDate, holidays: Holidays): boolean {
  return day.dayOfWeek <= 5 && holidays(country, day) === null;
}

/** The first working day on or after `day`. */
export function nextWorkingDay(country: string, day: Temporal.PlainDate, holidays: Holidays): Temporal.PlainDate {
  return isWorkingDay(country, day, holidays) ? day : walk(country, day, 1, 1, holidays);
}

/** The n-th working day before `day`, which itself does not count; n is 1 or more. */
export function previousWorkingDay(
  country: string,
  day: Temporal.PlainDate,
  n: number,
  holidays: Holidays,
): Temporal.PlainDate {
  return walk(country, day, n, -1, holidays);
}

/** The n-th working day after `day`, which itself does not count; n is 1 or more. */
export function addWorkingDays(
  country: string,
  day: Temporal.PlainDate,
  n: number,
  holidays: Holidays,
): Temporal.PlainDate {
  return walk(country, day, n, 1, holidays);
}

/** How many working days there are after `day`, up to and including `today`. */
export function workingDaysSince(
  country: string,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  holidays: Holidays,
): number {
  const days = Array.from({ length: Math.max(0, day.until(today).days) }, (_, index) => day.add({ days: index + 1 }));
  return days.filter((one) => isWorkingDay(country, one, holidays)).length;
}

/** An hour that a clock change leaves out becomes the hour after it; one that comes twice is the first. */
export function civil(day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): Temporal.Instant {
  return day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant();
}

/** The end of a day is the start of the next one, wherever that day starts (not at midnight everywhere). */
export function endOfDay(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(zone).toInstant();
}

function walk(
  country: string,
  from: Temporal.PlainDate,
  n: number,
  step: 1 | -1,
  holidays: Holidays,
): Temporal.PlainDate {
  let day = from;
  let left = n;
  for (let days = 0; days < 366 + 7 * n; days++) {
    day = day.add({ days: step });
    if (isWorkingDay(country, day, holidays) && --left === 0) return day;
  }
  throw new RangeError(`${country} has no working day within a year of ${from}`);
}

/** "09:30" */
export const hourText = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: 'minute' });
