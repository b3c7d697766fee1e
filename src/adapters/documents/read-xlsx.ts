/** An Excel workbook → one table a sheet. */

import { type SourceDocument, UnreadableDocument } from '../../ports/documents.ts';

/** Rows × columns up to the last cell; the library fills the holes, however wide they are. */
const mostCells = 2_000_000;

/** @param sheets the unpacked XML of the sheets, whose reach is checked first */
export async function readXlsx(bytes: Uint8Array, sheets: readonly string[]): Promise<SourceDocument> {
  for (const sheet of sheets) checkReach(sheet);
  // This variant unpacks by the directory that was checked; the streaming one would unpack whatever lies between.
  const { default: readWorkbook } = await import('read-excel-file/universal');
  const workbook = await readWorkbook(new Uint8Array(bytes).buffer, { trim: false });
  const tables = workbook.map(({ data }) => ({
    rows: data.map((row, index) => ({ line: index + 1, cells: row.map(cellText), links: [] })),
  }));
  const text = tables
    .flatMap(({ rows }) => rows.map(({ cells }) => cells.join('\t').replaceAll('\n', ' ').trimEnd()))
    .join('\n');
  return { text, tables };
}

/** A date is written ISO, so that nobody reads it otherwise. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return String(value);
}

function checkReach(sheet: string): void {
  let [rows, columns] = [0, 0];
  for (const [, row] of sheet.matchAll(/<row\b[^>]{0,300}?\br=["'](\d{1,20})["']/g)) rows = Math.max(rows, Number(row));
  for (const [, letters, row] of sheet.matchAll(/<c\b[^>]{0,300}?\br=["']([A-Z]{1,8})(\d{1,20})["']/g)) {
    rows = Math.max(rows, Number(row));
    columns = Math.max(
      columns,
      [...(letters ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
    );
  }
  if (rows * Math.max(columns, 1) > mostCells) {
    throw new UnreadableDocument(
      'too-big',
      `A sheet reaches over ${rows} rows and ${columns} columns: delete the empty ones outside the table, save and try once more.`,
    );
  }
}
