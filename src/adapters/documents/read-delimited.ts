/** Comma, semicolon and tab separated values, as spreadsheets save them. */

import { parse } from 'csv-parse/sync';
import { headingColumns } from '../../domain/plan/headings.ts';
import { type SourceDocument, UnreadableDocument } from '../../ports/documents.ts';

const delimiters = [';', '\t', ','];

/**
 * @param sure the name says that it is such a file; otherwise it is one only if its first line heads a plan
 * @returns null when it is not such a file
 * @throws UnreadableDocument when it is and cannot be read
 */
export function readDelimited(text: string, sure: boolean): SourceDocument | null {
  const delimiter = delimiterOf(text, sure);
  if (!delimiter) return null;
  try {
    const tables = [{ rows: rowsOf(text, delimiter) }];
    return { text, tables };
  } catch {
    if (!sure) return null;
    throw new UnreadableDocument(
      'broken',
      'The table has a quotation mark that is never closed: save it again as CSV.',
    );
  }
}

/** The one that splits the heading into a plan's columns; else, when it must be one, the most frequent. */
function delimiterOf(text: string, sure: boolean): string | null {
  // Excel writes "sep=;" first; a plan may have a title above its heading.
  const lines = text
    .slice(0, 20_000)
    .split('\n')
    .slice(0, sure ? 50 : 1);
  const candidates = sure ? delimiters : delimiters.filter((delimiter) => delimiter !== '\t');
  for (const line of lines) {
    const found = candidates.find((delimiter) => headingColumns(line.split(delimiter).map(unquoted)));
    if (found) return found;
  }
  if (!sure) return null;
  const count = (delimiter: string) => lines.join('').split(delimiter).length;
  return delimiters.reduce((most, next) => (count(next) > count(most) ? next : most));
}

function unquoted(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/s, '$1');
}

function rowsOf(text: string, delimiter: string) {
  const records = parse(text, {
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: 1_000_000,
  }) as unknown as { info: { lines: number }; record: string[] }[];
  let line = 1;
  return records.map(({ info, record }) => {
    // `lines` is where the record ends; a cell in quotes may hold line breaks.
    const row = { line, cells: record, links: [] };
    line = info.lines + 1;
    return row;
  });
}
