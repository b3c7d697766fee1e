/** Table: Slack's own on messages, where only one is allowed; columns of one width elsewhere; stacked with inputs. */

import type { KnownBlock, RawTextElement, RichTextBlock, TableBlock } from '@slack/types';
import { isText, textOf } from './columns.ts';
import { withSign } from './containers.ts';
import { isObject, type Json, list, word } from './json.ts';
import { limits } from './limits.ts';
import { noteLooks } from './looks.ts';
import { cut, isBlank, pieces, plain, type Span, span } from './spans.ts';
import { monospace, plainLoss, richText } from './texts.ts';
import { listed, lose, say, spend, type Walk } from './walk.ts';

type Row = Span[][];

export function table(element: Json, path: string, walk: Walk): KnownBlock[] {
  const rows = listed(element.rows, `${path}.rows`, walk).filter(isObject);
  if (rows.length < list(element.rows).length) lose(walk, path, 'dropped', 'a row that is not an object');
  if (!rows.every((row) => list(row.cells).every(isTextCell))) return stackedRows(rows, path, walk);
  const texts: Row[] = [];
  for (const [index, row] of rows.entries()) {
    const at = `${path}.rows[${index}]`;
    if (!spend(walk, at)) break;
    noteLooks(row, walk);
    texts.push(
      list(row.cells).map((cell, column) => {
        // A row's tint is said once, where the row begins.
        const tint = column === 0 ? word(row.style) : '';
        return cellText(cell, tint, `${at}.cells[${column}]`, walk);
      }),
    );
    say(walk, (texts.at(-1) ?? []).map(plain).join(', '));
  }
  const shown = texts.filter((row) => row.some((cell) => !isBlank(cell)));
  if (shown.length === 0) return [];
  const width = Math.max(...shown.map((row) => row.length));
  if (walk.surface !== 'message' || walk.tables >= limits.message.tables || width > limits.table.columns) {
    lose(walk, path, 'style', 'a table as text in columns');
    return asText(shown, path, walk);
  }
  walk.tables += 1;
  const taken = rowsThatFit(shown);
  const blocks: KnownBlock[] = taken === 0 ? [] : [tableBlock(shown.slice(0, taken), width, element)];
  if (taken === shown.length) return blocks;
  lose(walk, path, 'chunked', `a table of ${shown.length} rows, from row ${taken + 1} as text`);
  return [...blocks, ...asText(shown.slice(taken), path, walk)];
}

function isTextCell(cell: unknown): boolean {
  return isObject(cell) && isText(list(cell.items)) && cell.selectAction === undefined;
}

function cellText(cell: unknown, rowStyle: string, path: string, walk: Walk): Span[] {
  if (!isObject(cell)) return [];
  noteLooks(cell, walk);
  const style = word(cell.style) || rowStyle;
  const items = list(cell.items);
  const tinted = withSign(items, style);
  if (style !== '' && style !== 'default' && tinted === items) walk.looks.add('style');
  return textOf(tinted, `${path}.items`, walk);
}

function stackedRows(rows: Json[], path: string, walk: Walk): KnownBlock[] {
  lose(walk, path, 'flattened', 'a table with more than text, one cell below the other');
  const blocks: KnownBlock[] = [];
  for (const [index, row] of rows.entries()) {
    for (const [column, cell] of list(row.cells).entries()) {
      const at = `${path}.rows[${index}].cells[${column}]`;
      if (!spend(walk, at)) return blocks;
      const tint = column === 0 && row.style !== undefined ? { style: row.style } : {};
      if (isObject(cell)) blocks.push(...walk.one({ ...tint, ...cell, type: 'Container' }, at, walk));
      else lose(walk, at, 'dropped', 'a cell that is not an object');
    }
  }
  return blocks;
}

function rowsThatFit(rows: readonly Row[]): number {
  let characters = 0;
  for (const [index, row] of rows.slice(0, limits.table.rows).entries()) {
    for (const cell of row) characters += Math.max(1, plain(cell).length);
    if (characters > limits.table.characters) return index;
  }
  return Math.min(rows.length, limits.table.rows);
}

function tableBlock(rows: readonly Row[], width: number, element: Json): TableBlock {
  const columns = list(element.columns).filter(isObject);
  const align = (column: number) => {
    const wanted = word(columns[column]?.horizontalCellContentAlignment ?? element.horizontalCellContentAlignment);
    return wanted === 'center' || wanted === 'right' ? wanted : 'left';
  };
  return {
    type: 'table',
    rows: rows.map((row) => Array.from({ length: width }, (_, column) => cellElement(row[column] ?? []))),
    column_settings: Array.from({ length: width }, (_, column) => ({ align: align(column), is_wrapped: true })),
  };
}

/** A cell may not be empty. */
function cellElement(spans: Span[]): RichTextBlock | RawTextElement {
  if (isBlank(spans)) return { type: 'raw_text', text: '\u00a0' };
  const styled = plainLoss(spans) !== 'none';
  return styled ? richText(spans) : { type: 'raw_text', text: plain(spans) };
}

/** Rows as lines, columns padded; links and bold are lost, the words are not. */
function asText(rows: readonly Row[], path: string, walk: Walk): KnownBlock[] {
  if (rows.some((row) => row.some((cell) => cell.some(({ url }) => url !== null))))
    lose(walk, path, 'dropped', 'links in a table');
  const cells = rows.map((row) => row.map((cell) => plain(cell).replace(/\s+/g, ' ').trim()));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, Math.min(cell.length, 40));
  }
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return pieces([span(lines.join('\n'))], limits.richText).map((piece) =>
    monospace(cut(plain(piece), limits.richText)),
  );
}
