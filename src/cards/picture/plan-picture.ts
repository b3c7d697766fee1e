/**
 * The plan as a picture: a row for each activity, a bar for each window, a diamond for each due point, and a line for today.
 * How something stands is told by a symbol and a pattern; colour comes on top. SVG, drawn to be read on a card.
 */

import type { Language } from '../../domain/group.ts';
import { localeOf, say } from '../words.ts';
import { type Mark, marks, type PictureStatus, patterns, pictureStatuses, shape } from './marks.ts';
import { frame, line, rounded, text } from './svg.ts';
import { fitted, textWidth } from './text-width.ts';

type Day = Temporal.PlainDate;

export type PictureSpan = { from: Day; to: Day; isWindow: boolean; status: PictureStatus };
export type PictureRow = { title: string; status: PictureStatus; ongoing: boolean; spans: PictureSpan[] };
export type PlanPicture = { today: Day; rows: PictureRow[] };

/** More would be too small to read in the width of a card. */
export const rowsInPicture = 20;

/** Few enough for letters that can be read on a card half as wide. */
const width = 840;
const margin = 16;
const chart = { left: 344, right: width - margin };
const size = 20;
const rowHeight = 40;
const headHeight = 84;
/** Where the years and the months stand. */
const head = { years: 50, months: 74 };
const legendLine = 32;
/** Today is shown when it is no further away from the plan than this. */
const nearDays = 92;

const ink = '#1c1c1c';
const faint = '#5a5a5a';
const grid = '#c9d0d6';
const now = '#8a1c5c';
/** Keeps the lines of the months and of today out of letters. */
const edge = 'stroke="#ffffff" stroke-width="5" paint-order="stroke"';

export function planPictureSvg({ today, rows }: PlanPicture, language: Language): string {
  const range = rangeOf(rows, today);
  const across = acrossOf(range);
  const shown = rows.slice(0, rowsInPicture);
  const bottom = headHeight + shown.length * rowHeight;
  const legend = legendOf(shown, language);
  const height = Math.ceil(bottom + margin + legend.length * legendLine + margin / 2);
  const parts = [
    ...shown.map((_, index) =>
      index % 2 === 0 ? rounded(0, headHeight + index * rowHeight, width, rowHeight, 'fill="#f1f4f6"') : '',
    ),
    ...todayLine(range, across, today, bottom, language),
    ...months(range, across, bottom, language),
    ...shown.map((row, index) => rowOf(row, headHeight + index * rowHeight + rowHeight / 2, across, language)),
    ...legend.flatMap((entries, at) => legendRow(entries, bottom + margin + at * legendLine + legendLine / 2)),
  ];
  return frame(width, height, patterns, parts);
}

type Range = { from: Day; until: Day };
type Across = (day: Day) => number;

/** Whole months, with today in it when that is near. */
function rangeOf(rows: PictureRow[], today: Day): Range {
  const days = rows
    .flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]))
    .sort(Temporal.PlainDate.compare);
  let [first, last] = [days[0] ?? today, days.at(-1) ?? today];
  if (days.length === 0 || Math.abs(distance(today, first)) <= nearDays) first = earlier(first, today);
  if (days.length === 0 || Math.abs(distance(today, last)) <= nearDays) last = later(last, today);
  const from = first.with({ day: 1 });
  const until = last.with({ day: 1 }).add({ months: 1 });
  return { from, until: distance(from, until) < 50 ? until.add({ months: 1 }) : until };
}

const distance = (from: Day, to: Day) => from.until(to, { largestUnit: 'days' }).days;
const earlier = (one: Day, other: Day) => (Temporal.PlainDate.compare(one, other) < 0 ? one : other);
const later = (one: Day, other: Day) => (Temporal.PlainDate.compare(one, other) > 0 ? one : other);

function acrossOf({ from, until }: Range): Across {
  const all = distance(from, until);
  return (day) => chart.left + (distance(from, day) / all) * (chart.right - chart.left);
}

const monthNames = new Map<Language, Intl.DateTimeFormat>();

function monthName(month: Day, language: Language): string {
  const format =
    monthNames.get(language) ?? new Intl.DateTimeFormat(localeOf[language], { month: 'short', timeZone: 'UTC' });
  monthNames.set(language, format);
  // Finnish says "in October" of a date; a heading names the month.
  return format.format(new Date(`${month}T12:00Z`)).replace(/\.$|kuuta$/, '');
}

/** A line for each month, a name where there is room, and the year where it begins. */
function months({ from, until }: Range, across: Across, bottom: number, language: Language): string[] {
  const all: Day[] = [];
  for (let month = from; Temporal.PlainDate.compare(month, until) < 0; month = month.add({ months: 1 }))
    all.push(month);
  const room = (chart.right - chart.left) / all.length;
  const step = [1, 2, 3, 6, 12].find((months) => months * room > 58) ?? Math.ceil(58 / room);
  return all.flatMap((month, index) => {
    const x = across(month);
    const isNamed = index % step === 0;
    const starts = index === 0 || month.month === 1;
    const hasYear = starts && room * (13 - month.month) > 44;
    const top = hasYear ? head.years - 16 : isNamed ? head.months - 16 : headHeight;
    return [
      line(x, top, x, bottom, `stroke="${grid}" stroke-width="${starts ? 2 : 1}"`),
      isNamed ? text(x + 5, head.months, monthName(month, language), `font-size="17" fill="${ink}" ${edge}`) : '',
      hasYear
        ? text(x + 5, head.years, String(month.year), `font-size="17" font-weight="bold" fill="${ink}" ${edge}`)
        : '',
    ];
  });
}

function todayLine({ from, until }: Range, across: Across, today: Day, bottom: number, language: Language): string[] {
  if (Temporal.PlainDate.compare(today, from) < 0 || Temporal.PlainDate.compare(today, until) >= 0) return [];
  const x = across(today);
  const word = say(language, 'picture.today');
  const half = textWidth(word, 16) / 2 + 6;
  const middle = Math.min(Math.max(x, chart.left + half), chart.right - half);
  return [
    line(x, 22, x, bottom, `stroke="${now}" stroke-width="2.5" stroke-dasharray="7 4"`),
    rounded(middle - half, 2, half * 2, 22, `fill="${now}"`, 4),
    text(middle, 18, word, `font-size="16" text-anchor="middle" fill="#ffffff"`),
  ];
}

function rowOf(row: PictureRow, middle: number, across: Across, language: Language): string {
  const parked = row.status === 'parked';
  const mark = marks[row.status];
  const left = margin + 28;
  const title = fitted(row.title.replaceAll(/\s+/g, ' '), size, chart.left - left - 12);
  return [
    mark.symbol === ''
      ? ''
      : text(margin + 10, middle + 7, mark.symbol, `font-size="${size}" text-anchor="middle" fill="${mark.line}"`),
    text(left, middle + 7, title, `font-size="${size}" fill="${parked ? faint : ink}"`),
    ...spansOf(row, middle, across, language),
  ].join('');
}

function spansOf({ spans, ongoing, status }: PictureRow, middle: number, across: Across, language: Language): string[] {
  if (ongoing) return [ongoingLine(chart.left + 8, chart.right - 8, middle, marks[status])];
  if (spans.length === 0) {
    return [text(chart.left + 10, middle + 6, say(language, 'plan.noDate'), `font-size="16" fill="${faint}" ${edge}`)];
  }
  return spans.map(({ from, to, isWindow, status: own }) => {
    const mark = marks[own];
    if (!isWindow) return shape.diamond((across(to) + across(to.add({ days: 1 }))) / 2, middle, mark);
    const start = across(from);
    return shape.bar(start, middle, Math.max(8, across(to.add({ days: 1 })) - start), mark);
  });
}

function ongoingLine(from: number, to: number, middle: number, mark: Mark): string {
  const style = `stroke="${mark.line}" stroke-width="3" stroke-dasharray="2 6" stroke-linecap="round"`;
  return line(from, middle, to - 6, middle, style) + shape.arrow(to, middle, mark);
}

type Entry = { draw: (x: number, y: number) => string; words: string; room: number };

/** What the signs mean: only those that stand in the picture. */
function legendOf(rows: PictureRow[], language: Language): Entry[][] {
  const found = new Set(rows.flatMap(({ status, spans }) => [status, ...spans.map((span) => span.status)]));
  const has = (isWindow: boolean) => rows.some(({ spans }) => spans.some((span) => span.isWindow === isWindow));
  const entry = (draw: Entry['draw'], words: string): Entry => ({ draw, words, room: 46 + textWidth(words, 17) + 22 });
  const plain = marks.none;
  const entries = [
    ...(has(true) ? [entry((x, y) => shape.bar(x, y, 30, plain), say(language, 'picture.window'))] : []),
    ...(has(false) ? [entry((x, y) => shape.diamond(x + 15, y, plain), say(language, 'picture.due'))] : []),
    ...(rows.some(({ ongoing }) => ongoing)
      ? [entry((x, y) => ongoingLine(x + 1, x + 30, y, plain), say(language, 'picture.ongoing'))]
      : []),
    ...pictureStatuses
      .filter((status) => status !== 'none' && found.has(status))
      .map((status) => {
        const mark = marks[status];
        const words = say(language, status === 'parked' ? 'picture.parked' : `status.${status}`);
        const draw = (x: number, y: number) => shape.bar(x, y, 30, mark);
        return entry(draw, mark.symbol === '' ? words : `${mark.symbol} ${words}`);
      }),
  ];
  const lines: Entry[][] = [];
  let left = 0;
  for (const one of entries) {
    if (lines.length === 0 || one.room > left) {
      lines.push([]);
      left = width - 2 * margin;
    }
    lines.at(-1)?.push(one);
    left -= one.room;
  }
  return lines;
}

function legendRow(entries: Entry[], y: number): string[] {
  let x = margin;
  return entries.map(({ draw, words, room }) => {
    const drawn = draw(x, y) + text(x + 40, y + 6, words, `font-size="17" fill="${ink}"`);
    x += room;
    return drawn;
  });
}
