/** Cuts a date cell into what it says: days, weeks, months, quarters, years, and the words between them. Total and linear. */

import { type Meaning, monthOf, ordinalOf, phrases, quarterWord, weekWord, wordMeaning } from './date-words.ts';

/** A stretch of the calendar as written; `y` null when no year is. */
export type Stretch =
  | { unit: 'day'; d: number; m: number; y: number | null }
  | { unit: 'week'; n: number; y: number | null }
  | { unit: 'month'; m: number; y: number | null }
  | { unit: 'quarter'; n: number; y: number | null }
  | { unit: 'year'; y: number };

export type DateToken =
  | { is: 'stretch'; stretch: Stretch; text: string }
  /** A number alone: the day of "12 – 14 oktober", the week of "v. 41–43". */
  | { is: 'number'; n: number; text: string }
  | { is: Exclude<Meaning, 'nothing'>; text: string }
  | { is: 'unknown'; text: string };

type Rule = [RegExp, (found: string[]) => DateToken | null | 'skip'];

const stretch = (value: Stretch): DateToken => ({ is: 'stretch', stretch: value, text: '' });
const day = (d: unknown, m: unknown, y: number | null): DateToken | null => {
  const [dd, mm] = [Number(d), Number(m)];
  return mm >= 1 && mm <= 12 && dd >= 1 && dd <= 31 ? stretch({ unit: 'day', d: dd, m: mm, y }) : null;
};
const week = (n: unknown, y: number | null): DateToken | null =>
  Number(n) >= 1 && Number(n) <= 53 ? stretch({ unit: 'week', n: Number(n), y }) : null;
const month = (m: unknown, y: number | null): DateToken | null =>
  Number(m) >= 1 && Number(m) <= 12 ? stretch({ unit: 'month', m: Number(m), y }) : null;
const quarter = (n: unknown, y: number | null): DateToken => stretch({ unit: 'quarter', n: Number(n), y });

/** "2022" or "22"; null when nothing is written. */
function yearOf(written: string | undefined): number | null {
  if (!written) return null;
  return written.length === 2 ? 2000 + Number(written) : Number(written);
}

const Y = '((?:19|20|21)\\d\\d)(?!\\d)';
const after = `(?:(?:[ ,]{1,2}|[ ,]{0,2}år )${Y}|[/-]${Y}| ?['’](\\d\\d)(?!\\d))?`;
const rule = (pattern: string) => new RegExp(pattern, 'uy');
const years = (...written: (string | undefined)[]) => yearOf(written.find((year) => year));

/** Tried in order at each place; day first always. */
const rules: Rule[] = [
  [
    rule(`${Y}-(\\d{1,2})-(\\d{1,2})(?:t\\d\\d:\\d\\d(?::\\d\\d)?[\\d.]{0,10}z?)?(?!\\d)`),
    ([, y, m, d]) => day(d, m, Number(y)),
  ],
  [rule(`${Y}([./])(\\d{1,2})\\2(\\d{1,2})(?!\\d)`), ([, y, , m, d]) => day(d, m, Number(y))],
  [rule(`((?:19|20|21)\\d\\d)(\\d\\d)(\\d\\d)(?!\\d)`), ([, y, m, d]) => day(d, m, Number(y))],
  [rule(`${Y}[- ]?(?:${weekWord})\\.? ?(\\d{1,2})(?!\\d)`), ([, y, n]) => week(n, Number(y))],
  [rule(`${Y}[- ]?(?:q|kv)\\.? ?([1-4])(?!\\d)`), ([, y, n]) => quarter(n, Number(y))],
  [rule(`${Y}-(\\d\\d)(?![\\d/.])`), ([, y, m]) => month(m, Number(y))],
  [
    rule(`(\\d{1,2})([./-]) ?(\\d{1,2})\\2 ?(?:${Y}|(\\d\\d)(?![\\d./]))`),
    ([, d, , m, y, yy]) => day(d, m, years(y, yy)),
  ],
  // "30/11 2022", "12/10-22" and "12/10 '22" carry a year; 20–39 only, so that "3/10-14" is not the year 14.
  [rule(`(\\d{1,2})[/.](\\d{1,2})\\.?[ ,]{1,2}${Y}(?!-)`), ([, d, m, y]) => day(d, m, Number(y))],
  [
    rule(`(\\d{1,2})/(\\d{1,2}) ?(?:-([23]\\d)|['’](\\d\\d))(?![\\d/.:]| ?\\p{L})`),
    ([, d, m, y, yy]) => day(d, m, years(y, yy)),
  ],
  [rule(`(\\d{1,2})/(\\d{1,2})(?![\\d/])`), ([, d, m]) => day(d, m, null)],
  [rule(`(\\d{1,2})\\. ?(\\d{1,2})(?:\\.(?!\\d)|(?![\\d.]))`), ([, d, m]) => day(d, m, null)],
  [
    rule(`(\\d{1,2})(?:\\.|:[ae]|st|nd|rd|th)? ?(?:of )?(\\p{L}{3,12})(?!\\p{L})\\.?${after}`),
    ([, d, word, ...y]) => {
      const m = monthOf(word ?? '');
      // "32 okt" is not October.
      return m === null ? null : (day(d, m, years(...y)) ?? { is: 'unknown', text: '' });
    },
  ],
  [
    rule(`(\\p{L}{3,12})\\.? (\\d{1,2})(st|nd|rd|th)?(?![\\d/.:])(?:,? ${Y})?`),
    ([, word, d, ordinal, y]) => {
      const m = monthOf(word ?? '');
      // "okt 22" may be the 22nd or the year.
      return m === null || (!y && !ordinal && Number(d) >= 20) ? null : day(d, m, years(y));
    },
  ],
  [
    rule(`(\\p{L}{3,12})(?!\\p{L})\\.?(?! \\d\\d?(?!\\d))${after}`),
    ([, word, ...y]) => month(monthOf(word ?? ''), years(...y)),
  ],
  [rule(`(?:${weekWord})\\.? ?(\\d{1,2})(?![\\d/.]\\d|\\d)${after}`), ([, n, ...y]) => week(n, years(...y))],
  [rule(`(?:${weekWord})\\.? ?(\\d{1,2})/${Y}`), ([, n, y]) => week(n, Number(y))],
  [rule(`(?:q|(?:${quarterWord})\\.?) ?([1-4])(?!\\d)${after}`), ([, n, ...y]) => quarter(n, years(...y))],
  [
    rule(`([1-4])(?:\\.|:[ae]|st|nd|rd|th)? ?(?:${quarterWord})(?!\\p{L})${after}`),
    ([, n, ...y]) => quarter(n, years(...y)),
  ],
  [
    rule(`(\\p{L}{5,11}) (?:${quarterWord})(?!\\p{L})${after}`),
    ([, word, ...y]) => {
      const n = ordinalOf(word ?? '');
      return n ? quarter(n, years(...y)) : null;
    },
  ],
  [
    rule(`(?:kl|klo|at|klockan|klokken)\\.? ?\\d{1,2}(?:[:.]\\d\\d)?(?: ?[-–—] ?\\d{1,2}(?:[:.]\\d\\d)?)?(?![\\d/])`),
    () => 'skip',
  ],
  [rule(`\\d{1,2}:\\d\\d(?: ?[-–—] ?\\d{1,2}:\\d\\d)?(?!\\d)`), () => 'skip'],
  [rule(Y), ([, y]) => stretch({ unit: 'year', y: Number(y) })],
  [rule(`(\\d{1,2})(?:\\.|:[ae]|st|nd|rd|th)?(?![\\d\\p{L}/])`), ([, n]) => ({ is: 'number', n: Number(n), text: '' })],
  [
    rule(`\\p{L}{1,40}(?:[.-]\\p{L}{1,40}){0,4}\\.?`),
    ([word]) => {
      const meaning = wordMeaning(word ?? '');
      return meaning === 'nothing' ? 'skip' : meaning ? { is: meaning, text: '' } : null;
    },
  ],
  [rule(`[-–—‒−→]{1,3}|\\.{3}|…`), () => ({ is: 'to', text: '' })],
  [rule(`[,;&+\\n]`), () => ({ is: 'and', text: '' })],
  [rule(`\\?`), () => ({ is: 'maybe', text: '' })],
  [rule(`[\\s.:()\\[\\]!*"“”]`), () => 'skip'],
];

const rest = /\p{L}{1,200}|\d{1,200}(?:[/.-]\d{1,200})*|[\s\S]/uy;

/** @param cell plain text of a date cell; line breaks separate dates. */
export function dateTokens(cell: string): DateToken[] {
  let text = cell
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ /g, ' ');
  for (const [pattern, word] of phrases) text = text.replace(pattern, word);
  const tokens: DateToken[] = [];
  let at = 0;
  scan: while (at < text.length) {
    for (const [pattern, make] of rules) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      const made = found && make(found);
      if (!found || !made) continue;
      at += found[0].length;
      if (made !== 'skip') tokens.push({ ...made, text: found[0].trim() });
      continue scan;
    }
    rest.lastIndex = at;
    const piece = rest.exec(text)?.[0] ?? text.slice(at, at + 1);
    tokens.push({ is: 'unknown', text: piece });
    at += piece.length;
  }
  return tokens;
}
