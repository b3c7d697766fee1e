/** Reads a working group's timetable out of a whole document. */

import { findDecisionDate } from './decided.ts';
import { type DueCell, readDue } from './due.ts';
import { findActivityRows, type TableRow } from './find-table.ts';
import { lintActivities, quoted } from './lint.ts';
import { type DatedRow, lintDates, lintYears } from './lint-dates.ts';
import { type Named, readOwners } from './owners.ts';
import { dueKey, type Plan, type PlanActivity, type PlanRefusal, type PlanWarning } from './plan.ts';
import type { SourceDocument } from './source.ts';

export type ReadOptions = {
  /** Wins over a decision date in the text. */
  decided?: Temporal.PlainDate;
  /** Marks what is past, and stands in for a decision date when there is none. */
  today?: Temporal.PlainDate;
  members?: readonly Named[];
  /** The holiday's name, or null. */
  isHoliday?: (date: Temporal.PlainDate) => string | null;
};

export type ReadPlan = { ok: true; plan: Plan } | { ok: false; code: PlanRefusal; message: string };

const mostRows = 1000;

const optionalWords =
  /(?<!\p{L})(?:eventuell\p{L}{0,3}|ev\.|evt\.|vid behov|ved behov|tarvittaessa|mahdolli\p{L}{2,6}|valfri\p{L}{0,2}|frivillig\p{L}{0,2}|optional|optionally|possibl[ey]|if needed)(?!\p{L})/iu;

/** Never throws: a document without a plan is refused with a code and a sentence. */
export function readPlan(source: SourceDocument, options: ReadOptions = {}): ReadPlan {
  const rows = findActivityRows(source);
  if (!rows)
    return refuse(
      'no-table',
      'No activity table was found: it needs a heading row such as Aktivitet, Ansvarig, Tidplan (Activity, Responsible, Due), with cells between tabs, | or in a real table.',
    );
  if (rows.length > mostRows)
    return refuse(
      'too-many-rows',
      `The activity table has ${rows.length} rows, and a plan has at most ${mostRows}: split it.`,
    );
  const { kept, warnings } = joinUntitled(rows);
  if (kept.length === 0)
    return refuse(
      'no-activities',
      'The activity table has a heading but no activities under it: add at least one row.',
    );

  const decided = options.decided ?? findDecisionDate(source.text);
  const reference = decided ?? options.today ?? null;
  const read = kept.map((row) => ({ row, cell: readDue(row.due, reference) }));
  const activities = read.map(({ row, cell }) => activityOf(row, cell));
  const dated: DatedRow[] = read.map(({ row, cell }) => ({ title: row.title, line: row.line, written: row.due, cell }));
  warnings.push(
    ...dated.flatMap((row) => lintDates(row, options.isHoliday ?? null)),
    ...(reference ? lintYears(dated, reference, decided !== null) : []),
    ...lintActivities(activities, { today: options.today ?? null, members: options.members ?? null }),
  );
  warnings.sort((a, b) => a.line - b.line);
  return { ok: true, plan: { decided, activities, warnings } };
}

function refuse(code: PlanRefusal, message: string): ReadPlan {
  return { ok: false, code, message };
}

function activityOf(row: TableRow, cell: DueCell): PlanActivity {
  const due = new Map(cell.due.map((read) => [dueKey(read.due), read.due]));
  return {
    title: row.title,
    owners: readOwners(row.owners),
    due: [...due.values()],
    ongoing: cell.ongoing,
    optional: optionalWords.test(row.title),
    uncertain: cell.uncertain || /\?\s*$|\(\?\)/.test(row.title) || row.owners.includes('?'),
    links: row.links,
    line: row.line,
  };
}

/** A row without a title goes on with the row above it, as when one cell was broken over two lines; said, never dropped. */
function joinUntitled(rows: readonly TableRow[]): { kept: TableRow[]; warnings: PlanWarning[] } {
  const kept: TableRow[] = [];
  const warnings: PlanWarning[] = [];
  for (const row of rows) {
    if (row.title !== '') {
      kept.push({ ...row });
      continue;
    }
    const above = kept.at(-1);
    const text = JSON.stringify([row.owners, row.due].filter((part) => part).join(' · '));
    if (row.owners === '' && row.due === '') continue;
    if (above) {
      above.owners = [above.owners, row.owners].filter((part) => part).join('\n');
      above.due = [above.due, row.due].filter((part) => part).join('\n');
      above.links = [...new Set([...above.links, ...row.links])];
    }
    const message = above
      ? `A row without a title (${text}) was read together with the row above it, ${quoted(above.title)}: give it a title if it is an activity of its own.`
      : `A row without a title (${text}) was left out: give it one.`;
    warnings.push({ code: 'no-title', message, line: row.line });
  }
  return { kept, warnings };
}
