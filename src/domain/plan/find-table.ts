/** Finds the activity table in a whole document, whatever stands around it. */

import { readDue } from './due.ts';
import { type Columns, headingColumns, surelyHeading } from './headings.ts';
import { plainCell } from './markup.ts';
import type { SourceDocument, SourceTable } from './source.ts';
import { type FoundTable, textTables } from './text-tables.ts';

/** One row of the activity table, markup taken off. A column that is not there is empty. */
export type TableRow = { line: number; title: string; owners: string; due: string; links: string[] };

/** The rows of the activity table; null when the document has none. Blank rows and rules are left out. */
export function findActivityRows(source: SourceDocument): TableRow[] | null {
  let tables = sourceTables(source);
  if (tables.length === 0) tables = textTables(source.text);
  if (tables.length === 0) return null;
  if (!tables.some(isDated)) tables = tables.map(withDates);
  // A table of activity, owner and date is the plan; one of activity and owner beside it is something else.
  const most = Math.max(...tables.map((table) => Object.keys(table.columns).length));
  return tables.filter((table) => Object.keys(table.columns).length === most).flatMap(tableRows);
}

const isDated = ({ columns: { due, from, to } }: FoundTable) => (due ?? from ?? to) !== undefined;

/** A column of dates says by what stands in it what it is, where no heading does. */
function withDates({ columns, rows }: FoundTable): FoundTable {
  const known = new Set(Object.values(columns));
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const dates = Array.from({ length: width }, (_, column) => {
    const written = rows.map(({ cells }) => plainCell(cells[column] ?? '').text).filter((text) => text !== '');
    const dated = written.filter(isDate).length;
    return { column, dated: 2 * dated > written.length ? dated : 0 };
  }).filter(({ column, dated }) => dated > 0 && !known.has(column));
  const [most] = dates.sort((one, other) => other.dated - one.dated);
  return most ? { columns: { ...columns, due: most.column }, rows } : { columns, rows };
}

/** Nothing but a date, or several. "1.2" may be the number of a row, and "2022" a budget's: a date says its month in letters, or its year beside it. */
function isDate(cell: string): boolean {
  if (!/\p{L}|\d{4}.*\d|\d.*\d{4}/u.test(cell)) return false;
  const { due, needsYear, unreadable } = readDue(cell, null);
  return !unreadable && (due.length > 0 || needsYear);
}

function sourceTables(source: SourceDocument): FoundTable[] {
  const found: FoundTable[] = [];
  const lines = source.text.split('\n');
  let open: { table: FoundTable; width: number; last: number } | null = null;
  for (const table of source.tables) {
    const first = table.rows[0];
    if (!first) continue;
    // A part without heading goes on where the table before it broke off, with nothing but white between.
    if (open && !(widthOf(table) === open.width && onlyBlank(lines, open.last, first.line - 1))) open = null;
    for (const row of table.rows) {
      const columns: Columns | null = open ? surelyHeading(row.cells) : headingColumns(row.cells);
      if (columns) {
        open = { table: { columns, rows: [] }, width: widthOf(table), last: row.line };
        found.push(open.table);
      } else if (open) {
        open.table.rows.push(row);
      }
    }
    if (open) open.last = table.rows.at(-1)?.line ?? open.last;
  }
  return found;
}

function widthOf(table: SourceTable): number {
  return Math.max(...table.rows.map((row) => row.cells.length));
}

function onlyBlank(lines: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((lines[at] ?? '').trim() !== '') return false;
  return from <= to;
}

function tableRows({ columns, rows }: FoundTable): TableRow[] {
  const read: TableRow[] = [];
  for (const { line, cells, links } of rows) {
    if (cells.every((cell) => /^[\s\-–—=:_+]*$/.test(cell))) continue;
    const cell = (column: number | undefined) => plainCell(column === undefined ? '' : (cells[column] ?? ''));
    const title = cell(columns.title);
    const due = [cell(columns.due), cell(columns.from), cell(columns.to)].map(({ text }) => text);
    const window = [due[1], due[2]].filter((part) => part).join(' - ');
    const all = [...links, ...cells.flatMap((text) => plainCell(text).links)];
    read.push({
      line,
      title: title.text.replaceAll('\n', ' '),
      owners: cell(columns.owners).text,
      due: [due[0], window].filter((part) => part).join('\n'),
      links: [...new Set(all)],
    });
  }
  return read;
}
