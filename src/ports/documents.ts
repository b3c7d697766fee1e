/** A plan as it came, made readable: lines of text and tables, with where each stands in the source. */

/** One row of a table; `line` is 1-based in the text (or row number in a sheet). Links are kept apart from the text. */
export type SourceRow = { line: number; cells: string[]; links: string[] };
export type SourceTable = { rows: SourceRow[] };
export type SourceDocument = {
  /** All text, for finding the decision date; lines joined by \n. */
  text: string;
  tables: SourceTable[];
};

/** A file's bytes → its lines and tables. Throws UnreadableDocument and nothing else. */
export type ReadDocument = (name: string, bytes: Uint8Array) => Promise<SourceDocument>;

/** Why a file could not be read; the words are made at the edge. */
export class UnreadableDocument extends Error {
  readonly code: 'too-big' | 'encrypted' | 'broken' | 'unknown-format' | 'empty' | 'no-file';
  constructor(code: UnreadableDocument['code'], message: string) {
    super(message);
    this.code = code;
  }
}
