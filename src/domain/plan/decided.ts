/** Finds when the group's work was decided, which is where dates without a year begin. */

import { type DateToken, dateTokens } from './date-tokens.ts';
import { plainCell } from './markup.ts';
import { spanIn } from './spans.ts';

/** "Beslutat", "fastställd", "vedtatt", "päätetty", "decided" … not "beslutsfattare" or "undecided". */
const decidedWord =
  /(?<!\p{L})(?:beslut(?:at|ad|ades|ade|ande|sdatum|sdag)?|fastställ(?:t|d|des|de|ande)|antag(?:en|et|ande)|antog(?:s)?|godkän(?:t|d|des|de)|vedta(?:tt|k|ksdato|get)|beslutte(?:t|de)|besluttet|godkjent|päätet(?:ty|tiin)|päätö(?:s|späivä|späivämäärä)|päätti|hyväksyt(?:ty|tiin)|decided|decision|adopted|approved)(?!\p{L})/giu;

/** How much after the word may stand before its date: a committee's long name, on a line or two. */
const reach = 220;
const mostLines = 3;
const mostWords = 500;

/** The first full date (day, month and year) that stands with a word for deciding; null when none does. */
export function findDecisionDate(text: string): Temporal.PlainDate | null {
  let tried = 0;
  for (const found of text.matchAll(decidedWord)) {
    if (++tried > mostWords) break;
    const end = found.index + found[0].length;
    const after = text
      .slice(end, end + reach)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, mostLines);
    // The rest of the word's own line first, then what stands before it there, then the lines below.
    const start = text.lastIndexOf('\n', found.index) + 1;
    const own = text[end] === '\n' ? [] : after.splice(0, 1);
    const before = text.slice(Math.max(start, found.index - reach), found.index);
    for (const part of [...own, before, ...after.filter((line) => !line.includes('\t') && !line.includes('|'))]) {
      const date = fullDate(part);
      if (date) return date;
    }
  }
  return null;
}

/** A date somebody gives by hand, in any form that names its year; null when it is not one date and nothing else. */
export function readGivenDate(text: string): Temporal.PlainDate | null {
  const tokens = text.length > 60 ? [] : dateTokens(text);
  return tokens.length === 1 && tokens[0] ? dateOf(tokens[0]) : null;
}

function fullDate(line: string): Temporal.PlainDate | null {
  for (const token of dateTokens(plainCell(line).text)) {
    const date = dateOf(token);
    if (date) return date;
  }
  return null;
}

function dateOf(token: DateToken): Temporal.PlainDate | null {
  if (token.is !== 'stretch' || token.stretch.unit !== 'day' || token.stretch.y === null) return null;
  return spanIn(token.stretch, token.stretch.y)?.from ?? null;
}
