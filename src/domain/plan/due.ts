/** Reads a date cell: single days, lists, windows, and years that nobody wrote. */

import { type DateToken, dateTokens, type Stretch } from './date-tokens.ts';
import { noDate } from './date-words.ts';
import type { PlanDue } from './plan.ts';
import { firstFrom, lastBefore, type Span, spanIn } from './spans.ts';

/** One due point as written: a stretch, or a window between two. */
type Item = { text: string; first: Stretch; last: Stretch | null };

export type ReadDue = {
  due: PlanDue;
  /** As written, for messages. */
  text: string;
  /** The year was not written. */
  assumed: boolean;
  /** The days it begins and ends on were written, and not only the week, month or quarter. */
  exact: { first: boolean; last: boolean };
};

export type DueCell = {
  due: ReadDue[];
  ongoing: boolean;
  uncertain: boolean;
  /** Some of the cell was not understood. */
  unreadable: boolean;
  /** A date has no year, and there is no decision date to take it from. */
  needsYear: boolean;
};

/**
 * @param cell plain text
 * @param reference the decision date: a date without a year is the first such date on or after it; null when unknown
 */
export function readDue(cell: string, reference: Temporal.PlainDate | null): DueCell {
  const nothing = { due: [], ongoing: false, unreadable: false, needsYear: false };
  if (noDate.test(cell.trim().toLowerCase())) return { ...nothing, uncertain: cell.includes('?') };
  const tokens = dateTokens(cell);
  const has = (what: DateToken['is']) => tokens.some(({ is }) => is === what);
  const { items, leftover } = itemsOf(share(tokens));
  const spans = resolve(items, reference);
  const due: ReadDue[] = [];
  let [impossible, needsYear] = [false, false];
  for (const [at, item] of items.entries()) {
    const span = spans[at];
    const assumed = item.first.y === null || item.last?.y === null;
    if (!span) {
      if (assumed && !reference) needsYear = true;
      else impossible = true;
      continue;
    }
    const exact = { first: item.first.unit === 'day', last: (item.last ?? item.first).unit === 'day' };
    const single = !item.last && exact.first;
    due.push({ due: single ? { on: span.from } : { from: span.from, to: span.to }, text: item.text, assumed, exact });
  }
  return {
    due,
    ongoing: has('ongoing'),
    uncertain: has('maybe'),
    unreadable: leftover || impossible || has('unknown'),
    needsYear,
  };
}

/** Gives years to the dates beside them, and numbers alone the week before them, or the month after them: "v. 41–43", "12, 14 och 16 oktober". */
function share(tokens: readonly DateToken[]): DateToken[] {
  const shared: DateToken[] = tokens.filter(({ is }) => is !== 'maybe');
  // "12/10 (2022)" and "2022: 12/10": a year beside a date is its year.
  for (let at = 0; at + 1 < shared.length; at++) {
    const [one, two] = [shared[at], shared[at + 1]];
    if (one?.is !== 'stretch' || two?.is !== 'stretch') continue;
    const [dated, year] = two.stretch.unit === 'year' ? [one, two] : [two, one];
    if (year.stretch.unit !== 'year' || dated.stretch.unit === 'year' || dated.stretch.y !== null) continue;
    const stretch = { ...dated.stretch, y: year.stretch.y };
    shared.splice(at, 2, { is: 'stretch', stretch, text: `${one.text} ${two.text}` });
  }
  const joined = (token: DateToken | undefined) => token?.is === 'and' || token?.is === 'to';
  const asStretch = (at: number, stretch: Stretch) => {
    shared[at] = { is: 'stretch', stretch, text: shared[at]?.text ?? '' };
  };
  for (const [at, token] of shared.entries()) {
    const before = shared[at - 2];
    if (token.is !== 'number' || !joined(shared[at - 1]) || before?.is !== 'stretch') continue;
    const { stretch } = before;
    if (stretch.unit === 'week' && token.n >= 1 && token.n <= 53) asStretch(at, { ...stretch, n: token.n });
    if (stretch.unit === 'quarter' && token.n >= 1 && token.n <= 4) asStretch(at, { ...stretch, n: token.n });
    // "October 12–14": written month first.
    if (stretch.unit === 'day' && /^\p{L}/u.test(before.text)) asStretch(at, { ...stretch, d: token.n });
  }
  for (let at = shared.length - 1; at >= 0; at--) {
    const [token, next] = [shared[at], shared[at + 2]];
    if (token?.is !== 'number' || !joined(shared[at + 1]) || next?.is !== 'stretch') continue;
    if (next.stretch.unit === 'day') asStretch(at, { ...next.stretch, d: token.n });
  }
  return shared;
}

function itemsOf(tokens: readonly DateToken[]): { items: Item[]; leftover: boolean } {
  const items: Item[] = [];
  let leftover = false;
  let opened = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as DateToken;
    if (token.is === 'number') leftover = true;
    if (token.is === 'from' || token.is === 'between') opened = true;
    if (token.is !== 'stretch') continue;
    let next = at + 1;
    const between = opened && tokens.some(({ is }) => is === 'between');
    while (tokens[next]?.is === 'to' || (between && tokens[next]?.is === 'and')) next++;
    const last = tokens[next];
    if (next > at + 1 && last?.is === 'stretch') {
      items.push({ text: `${token.text} – ${last.text}`, first: token.stretch, last: last.stretch });
      at = next;
      opened = false;
      continue;
    }
    // "12/10 –" and "från 12/10" begin something and do not say when it ends, unless it goes on for good.
    if ((next > at + 1 || opened) && !tokens.some(({ is }) => is === 'ongoing')) leftover ||= !endsHere(tokens, at);
    opened = false;
    // "höst 2022" is not the whole of 2022.
    if (token.stretch.unit === 'year' && tokens.some(({ is }) => is === 'unknown')) continue;
    items.push({ text: token.text, first: token.stretch, last: null });
  }
  return { items, leftover };
}

/** "7.11. asti": the word for "until" stands after the date in Finnish. */
function endsHere(tokens: readonly DateToken[], at: number): boolean {
  return /^(asti|saakka)$/.test(tokens[at + 1]?.text ?? '');
}

/** A window or a list that would need more days than this to run forward is written backwards, or in no order. */
const longest = 320;

function resolve(items: readonly Item[], reference: Temporal.PlainDate | null): (Span | null)[] {
  const spans: (Span | null)[] = items.map((item) => (item.first.y !== null || item.last?.y ? anchored(item) : null));
  // A date before one with a year is the last such date before it; one after it the first after it.
  for (let at = items.length - 2; at >= 0; at--) {
    const [item, next] = [items[at] as Item, spans[at + 1]];
    if (!spans[at] && yearless(item) && next) spans[at] = window(item, (part) => lastBefore(part, next.from));
  }
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as Item;
    if (spans[at] || !yearless(item)) continue;
    const before = spans[at - 1];
    const onward = before && forward(item, before.from);
    const near = onward && before.from.until(onward.from).days <= longest;
    const fresh = reference && forward(item, reference);
    spans[at] = near ? onward : (fresh ?? onward ?? null);
  }
  return spans;
}

function yearless(item: Item): boolean {
  return item.first.y === null && (item.last === null || item.last.y === null);
}

function anchored({ first, last }: Item): Span | null {
  const [a, b] = [first.y === null ? null : spanIn(first, first.y), last?.y ? spanIn(last, last.y) : null];
  if (!last) return a;
  const from = first.y === null ? b && lastBefore(first, b.from) : a;
  const to = last.y === null ? a && firstFrom(last, a.from) : b;
  return from && to && { from: from.from, to: to.to };
}

function window(item: Item, place: (part: Stretch) => Span | null): Span | null {
  const to = place(item.last ?? item.first);
  if (!item.last || !to) return to;
  const from = lastBefore(item.first, to.from);
  return from && { from: from.from, to: to.to };
}

/** The first such day or window that is not over before `date`; over New Year when its end comes before its start. */
function forward(item: Item, date: Temporal.PlainDate): Span | null {
  const whole = window(item, (part) => firstFrom(part, date));
  if (!item.last || (whole && whole.from.until(whole.to).days <= longest)) return whole;
  const from = firstFrom(item.first, date);
  const to = from && spanIn(item.last, from.from.year);
  return from && to && { from: from.from, to: to.to };
}
