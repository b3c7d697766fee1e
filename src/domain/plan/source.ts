/** A document made readable: the same shape that `ports/documents.ts` promises, named here because the domain imports nothing. */

type SourceRow = { line: number; cells: string[]; links: string[] };
export type SourceTable = { rows: SourceRow[] };
/** `text` holds all of it, lines joined by \n; a row's `line` is 1-based in it, or the row number of its sheet. */
export type SourceDocument = { text: string; tables: SourceTable[] };
