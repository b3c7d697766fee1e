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
  let lines = '';
  let inCell = false;
  let cells = 0;
  let from = 0;
  const add = (text: string) => {
    const words = plain(text);
    // Between the cells of a row stands only layout.
    if (inCell || cells === 0) lines += inCell ? words.replace(/\s+/g, ' ') : words;
  };
  for (const found of html.matchAll(tag)) {
    add(html.slice(from, found.index));
    from = found.index + found[0].length;
    const name = (found[2] ?? '').toLowerCase();
    const opens = found[1] === '';
    if (name === 'td' || name === 'th') {
      if (opens && cells > 0) lines += '\t';
      if (opens) cells += 1;
      inCell = opens;
    } else if (name === 'tr') {
      if (!opens || cells > 0) lines += '\n';
      cells = 0;
      inCell = false;
    } else if (breaks.has(name) && (name === 'br' || !opens)) {
      lines += inCell ? ' ' : '\n';
    }
  }
  add(html.slice(from));
  return lines.replace(/\n{3,}/g, '\n\n').trim();
}

function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
