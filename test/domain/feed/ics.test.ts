/** The text of a feed, read back by somebody else's parser. */

import fc from 'fast-check';
import ical, { type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { type CalendarEvent, icsOf } from '../../../src/domain/feed/ics.ts';

const eventWith = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'a.1@rond',
  summary: 'Datainsamling',
  description: '',
  first: Temporal.PlainDate.from('2022-10-12'),
  last: Temporal.PlainDate.from('2022-10-12'),
  sequence: 0,
  changed: Temporal.Instant.from('2022-09-26T06:00:00.750Z'),
  tentative: false,
  ...more,
});
const written = (...events: CalendarEvent[]) => icsOf({ name: 'Rond – gruppen', language: 'sv', events });
const readBack = (text: string) =>
  Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');

/** What people write anywhere: marks that end a value, line breaks, letters of several octets, half a character, bells. */
const anyText = fc.string({
  unit: fc.constantFrom(...'aåöÆ;,:\\"\n\r\t\u0000\u0007\u2028 😀é漢-', '\ud800', '\r\n', 'END:VEVENT'),
  maxLength: 200,
});

test('a day is the day alone: it ends before the next, in no zone, and takes nobody’s time', () => {
  const text = written(
    eventWith(),
    eventWith({ uid: 'b@rond', last: Temporal.PlainDate.from('2022-11-07'), tentative: true }),
  );
  const lines = text.split('\r\n');
  expect(lines).toContain('DTSTART;VALUE=DATE:20221012');
  expect(lines).toContain('DTEND;VALUE=DATE:20221013');
  expect(lines).toContain('DTEND;VALUE=DATE:20221108');
  expect(lines.filter((line) => line === 'TRANSP:TRANSPARENT')).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith('STATUS:'))).toEqual(['STATUS:CONFIRMED', 'STATUS:TENTATIVE']);
  expect(lines).toContain('LAST-MODIFIED:20220926T060000Z');
  expect(lines).toContain('DTSTAMP:20220926T060000Z');
  expect(lines.slice(0, 4)).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rond//Rond//SV',
    'CALSCALE:GREGORIAN',
  ]);
  expect(lines).toContain('X-WR-CALNAME:Rond – gruppen');
  expect(lines).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT4H');
  expect(lines.at(-1)).toBe('');
  const [read] = readBack(text);
  expect(read?.datetype).toBe('date');
  expect(read?.summary).toMatchObject({ val: 'Datainsamling', params: { LANGUAGE: 'sv' } });
});

test('whatever people write stays within its value and comes back as it was; lines hold 75 octets and whole characters', () => {
  const text = fc.record({
    summary: anyText,
    description: anyText,
    uid: fc.string({ minLength: 1, unit: fc.constantFrom(...'a,;ö'), maxLength: 90 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(text, { selector: ({ uid }) => uid, maxLength: 5 }), anyText, (texts, name) => {
      const made = icsOf({ name, language: 'fi', events: texts.map((one) => eventWith(one)) });
      expect(made.endsWith('END:VCALENDAR\r\n')).toBe(true);
      const lines = made.slice(0, -2).split('\r\n');
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
        expect(line.isWellFormed()).toBe(true);
        // Nobody's words begin a line of the calendar.
        expect(line).toMatch(/^( |[A-Z][A-Z-]*[:;])/);
      }
      expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(texts.length);
      expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(texts.length);
      const whole = lines.join('\n').replaceAll('\n ', '').split('\n');
      const values = whole
        .filter((line) => line.startsWith('SUMMARY'))
        .map((line) => unescaped(line.slice(line.indexOf(':') + 1)));
      expect(values).toEqual(texts.map(({ summary }) => plain(summary)));
      expect(readBack(made)).toHaveLength(texts.length);
    }),
  );
});

const unescaped = (value: string) => value.replaceAll(/\\(.)/g, (_, mark) => (mark === 'n' ? '\n' : mark));
/** What can be said in a calendar: a line break is one, and other controls are spaces. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');
