/** Tables written as lines of text: cells between tabs, or between the bars of Markdown. */

import { type Columns, headingColumns, surelyHeading } from './headings.ts';

/** A table's rows as they stand, its heading first. */
export type FoundTable = { columns: Columns; rows: { line: number; cells: string[]; links: string[] }[] };

type Splitter = (line: string) => string[] | null;

const byTabs: Splitter = (line) => (line.includes('\t') ? line.split('\t') : null);

const byBars: Splitter = (line) => {
  if (!line.includes('|')) return null;
  const cells = line
    .trim()
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|'));
  if (cells.length < 2) return null;
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.length > 0 ? cells : null;
};

const longestHeading = 1000;

/** Every table in the text that has a heading row naming activities, joined with its parts that have none. */
export function textTables(text: string): FoundTable[] {
  const lines = text.split('\n');
  const found: FoundTable[] = [];
  for (let at = 0; at < lines.length; at++) {
    const heading = readHeading(lines[at] ?? '', headingColumns);
    if (!heading) continue;
    const table: FoundTable = { columns: heading.columns, rows: [] };
    at = collect(lines, at + 1, heading, table) - 1;
    found.push(table);
  }
  return found;
}

type Heading = { columns: Columns; width: number; split: Splitter };

function readHeading(line: string, columnsOf: (cells: readonly string[]) => Columns | null): Heading | null {
  if (line.length > longestHeading) return null;
  for (const split of [byTabs, byBars]) {
    const cells = split(line);
    const columns = cells && columnsOf(cells);
    if (cells && columns) return { columns, width: cells.length, split };
  }
  return null;
}

/** Takes rows from `at` on; returns the first line that is no longer the table's. */
function collect(lines: readonly string[], at: number, heading: Heading, table: FoundTable): number {
  const other = heading.split === byTabs ? byBars : byTabs;
  let afterBlank = false;
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (line.trim() === '') {
      // A row of empty cells is still a row of this part.
      afterBlank ||= !line.includes('\t');
      continue;
    }
    if (readHeading(line, surelyHeading)) break;
    let cells = heading.split(line) ?? other(line);
    if (cells && afterBlank && cells.length > heading.width && cells.slice(heading.width).some((cell) => cell.trim()))
      break;
    if (!cells) {
      // Editors cut trailing tabs, so a row without owner and date may be its title alone; after a gap it is prose.
      if (afterBlank || /^\s*(#|---|===)/.test(line)) break;
      cells = Array.from({ length: heading.columns.title + 1 }, (_, column) =>
        column === heading.columns.title ? line : '',
      );
    }
    afterBlank = false;
    table.rows.push({ line: next + 1, cells, links: [] });
  }
  return next;
}
