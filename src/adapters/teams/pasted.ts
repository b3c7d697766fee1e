/** What somebody pasted, line by line: Teams sends its text flat, and beside it as HTML, where the table still is one. */

import { z } from 'zod';

const Html = z.object({ contentType: z.literal('text/html'), content: z.string().max(400_000) });

/** Every tag, whatever stands in it; what is no tag is text. */
const tag = /<(\/?)([a-z][a-z0-9]{0,9})(?:\s[^<>]{0,2000})?>/gi;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const breaks = new Set(['br', 'p', 'div', 'li', 'h1', 'h2', 'h3', 'h4']);

/** The tables of a message as lines with tabs, with the text around them; null when there is none. */
export function pastedLines(attachments: unknown[] | null | undefined): string | null {
  for (const attachment of attachments ?? []) {
    const html = Html.safeParse(attachment).data?.content;
    if (html && /<table[\s>]/i.test(html)) return linesOf(html);
  }
  return null;
}

function linesOf(html: string): string {
  const lines = [''];
  let row: string[] | null = null;
  let cell: string | null = null;
  let from = 0;
  const add = (text: string) => {
    if (cell !== null) cell += text;
    // Between the cells of a row stands only layout.
    else if (row === null) lines.push(`${lines.pop()}${text}`);
  };
  const endCell = () => {
    if (cell !== null) row?.push(cell.replace(/\s+/g, ' ').trim());
    cell = null;
  };
  const endRow = () => {
    endCell();
    if (row !== null && row.length > 0) lines.push(row.join('\t'), '');
    row = null;
  };
  for (const found of html.matchAll(tag)) {
    add(plain(html.slice(from, found.index)));
    from = found.index + found[0].length;
    const name = (found[2] ?? '').toLowerCase();
    const opens = found[1] === '';
    if (name === 'td' || name === 'th') {
      endCell();
      row ??= [];
      if (opens) cell = '';
    } else if (name === 'tr' || name === 'table') {
      endRow();
    } else if (breaks.has(name) && (name === 'br' || !opens)) {
      if (cell !== null) add(' ');
      else if (row === null) lines.push('');
    }
  }
  add(plain(html.slice(from)));
  endRow();
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
