/**
 * The Markdown of Adaptive Cards: bold, italic, links, lists, backslash escapes. Reads each character a bounded number
 * of times, so a hostile text cannot make it slow. Whatever is not well-formed stays as text.
 */

import { bounds } from './limits.ts';
import { macroAt } from './macros.ts';
import { escapedLength, type Span, span } from './spans.ts';
import type { Walk } from './walk.ts';

type Mark = { at: 'mark'; sign: string; length: 1 | 2; role: 'open' | 'close' | 'text' };
type Item = Span[] | Mark;

const bullet = /^[ \t]{0,8}[-*+][ \t]/;
const punctuation = /[!-/:-@[-`{-~]/;
const letter = /[\p{L}\p{N}]/u;
const space = /\s/;
const special = /[\\*_[{<]/;

/** A link that may be shown: https or mailto, of sensible length; null for any other. */
export function safeUrl(value: string): string | null {
  const url = value.trim();
  if (url.length > bounds.link || !/^(?:https:\/\/[^\s/]|mailto:[^\s@]+@[^\s@]+$)/i.test(url)) return null;
  try {
    const { href } = new URL(url);
    return /[\s<>|"\\]/.test(url) || escapedLength(href) > bounds.link ? null : href;
  } catch {
    return null;
  }
}

/** Dates in the card's words, mentions as the card names them. */
type Reading = Pick<Walk, 'words' | 'mentions'>;

/** `lost` hears of links that are left out because of their address, and of mentions that reach nobody. */
export function parseMarkdown(text: string, reading: Reading, lost: (what: string) => void): Span[] {
  const spans: Span[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (const [index, line] of lines.entries()) {
    if (index > 0) spans.push(span('\n'));
    if (line === '') continue;
    const head = bullet.exec(line);
    if (head !== null) spans.push(span('• '));
    spans.push(...inline(head === null ? line : line.slice(head[0].length), reading, lost, true));
  }
  return merged(spans);
}

function inline(line: string, reading: Reading, lost: (what: string) => void, links: boolean): Span[] {
  if (!special.test(line)) return [span(line)];
  const items: Item[] = [];
  const open: Mark[] = [];
  const nextOf = finder(line);
  let text = '';
  const flush = () => {
    if (text !== '') items.push([span(text)]);
    text = '';
  };
  let at = 0;
  while (at < line.length) {
    const sign = line.charAt(at);
    if (sign === '\\' && punctuation.test(line.charAt(at + 1))) {
      text += line.charAt(at + 1);
      at += 2;
    } else if (sign === '*' || sign === '_') {
      let end = at + 1;
      while (line.charAt(end) === sign) end++;
      flush();
      emphasis(sign, end - at, line.charAt(at - 1), line.charAt(end), items, open);
      at = end;
    } else if (sign === '{' && line.charAt(at + 1) === '{') {
      const hit = macroAt(line, at, reading.words);
      if (hit === null) text += sign;
      else {
        flush();
        items.push([hit.found]);
      }
      at = hit?.end ?? at + 1;
    } else if (sign === '<' && line.startsWith('<at>', at)) {
      const end = nextOf('>', at + 4) + 1;
      const person = end > 0 ? reading.mentions.get(line.slice(at, end)) : undefined;
      if (person === undefined) text += sign;
      else {
        flush();
        items.push([{ ...person }]);
      }
      at = person === undefined ? at + 1 : end;
    } else if (links && sign === '[') {
      const link = linkAt(line, at, nextOf);
      if (link === null) {
        text += sign;
        at += 1;
        continue;
      }
      const image = text.endsWith('!') && line.charAt(at - 2) !== '\\';
      if (image) text = text.slice(0, -1);
      flush();
      const url = image ? null : safeUrl(link.url);
      if (url === null) lost(image ? 'an image in text' : 'a link that is neither https nor mailto');
      items.push(inline(link.label, reading, lost, false).map((each) => ({ ...each, url, stamp: null, user: null })));
      at = link.end;
    } else {
      text += sign;
      at += 1;
    }
  }
  flush();
  for (const mark of open) mark.role = 'text';
  return styled(items);
}

/** Closes what is open and fits, then opens what is left; `length` signs in a row. */
function emphasis(sign: string, length: number, before: string, after: string, items: Item[], open: Mark[]): void {
  const inWord = (neighbour: string) => sign === '_' && letter.test(neighbour);
  const closes = before !== '' && !space.test(before) && !inWord(after);
  const opens = after !== '' && !space.test(after) && !inWord(before);
  let left = length;
  const fits = (mark: Mark) => mark.sign === sign && mark.length <= left;
  while (closes && left > 0 && open.slice(-8).some(fits)) {
    let top = open.pop();
    while (top !== undefined && !fits(top)) {
      top.role = 'text';
      top = open.pop();
    }
    if (top === undefined) break;
    items.push({ at: 'mark', sign, length: top.length, role: 'close' });
    left -= top.length;
  }
  if (!opens && left > 0) items.push([span(sign.repeat(left))]);
  while (opens && left > 0) {
    const mark: Mark = { at: 'mark', sign, length: left >= 2 ? 2 : 1, role: 'open' };
    items.push(mark);
    open.push(mark);
    left -= mark.length;
  }
}

/** Finds the next unescaped `]` or `)`; remembers the last answer so that a row of `[` costs one search. */
function finder(line: string): (sign: string, from: number) => number {
  const last = new Map<string, { from: number; found: number }>();
  return (sign, from) => {
    const known = last.get(sign);
    if (known !== undefined && known.from <= from && (known.found === -1 || known.found >= from)) return known.found;
    let found = from;
    while (found < line.length && line.charAt(found) !== sign) found += line.charAt(found) === '\\' ? 2 : 1;
    if (found >= line.length) found = -1;
    last.set(sign, { from, found });
    return found;
  };
}

function linkAt(line: string, at: number, nextOf: (sign: string, from: number) => number) {
  const close = nextOf(']', at + 1);
  if (close === -1 || line.charAt(close + 1) !== '(') return null;
  const end = nextOf(')', close + 2);
  if (end === -1 || end - close > bounds.link * 2) return null;
  const label = line.slice(at + 1, close);
  const url = line.slice(close + 2, end).replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return label.trim() === '' ? null : { label, url, end: end + 1 };
}

function styled(items: readonly Item[]): Span[] {
  const spans: Span[] = [];
  let strong = 0;
  let slanted = 0;
  for (const item of items) {
    if (Array.isArray(item)) {
      for (const each of item) {
        spans.push({ ...each, bold: each.bold || strong > 0, italic: each.italic || slanted > 0 });
      }
    } else if (item.role === 'text') {
      spans.push({ ...span(item.sign.repeat(item.length)), bold: strong > 0, italic: slanted > 0 });
    } else {
      const step = item.role === 'open' ? 1 : -1;
      if (item.length === 2) strong += step;
      else slanted += step;
    }
  }
  return spans;
}

function merged(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const each of spans) {
    const last = out.at(-1);
    const same =
      last !== undefined &&
      last.bold === each.bold &&
      last.italic === each.italic &&
      last.url === each.url &&
      last.stamp === null &&
      last.user === null &&
      each.user === null &&
      each.stamp === null;
    if (same) last.text += each.text;
    else out.push({ ...each });
  }
  return out;
}
