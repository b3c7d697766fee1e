/** A calendar as RFC 5545 (and 7986) text: whole days only, so no time zone can shift them. */

import type { Language } from '../group.ts';

export type CalendarEvent = {
  /** Stable and unique in the world; the same event keeps it whatever else changes. */
  uid: string;
  summary: string;
  description: string;
  first: Temporal.PlainDate;
  /** The last day, itself included. */
  last: Temporal.PlainDate;
  /** Grows with every change. */
  sequence: number;
  changed: Temporal.Instant;
  /** Not decided yet. */
  tentative: boolean;
};

export type Calendar = { name: string; language: Language; events: CalendarEvent[] };

/** How often a calendar program is asked to look again. */
const refresh = 'PT4H';
const longestLine = 75;

/** CRLF after every line, no line longer than 75 octets. The same calendar gives the same text, whenever it is asked for. */
export function icsOf({ name, language, events }: Calendar): string {
  const text = (property: string, value: string) => `${property};LANGUAGE=${language}:${escaped(value)}`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Rond//Rond//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    text('NAME', name),
    `X-WR-CALNAME:${escaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${refresh}`,
    `X-PUBLISHED-TTL:${refresh}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      // Without a METHOD this is when the event was last revised.
      `DTSTAMP:${utc(event.changed)}`,
      `LAST-MODIFIED:${utc(event.changed)}`,
      `SEQUENCE:${event.sequence}`,
      `DTSTART;VALUE=DATE:${basic(event.first)}`,
      // The day after the last one.
      `DTEND;VALUE=DATE:${basic(event.last.add({ days: 1 }))}`,
      text('SUMMARY', event.summary),
      ...(event.description === '' ? [] : [text('DESCRIPTION', event.description)]),
      `STATUS:${event.tentative ? 'TENTATIVE' : 'CONFIRMED'}`,
      // A due date does not make anybody's day busy.
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const basic = (day: Temporal.PlainDate) => day.toString().replaceAll('-', '');

const utc = (at: Temporal.Instant) =>
  at.round({ smallestUnit: 'second', roundingMode: 'trunc' }).toString().replaceAll(/[-:]/g, '');

/** TEXT: what people write begins no line of its own and ends no value. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n');
}

const octets = new TextEncoder();

/** Long lines go on after a line break and a space; no character is split in two. */
function folded(line: string): string {
  let made = '';
  let length = 0;
  for (const character of line) {
    const size = octets.encode(character).length;
    if (length + size > longestLine) {
      made += '\r\n ';
      length = 1;
    }
    made += character;
    length += size;
  }
  return made;
}
