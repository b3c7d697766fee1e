/** Stretches of the calendar as days. */

import type { Stretch } from './date-tokens.ts';

/** First and last day; the same for a single day. */
export type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate };

/** The days of a stretch in `year`; null when there is no such day, as 31 June or week 53 of most years. */
export function spanIn(stretch: Stretch, year: number): Span | null {
  switch (stretch.unit) {
    case 'day':
      return dayIn(year, stretch.m, stretch.d);
    case 'week':
      return weekIn(year, stretch.n);
    case 'month':
      return monthsIn(year, stretch.m, 1);
    case 'quarter':
      return monthsIn(year, stretch.n * 3 - 2, 3);
    case 'year':
      return monthsIn(stretch.y, 1, 12);
  }
}

function dayIn(year: number, month: number, day: number): Span | null {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  if (day > first.daysInMonth) return null;
  const date = first.with({ day });
  return { from: date, to: date };
}

function monthsIn(year: number, month: number, months: number): Span {
  const from = Temporal.PlainDate.from({ year, month, day: 1 });
  return { from, to: from.add({ months }).subtract({ days: 1 }) };
}

/** ISO 8601: week 1 holds 4 January; weeks run from Monday to Sunday. */
function weekIn(year: number, week: number): Span | null {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const from = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  return from.yearOfWeek === year ? { from, to: from.add({ days: 6 }) } : null;
}

/** Leap days come back within eight years, week 53 within six. */
const farthest = 8;

/** The first such stretch that is not over before `date`. */
export function firstFrom(stretch: Stretch, date: Temporal.PlainDate): Span | null {
  for (let year = date.year - 1; year <= date.year + farthest; year++) {
    const span = spanIn(stretch, year);
    if (span && Temporal.PlainDate.compare(span.to, date) >= 0) return span;
  }
  return null;
}

/** The last such stretch that begins on or before `date`. */
export function lastBefore(stretch: Stretch, date: Temporal.PlainDate): Span | null {
  for (let year = date.year + 1; year >= date.year - farthest; year--) {
    const span = spanIn(stretch, year);
    if (span && Temporal.PlainDate.compare(span.from, date) <= 0) return span;
  }
  return null;
}
