/** A Word document → its text in order, with its tables and their links. */

import type { SourceDocument, SourceTable } from '../../ports/documents.ts';

/** The library's own picture of a document, as far as it is used here. */
type Node = {
  type: string;
  children?: Node[];
  value?: string;
  href?: string;
  colSpan?: number;
  rowSpan?: number;
};

/** Wider or taller merges than any table has. */
const mostSpan = 200;

export async function readDocx(bytes: Uint8Array): Promise<SourceDocument> {
  const { default: mammoth } = await import('mammoth');
  let root: Node = { type: 'document', children: [] };
  // The document is taken as the library read it; nothing is left to make HTML of.
  const transformDocument = (document: Node): Node => {
    root = document;
    return { ...document, children: [] };
  };
  await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { transformDocument });
  const source: SourceDocument & { lines: string[] } = { text: '', tables: [], lines: [] };
  addBlocks(root.children ?? [], source);
  return { text: source.lines.join('\n'), tables: source.tables };
}

type Building = SourceDocument & { lines: string[] };

function addBlocks(blocks: readonly Node[], source: Building): void {
  for (const block of blocks) {
    if (block.type === 'table') addTable(block, source);
    else source.lines.push(...textOf(block).split('\n'));
  }
}

/** One line a row, cells between tabs. A merged cell stands in every row and its first column, so that columns stay in place. */
function addTable(table: Node, source: Building): void {
  const found: SourceTable = { rows: [] };
  const nested: Node[] = [];
  const open = new Map<number, { cell: Node; left: number }>();
  source.tables.push(found);
  for (const row of (table.children ?? []).filter(({ type }) => type === 'tableRow')) {
    const cells: string[] = [];
    const links: string[] = [];
    const waiting = [...(row.children ?? [])];
    const put = (cell: Node) => {
      cells.push(cellText(cell));
      links.push(...linksOf(cell));
    };
    while (waiting.length > 0 || (open.get(cells.length)?.left ?? 0) > 0) {
      const column = cells.length;
      const above = open.get(column);
      const cell = above && above.left > 0 ? above.cell : waiting.shift();
      if (!cell) break;
      if (above && above.left > 0) above.left--;
      else {
        open.set(column, { cell, left: Math.min(cell.rowSpan ?? 1, mostSpan) - 1 });
        nested.push(...(cell.children ?? []).filter(({ type }) => type === 'table'));
      }
      put(cell);
      for (let more = 1; more < Math.min(cell.colSpan ?? 1, mostSpan); more++) cells.push('');
    }
    source.lines.push(cells.map((cell) => cell.replaceAll('\n', ' ')).join('\t'));
    found.rows.push({ line: source.lines.length, cells, links: [...new Set(links)] });
  }
  // A whole document laid out in one big table has its plan in a table inside.
  for (const inner of nested) addTable(inner, source);
}

function cellText(cell: Node): string {
  return (cell.children ?? [])
    .map(textOf)
    .filter((text) => text.trim() !== '')
    .join('\n');
}

function textOf(node: Node): string {
  if (node.type === 'text') return node.value ?? '';
  if (node.type === 'tab') return '\t';
  if (node.type === 'break') return '\n';
  const inner = (node.children ?? []).map(textOf);
  if (node.type === 'table') return inner.join('\n');
  return inner.join(node.type === 'tableRow' ? '\t' : '');
}

function linksOf(node: Node): string[] {
  const own = node.type === 'hyperlink' && /^(https?:|mailto:)/i.test(node.href ?? '') ? [node.href as string] : [];
  return [...own, ...(node.children ?? []).flatMap(linksOf)];
}
