import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDue } from '../../../src/domain/plan/due.ts';
import { dueKey } from '../../../src/domain/plan/plan.ts';

const decided = Temporal.PlainDate.from('2022-09-23');
const read = (cell: string, reference: Temporal.PlainDate | null = decided) => readDue(cell, reference);
const keys = (cell: string, reference: Temporal.PlainDate | null = decided) =>
  read(cell, reference).due.map(({ due }) => dueKey(due));
/** Reads to exactly these, and nothing of the cell is left over. */
const wholly = (cell: string, ...expected: string[]) => {
  const { unreadable, needsYear } = read(cell);
  expect({ cell, keys: keys(cell), unreadable, needsYear }).toEqual({
    cell,
    keys: expected,
    unreadable: false,
    needsYear: false,
  });
};

describe('single days', () => {
  it.each([
    ...['12/10', '12/10.', '12.10.', '12.10', '12 okt', '12 okt.', '12. oktober', '12 oktober 2022', '2022-10-12'],
    ...['12 October', '12th of October 2022', 'Oct 12', 'October 12, 2022', '12. lokakuuta', '12 lokakuuta 2022'],
    ...['12/10/2022', '12.10.2022', '12-10-2022', '12.10.22', '12/10-22', '12/10 2022', '12/10 (2022)', '2022: 12/10'],
    ...[
      '20221012',
      '2022/10/12',
      'den 12:e oktober',
      'onsdag 12/10',
      'ke 12.10.',
      'ons 12/10 kl. 13.00',
      '12/10 13:00–15:00',
    ],
  ])('%s is 12 October 2022', (cell) => wholly(cell, '2022-10-12'));

  it.each([
    'senast 12/10',
    'Senast den 12 oktober',
    'innen 12/10',
    'by 12 October',
    'viimeistään 12.10.',
    '12.10. mennessä',
    'no later than 12 October',
    't.o.m. 12/10',
    '12.10. asti',
  ])('a deadline word changes nothing: %s', (cell) => wholly(cell, '2022-10-12'));

  it('the day comes first even where an American would read December: 10/12', () => wholly('10/12', '2022-12-10'));

  it.each(['10/13', '31/2', '31 november', '2022-02-30', '0/10', '12/0', 'v. 54', '32 okt', '99/99'])(
    'no such day is unreadable, never moved to the next: %s',
    (cell) => expect(read(cell)).toMatchObject({ due: [], unreadable: true }),
  );
});

describe('lists', () => {
  it.each([
    '12/10 och 30/11',
    '12/10, 30/11',
    '12/10 og 30/11',
    '12.10. ja 30.11.',
    '12 Oct and 30 Nov',
    '12/10; 30/11',
    '12/10\n30/11',
    '12/10 30/11',
    '12/10 & 30/11',
    '12/10 och 30/11 2022',
  ])('%s is two dates', (cell) => wholly(cell, '2022-10-12', '2022-11-30'));

  it('days before one month share it', () => wholly('12, 14 och 16 oktober', '2022-10-12', '2022-10-14', '2022-10-16'));
  it('a list over New Year rolls on', () => wholly('30/11, 10/1 och 1/3', '2022-11-30', '2023-01-10', '2023-03-01'));
  it('an item after one that rolled stays with it', () => wholly('30/6, 1/11', '2023-06-30', '2023-11-01'));
  it('a list in no order is not thrown a year ahead', () => wholly('10/1, 15/12', '2023-01-10', '2022-12-15'));
  it('a year on the last date holds for those before it', () => wholly('15/12, 10/1 2025', '2024-12-15', '2025-01-10'));
  it('weeks share the word', () => wholly('uke 41 og 43', '2022-10-10/2022-10-16', '2022-10-24/2022-10-30'));
});

describe('windows', () => {
  it.each([
    '12/10 - 7/11',
    '12/10-7/11',
    '12/10–7/11',
    '12/10 — 7/11',
    '12/10 till 7/11',
    '12/10 til 7/11',
    '12 Oct to 7 Nov',
    '12.10.–7.11.',
    '12.10.-7.11.2022',
    'från 12/10 till 7/11',
    'fra og med 12/10 til og med 7/11',
    'mellan 12/10 och 7/11',
    '12/10 t.o.m. 7/11',
    '2022-10-12 – 2022-11-07',
  ])('%s is one window', (cell) => wholly(cell, '2022-10-12/2022-11-07'));

  it.each(['12–14 oktober', '12-14/10', '12.–14.10.', '12 - 14 okt 2022', 'October 12–14'])(
    'two days of one month: %s',
    (cell) => wholly(cell, '2022-10-12/2022-10-14'),
  );

  it('spans New Year when the end comes before the start', () =>
    wholly('12/10 - 7/11, 15/12 - 10/1', '2022-10-12/2022-11-07', '2022-12-15/2023-01-10'));
  it('one that was open on the decision day is this year’s', () => wholly('1/9 - 30/11', '2022-09-01/2022-11-30'));
  it('a school year is a window', () => wholly('1/10 - 30/6', '2022-10-01/2023-06-30'));
  it('one written backwards stays backwards', () => wholly('7/11 - 12/10', '2022-11-07/2022-10-12'));
  it('a year on its end holds for its start', () => wholly('15/12 - 10/1 2025', '2024-12-15/2025-01-10'));
  it('an open end is said, and the date kept', () =>
    expect(read('från 12/10')).toMatchObject({
      due: [{ due: { on: Temporal.PlainDate.from('2022-10-12') } }],
      unreadable: true,
    }));
});

describe('weeks, months, quarters are windows over their days', () => {
  it.each([
    'v. 41',
    'v.41',
    'v41',
    'vecka 41',
    'uke 41',
    'vko 41',
    'viikolla 41',
    'week 41',
    'vko 41/2022',
    '2022-W41',
    'v. 41 2022',
  ])('%s', (cell) => wholly(cell, '2022-10-10/2022-10-16'));
  it.each(['v. 41-43', 'veckorna 41–43', 'v. 41–v. 43', 'weeks 41 to 43'])('%s is three weeks', (cell) =>
    wholly(cell, '2022-10-10/2022-10-30'),
  );
  it.each(['mars', 'Mars 2023', 'maaliskuu', 'maaliskuussa 2023', 'March', 'i mars', '2023-03'])('%s', (cell) =>
    wholly(cell, '2023-03-01/2023-03-31'),
  );
  it.each([
    'Q3 2024',
    'kvartal 3 2024',
    'kv 3 2024',
    '3:e kvartalet 2024',
    'tredje kvartalet 2024',
    '2024 Q3',
    'third quarter 2024',
  ])('%s', (cell) => wholly(cell, '2024-07-01/2024-09-30'));
  it('February knows leap years', () => wholly('februari 2024', '2024-02-01/2024-02-29'));
  it('months joined are one window', () => wholly('nov - jan', '2022-11-01/2023-01-31'));
  it('the week of the decision still counts', () => wholly('v. 38', '2022-09-19/2022-09-25'));
  it('week 53 waits for a year that has one', () => wholly('v. 53', '2026-12-28/2027-01-03'));
  it('week 53 of a year without one is unreadable', () =>
    expect(read('v. 53 2022')).toMatchObject({ due: [], unreadable: true }));
  it('29 February waits for a leap year', () => wholly('29/2', '2024-02-29'));
});

describe('the year nobody wrote', () => {
  it('the decision day itself counts', () => wholly('23/9', '2022-09-23'));
  it('the day before the decision is next year', () => wholly('22/9', '2023-09-22'));
  it('without a decision date nothing is guessed', () =>
    expect(read('12/10', null)).toMatchObject({ due: [], needsYear: true, unreadable: false }));
  it('a written year needs none', () =>
    expect(keys('2022-10-12, 13/12/2022', null)).toEqual(['2022-10-12', '2022-12-13']));
  it('"okt 22" may be a day or a year, so it is neither', () =>
    expect(read('okt 22')).toMatchObject({ due: [], unreadable: true }));
  it('"3/10-14" is not the year 14', () => expect(keys('3/10-14')).toEqual(['2022-10-03']));
});

describe('no date at all', () => {
  it.each(['', ' ', '-', '–', '?', 'TBD', 'ej bestämt', 'ei tiedossa'])('%j is simply none', (cell) => wholly(cell));
  it.each(['löpande', 'Fortlöpande under året', 'fortløpende', 'jatkuva', 'ongoing', 'tills vidare'])(
    '%s is ongoing',
    (cell) => {
      wholly(cell);
      expect(read(cell).ongoing).toBe(true);
    },
  );
  it.each(['efter sommaren', 'höst 2022', 'när enkäten är klar', '🙂', '١٢/١٠', '12/10/11/12'])(
    '%s is unreadable',
    (cell) => expect(read(cell)).toMatchObject({ due: [], unreadable: true }),
  );
  it('what can be read beside it is kept', () => {
    expect(keys('12/10 och efter sommaren')).toEqual(['2022-10-12']);
    expect(read('12/10 och efter sommaren').unreadable).toBe(true);
  });
  it('"about" and "?" make a date uncertain', () => {
    expect(read('ca 12/10').uncertain).toBe(true);
    expect(read('12/10?').uncertain).toBe(true);
    expect(read('12/10').uncertain).toBe(false);
  });
});

const monthNames: Record<string, string[]> = {
  sv: [
    'januari',
    'februari',
    'mars',
    'april',
    'maj',
    'juni',
    'juli',
    'augusti',
    'september',
    'oktober',
    'november',
    'december',
  ],
  nb: [
    'januar',
    'februar',
    'mars',
    'april',
    'mai',
    'juni',
    'juli',
    'august',
    'september',
    'oktober',
    'november',
    'desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  fi: ['tammi', 'helmi', 'maalis', 'huhti', 'touko', 'kesä', 'heinä', 'elo', 'syys', 'loka', 'marras', 'joulu'].map(
    (stem) => `${stem}kuuta`,
  ),
};
const anyDate = fc.integer({ min: 0, max: 364 }).map((days) => decided.add({ days }));
const language = fc.constantFrom('sv', 'nb', 'en', 'fi');
const monthIn = (words: string, date: Temporal.PlainDate) => monthNames[words]?.[date.month - 1] ?? '';
const yearless: ((date: Temporal.PlainDate, words: string) => string)[] = [
  (date) => `${date.day}/${date.month}`,
  (date) => `${date.day}.${date.month}.`,
  (date, words) => `${date.day} ${monthIn(words, date)}`,
  (date, words) => `${date.day}. ${monthIn(words, date).slice(0, words === 'fi' ? undefined : 3)}`,
];
const dated: typeof yearless = [
  (date) => date.toString(),
  (date) => `${date.day}/${date.month} ${date.year}`,
  (date) => `${date.day}.${date.month}.${date.year}`,
  (date) => `${date.day}/${date.month}/${date.year}`,
  (date, words) => `${date.day} ${monthIn(words, date)} ${date.year}`,
];
const lists: Record<string, string> = { sv: ' och ', nb: ' og ', en: ' and ', fi: ' ja ' };
const windows: Record<string, string[]> = { sv: ['till', '-'], nb: ['til', '–'], en: ['to', '-'], fi: ['–', '-'] };

describe('whatever form and language a date is written in', () => {
  it('it reads back', () => {
    fc.assert(
      fc.property(anyDate, language, fc.constantFrom(...yearless, ...dated), (date, words, write) => {
        wholly(write(date, words), date.toString());
      }),
      { numRuns: 1000 },
    );
  });

  it('lists and windows of it read back', () => {
    const forms = fc.constantFrom(...yearless, ...dated);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 2, maxLength: 2 }),
        language,
        forms,
        fc.boolean(),
        (days, words, write, isList) => {
          const [first, last] = days.sort((a, b) => a - b).map((n) => decided.add({ days: n })) as [
            Temporal.PlainDate,
            Temporal.PlainDate,
          ];
          const [a, b] = [write(first, words), write(last, words)];
          if (isList) wholly(`${a}${lists[words]}${b}`, first.toString(), last.toString());
          else for (const to of windows[words] ?? []) wholly(`${a} ${to} ${b}`, `${first}/${last}`);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a year that was not written lands within a year of the decision, never before it', () => {
    const decision = fc
      .integer({ min: 0, max: 20_000 })
      .map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }));
    fc.assert(
      fc.property(
        decision,
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1, max: 12 }),
        (reference, day, month) => {
          const [due] = readDue(`${day}/${month}`, reference).due;
          expect(due?.assumed).toBe(true);
          const on = due && 'on' in due.due ? due.due.on : null;
          const days = on ? reference.until(on).days : -1;
          expect(days).toBeGreaterThanOrEqual(0);
          expect(days).toBeLessThan(366);
        },
      ),
    );
  });

  it('noise never throws, and every date it gives is one', () => {
    const pieces = fc.constantFrom(
      ...[
        '12',
        '/',
        '.',
        '-',
        '10',
        '2022',
        'v',
        'och',
        'till',
        'mars',
        ' ',
        '?',
        'Q',
        '\n',
        'från',
        '99',
        'löpande',
        'kl',
      ],
      ...['\u0000', 'å', '\ud800', 'mellan', "'22", 't o m', '3:e', 'kvartal'],
    );
    const cells = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(pieces, { maxLength: 15 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(cells, (cell) => {
        for (const key of keys(cell)) expect(key).toMatch(/^\d{4}-\d\d-\d\d(\/\d{4}-\d\d-\d\d)?$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('a word that is not understood is said, and the date beside it kept', () => {
    fc.assert(
      fc.property(
        anyDate,
        language,
        fc.constantFrom('sommaren', 'xyzzy', 'etter', 'ennen', '§', '%'),
        (date, words, word) => {
          const cell = `${date.day} ${monthIn(words, date)} ${date.year} ${word}`;
          expect({ keys: keys(cell), unreadable: read(cell).unreadable }).toEqual({
            keys: [date.toString()],
            unreadable: true,
          });
        },
      ),
    );
  });

  // Of more than its length, the work of one of these would outlast the test's minute.
  it.each(['1', '1/', '12/10 ', 'v', 'v. ', '-', 'från ', '2022', ', '])('a very long cell of %j ends', (piece) => {
    expect(read(piece.repeat(60_000))).toMatchObject({ unreadable: expect.any(Boolean) });
  });
});
