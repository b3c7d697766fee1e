/** What should be looked at in the dates of one row, and in the years that were supplied. */

import type { DueCell, ReadDue } from './due.ts';
import { quoted } from './lint.ts';
import { firstDay, lastDay, type PlanWarning } from './plan.ts';

export type DatedRow = { title: string; line: number; written: string; cell: DueCell };

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function lintDates(
  row: DatedRow,
  isHoliday: ((date: Temporal.PlainDate) => string | null) | null,
): PlanWarning[] {
  const { title, line, written, cell } = row;
  const found: PlanWarning[] = [];
  const say = (code: PlanWarning['code'], message: string) => found.push({ code, message, line });
  const verbatim = JSON.stringify(written);
  if (cell.unreadable)
    say(
      'unreadable-date',
      `${quoted(title)}: not all of ${verbatim} is a date; write dates as 2022-10-12 or 12/10, day first.`,
    );
  if (cell.needsYear)
    say(
      'unreadable-date',
      `${quoted(title)}: ${verbatim} has no year, and no decision date was found to take it from; give --decided, or write the year.`,
    );
  for (const [day, what] of cell.due.flatMap(daysToCheck)) {
    const holiday = isHoliday?.(day) ?? null;
    const moved = 'Rond sends on working days only: choose another day if people must answer on it.';
    if (day.dayOfWeek > 5)
      say('weekend', `${quoted(title)} ${what} on ${day}, a ${weekdays[day.dayOfWeek - 1]}. ${moved}`);
    else if (holiday) say('holiday', `${quoted(title)} ${what} on ${day}, ${holiday}. ${moved}`);
  }
  return found;
}

/** Days somebody wrote: a week always ends on a Sunday and nobody chose that. */
function daysToCheck({ due, exact }: ReadDue): [Temporal.PlainDate, string][] {
  if ('on' in due) return [[due.on, 'is due']];
  return [
    ...(exact.first ? [[due.from, 'opens'] as [Temporal.PlainDate, string]] : []),
    ...(exact.last ? [[due.to, 'closes'] as [Temporal.PlainDate, string]] : []),
  ];
}

/** Farther from the decision than this, a year that was supplied is worth a word of its own. */
const farDays = 300;

/**
 * One warning for all the years that were supplied, at the first row where one was, and one for each date that lands
 * nearly a year or more away: there, the day before the decision may have been meant.
 */
export function lintYears(rows: readonly DatedRow[], reference: Temporal.PlainDate, decided: boolean): PlanWarning[] {
  const assumed = rows.flatMap((row) => row.cell.due.filter((due) => due.assumed).map((due) => ({ row, due })));
  const [first] = assumed;
  if (!first) return [];
  const days = assumed.flatMap(({ due }) => [firstDay(due.due), lastDay(due.due)]).sort(Temporal.PlainDate.compare);
  const range = `${days[0]} to ${days.at(-1)}`;
  const basis = decided ? `the decision date, ${reference}` : `today, ${reference}, as no decision date was found`;
  const message = `${assumed.length === 1 ? '1 date is' : `${assumed.length} dates are`} written without a year and read as the first on or after ${basis} (${range}): confirm, ${decided ? 'or write the years' : 'or give --decided'}.`;
  const far = assumed.filter(({ due }) => reference.until(firstDay(due.due)).days > farDays);
  return [
    { code: 'assumed-year', message, line: first.row.line },
    ...far.map(({ row, due }): PlanWarning => {
      const told = `${quoted(row.title)}: ${JSON.stringify(due.text)} is read as ${firstDay(due.due)}, long after ${reference}; write the year if another was meant.`;
      return { code: 'assumed-year', message: told, line: row.line };
    }),
  ];
}
