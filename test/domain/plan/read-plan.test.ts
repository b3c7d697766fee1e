import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueKey, type Plan } from '../../../src/domain/plan/plan.ts';
import { planToJson } from '../../../src/domain/plan/plan-json.ts';
import { type ReadOptions, readPlan } from '../../../src/domain/plan/read-plan.ts';
import { charter } from './timetable.ts';

const date = (iso: string) => Temporal.PlainDate.from(iso);
const read = (text: string, options: ReadOptions = {}): Plan => {
  const result = readPlan({ text, tables: [] }, options);
  if (!result.ok) throw new Error(result.message);
  return result.plan;
};
const table = (...rows: string[]) => ['Aktivitet\tAnsvarig\tTidplan', ...rows].join('\n');
const codes = (plan: Plan) => plan.warnings.map(({ code, line }) => `${code} ${line}`);
const dues = (plan: Plan) => plan.activities.map(({ due }) => due.map(dueKey).join(' '));
const count = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length;

function expectSeedCounts({ decided, activities, warnings }: Plan) {
  expect(decided?.toString()).toBe('2022-09-23');
  expect(activities).toHaveLength(11);
  expect([
    count(activities, ({ owners }) => owners === 'all'),
    count(activities, ({ owners }) => owners.length === 1),
    count(activities, ({ owners }) => owners.length === 0),
  ]).toEqual([7, 2, 2]);
  expect([
    count(activities, ({ due }) => due.length === 1 && 'on' in (due[0] ?? {})),
    count(activities, ({ due }) => due.length === 2),
    count(activities, ({ due }) => due.length === 1 && 'from' in (due[0] ?? {})),
    count(activities, ({ due }) => due.length === 0),
  ]).toEqual([5, 1, 1, 4]);
  expect(activities.map(({ due }) => due.map(dueKey).join(' '))).toEqual([
    ...['', '2022-10-12 2022-11-30', '', '2022-10-12', '', '2022-10-12', '2022-10-12', '2022-10-12/2022-11-07'],
    ...['2022-11-30', '2022-12-13', ''],
  ]);
  const counts = Object.groupBy(warnings, ({ code }) => code);
  expect(Object.fromEntries(Object.entries(counts).map(([code, some]) => [code, some.length]))).toEqual({
    clash: 1,
    'no-owner': 2,
    'no-date': 4,
    'assumed-year': 1,
  });
}

describe('a whole charter', () => {
  it('gives eleven activities although its table is broken in two and no date has a year', () =>
    expectSeedCounts(read(charter)));

  it.skipIf(!existsSync('../shared/seeds/002_c622b864478ba9f5.txt'))('the real one gives the same', () => {
    expectSeedCounts(read(readFileSync('../shared/seeds/002_c622b864478ba9f5.txt', 'utf8')));
  });

  it('keeps titles verbatim, question marks and all, without their markup', () => {
    const titles = read(charter).activities.map(({ title }) => title);
    expect(titles[0]).toBe(
      'Kunskapsinhämtning Bevaka departementets uppdrag U2021/1 Att föreslå vägar till yrken. Uppdrag - Departementet',
    );
    expect(titles[2]).toBe('Kartlägga befintliga modeller i regionen?');
    expect(titles[10]).toBe('Planering eventuell workshop');
  });

  it('marks what is not settled', () => {
    const { activities } = read(charter);
    expect(activities.filter(({ uncertain }) => uncertain).map(({ line }) => line)).toEqual([20]);
    expect(activities.filter(({ optional }) => optional).map(({ line }) => line)).toEqual([29]);
  });

  it('says that trying the survey out leaves no day before it opens', () => {
    const clash = read(charter).warnings.find(({ code }) => code === 'clash');
    expect(clash).toMatchObject({
      line: 24,
      message: expect.stringContaining('"Datainsamling (enkät)" (line 25) opens the same day'),
    });
  });

  it('prints as the JSON everybody was promised', () => {
    const json = planToJson(read(charter));
    expect(Object.keys(json)).toEqual(['decided', 'activities', 'warnings']);
    expect(json.decided).toBe('2022-09-23');
    expect(json.activities[1]).toEqual({
      title: 'Kunskapssammanställning',
      owners: ['Maja'],
      due: [{ on: '2022-10-12' }, { on: '2022-11-30' }],
      ongoing: false,
      optional: false,
      links: [],
      line: 19,
    });
    expect(json.activities[7]?.due).toEqual([{ from: '2022-10-12', to: '2022-11-07' }]);
    for (const warning of json.warnings) expect(Object.keys(warning)).toEqual(['code', 'message', 'line']);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it('a decision date that is given wins over the one in the text', () =>
    expect(dues(read(charter, { decided: date('2024-01-10') }))[3]).toBe('2024-10-12'));
});

describe('where the table is', () => {
  const oneRow = (text: string) =>
    read(text, { decided: date('2022-09-23') }).activities.map(({ title, owners, due }) => [
      title,
      owners,
      due.map(dueKey).join(),
    ]);
  const expected = [['Enkäten', ['Maja'], '2022-10-12']];

  it.each([
    ['Swedish', 'Aktivitet\tAnsvarig\tTidplan\nEnkäten\tMaja\t12/10'],
    ['Norwegian', 'Aktivitet\tAnsvarlig\tFrist\nEnkäten\tMaja\t12/10'],
    ['Finnish', 'Tehtävä\tVastuu\tAikataulu\nEnkäten\tMaja\t12.10.'],
    ['English', 'Activity\tResponsible\tDue\nEnkäten\tMaja\t12/10'],
    ['any order', 'Tidplan\tAnsvarig\tAktivitet\n12/10\tMaja\tEnkäten'],
    ['more columns', 'Nr\tAktivitet\tKommentar\tAnsvarig\tKlart senast\n1\tEnkäten\tkort\tMaja\t12/10'],
    ['capitals, bold and colons', '**AKTIVITET:**\t**Ansvarig (namn)**\t*Tidplan*\nEnkäten\tMaja\t12/10'],
    ['Markdown', '| Aktivitet | Ansvarig | Tidplan |\n|:--|---|--:|\n| Enkäten | Maja | 12/10 |'],
    ['Markdown without outer bars', 'Aktivitet | Ansvarig | Tidplan\n--- | --- | ---\nEnkäten | Maja | 12/10'],
    ['Markdown, its marker row in tabs', 'Aktivitet\tAnsvarig\tTidplan\n---\t---\t---\nEnkäten\tMaja\t12/10'],
    [
      'decomposed letters',
      'Tehtävä\tVastuu\tMääräaika\nEnkäten\tMaja\t12.10.'
        .normalize('NFD')
        .replace('Enkäten'.normalize('NFD'), 'Enkäten'),
    ],
    ['a list of contents before', '1.\tAktiviteter .....\t3\n\nAktivitet\tAnsvarig\tTidplan\nEnkäten\tMaja\t12/10'],
  ])('%s', (_, text) => expect(oneRow(text)).toEqual(expected));

  it('start and end columns make a window', () =>
    expect(oneRow('Aktivitet\tStartdatum\tSlutdatum\nEnkäten\t12/10\t7/11')).toEqual([
      ['Enkäten', [], '2022-10-12/2022-11-07'],
    ]));

  it.each([
    ['Aktivitet\tDatum från\tDatum till', '2022-10-12\t2022-11-07'],
    ['Aktivitet\tFrån datum\tTill datum', '2022-10-12\t2022-11-07'],
    ['Task\tWhen to start\tWhen to finish', '2022-10-12\t2022-11-07'],
    ['Uppgift\tPeriod start\tPeriod slut', '2022-10-12\t2022-11-07'],
    ['Uppgift\tStartdag\tSlutdag', '2022-10-12\t2022-11-07'],
    ['Tehtävä\tAlkupäivä\tLoppupäivä', '12.10.2022\t7.11.2022'],
    ['Aktivitet\tPeriod', '12/10 2022 – 7/11 2022'],
    ['Oppgave\tPeriode', '12.10.2022–7.11.2022'],
    ['Tehtävä\tPäivä', '12.10.2022-7.11.2022'],
    ['Tehtävä\tAjanjakso', '12.10.2022-7.11.2022'],
  ])('%j is a heading of a window', (heading, cells) =>
    expect(oneRow(`${heading}\nEnkäten\t${cells}`)).toEqual([['Enkäten', [], '2022-10-12/2022-11-07']]),
  );

  it.each([
    ['Aktivitet\tVecka', 'v. 41 2022', '2022-10-10/2022-10-16'],
    ['Uppgift\tMånad', 'oktober 2022', '2022-10-01/2022-10-31'],
    ['Oppgave\tUke', 'uke 41 2022', '2022-10-10/2022-10-16'],
    ['Tehtävä\tEräpäivä', '12.10.2022', '2022-10-12'],
    ['Activity\tDay', '12 October 2022', '2022-10-12'],
    ['Uppgift\tSlutdag', '2022-10-12', '2022-10-12'],
  ])('%j is a heading of dates', (heading, cell, due) =>
    expect(oneRow(`${heading}\nEnkäten\t${cell}`)).toEqual([['Enkäten', [], due]]),
  );

  it.each([
    'Milstolpe\tKontaktperson\tPeriod',
    'Leveranser\tAnsv.\tKlart',
    'Milepæl\tUtfører\tNår',
    'Vaihe\tYhteyshenkilö\tPäivä',
    'Milestone\tLead partner\tDue date',
    'Work package\tCoordinator\tMonth',
    'Deliverable\tPartner\tDate',
  ])('%j heads a plan', (heading) =>
    expect(oneRow(`${heading}\nEnkäten\tMaja\t2022-10-12`)).toEqual([['Enkäten', ['Maja'], '2022-10-12']]),
  );

  it('a column of dates is read whatever its heading says, where no other is one', () => {
    const rows = ['Enkäten\tMaja\t1.1\t12 oktober 2022', 'Rapport\tTove\t1.2\t', 'Möte\tMaja\t2.1\t2022-12-13'];
    const plan = (heading: string) => dues(read([heading, ...rows].join('\n')));
    expect(plan('Aktivitet\tAnsvarig\tNr\tGenomförs')).toEqual(['2022-10-12', '', '2022-12-13']);
    // Numbers of rows, years of a budget and remarks that name a day are no dates of the plan.
    expect(dues(read('Aktivitet\tAnsvarig\tNr\nEnkäten\tMaja\t1.1\nRapport\tTove\t1.2'))).toEqual(['', '']);
    expect(dues(read('Aktivitet\tAnsvarig\tBudget\nEnkäten\tMaja\t2022\nRapport\tTove\t2023'))).toEqual(['', '']);
    const remarks = 'Enkäten\tMaja\tBeslut fattas 12 oktober 2022\nRapport\tTove\tSe mötet 2022-10-12';
    expect(dues(read(`Aktivitet\tAnsvarig\tAnmärkning\n${remarks}`))).toEqual(['', '']);
    // A table that says of itself what its dates are is the plan; one beside it that does not is not.
    const beside = 'Uppgift\tAnsvarig\tAvvikelse\nRisk ett\tTove\t2022-10-01';
    expect(read(`${beside}\n\nText.\n\n${table('A1\tMaja\t12/10')}`).activities.map(({ title }) => title)).toEqual([
      'A1',
    ]);
  });

  it('parts after a blank line, without heading, in another notation, are joined', () => {
    const text = `${table('A1\tMaja\t12/10')}\n\n| B2 | Tove | 13/10 |\n|---|---|---|\n\nAktivitet\tAnsvarig\tTidplan\nC3\tAlla\t14/10`;
    expect(read(text).activities.map(({ title, line }) => [title, line])).toEqual([
      ['A1', 2],
      ['B2', 4],
      ['C3', 8],
    ]);
  });

  it('ends where prose goes on, even prose with a tab further down', () =>
    expect(read(`${table('A1\tMaja\t12/10')}\n\nMetod följer.\n\nEnkät\ttill alla`).activities).toHaveLength(1));

  it('a row whose trailing tabs an editor cut off is still a row', () =>
    expect(
      read(table('A1\tMaja\t12/10', 'Bara en titel', 'C3\tAlla\t14/10')).activities.map(({ title }) => title),
    ).toEqual(['A1', 'Bara en titel', 'C3']));

  it('a row that looks like a heading is a row', () =>
    expect(read(table('Insats\tMaja\tklart')).activities.map(({ title }) => title)).toEqual(['Insats']));

  it('a wider table beside the plan wins over a narrower one', () => {
    const text = `Åtgärd\tAnsvarig\nRisk ett\tTove\n\nText.\n\n${table('A1\tMaja\t12/10')}`;
    expect(read(text).activities.map(({ title }) => title)).toEqual(['A1']);
  });

  it('a cell broken over two rows is joined and said', () => {
    const plan = read(table('A1\tMaja\t12/10', '\tTove\t30/11'), { decided: date('2022-09-23') });
    expect(plan.activities).toMatchObject([{ owners: ['Maja', 'Tove'], line: 2 }]);
    expect(dues(plan)).toEqual(['2022-10-12 2022-11-30']);
    expect(codes(plan)).toContain('no-title 3');
  });

  it('two real tables with white between are one, with prose between they are not', () => {
    const rows = (line: number, ...cells: string[]) => ({ line, cells, links: [] });
    const tables = [
      { rows: [rows(1, 'Aktivitet', 'Ansvarig', 'Tidplan'), rows(2, 'A1', 'Maja', '12/10')] },
      { rows: [rows(4, 'B2', 'Tove', '13/10')] },
      { rows: [rows(6, 'Post', 'Belopp', 'År')] },
    ];
    const result = readPlan({ text: 'h\na\n\nb\nBudget\nc', tables });
    expect(result.ok && result.plan.activities.map(({ title }) => title)).toEqual(['A1', 'B2']);
  });

  it('links are collected and their words kept', () => {
    const plan = read(
      table(
        'Läs [uppdraget](https://example.org/u?a=1) och <a href="https://example.org/b">rapporten</a>, se https://example.org/c.\tAlla\t12/10',
      ),
    );
    expect(plan.activities[0]).toMatchObject({
      title: 'Läs uppdraget och rapporten, se https://example.org/c.',
      links: ['https://example.org/u?a=1', 'https://example.org/b', 'https://example.org/c'],
    });
  });

  it('a script is no link', () =>
    expect(read(table('[x](javascript:alert%281%29)\tAlla\t')).activities[0]?.links).toEqual([]));
});

describe('refusals', () => {
  const refusal = (text: string) => {
    const result = readPlan({ text, tables: [] });
    return result.ok ? 'ok' : result.code;
  };
  it('prose has no table', () => expect(refusal('Aktivitet: enkät. Ansvarig: alla.')).toBe('no-table'));
  it('nothing has no table', () => expect(refusal('')).toBe('no-table'));
  it('a heading alone has no activities', () => expect(refusal(table())).toBe('no-activities'));
  it('a heading with blank rows has none either', () =>
    expect(refusal(table('\t\t', '-\t-\t-'))).toBe('no-activities'));
  it('a thousand rows is a plan, one more is not', () => {
    const rows = (n: number) => table(...Array.from({ length: n }, (_, at) => `Rad ${at}\tAlla\t12/10`));
    expect(refusal(rows(1000))).toBe('ok');
    expect(refusal(rows(1001))).toBe('too-many-rows');
  });
});

describe('what to look at', () => {
  const decided = date('2022-09-23');
  const members = [
    { key: 'maja-alm', name: 'Maja Alm' },
    { key: 'maja-berg', name: 'Maja Berg' },
    { key: 'tove-lind', name: 'Tove Lind' },
  ];

  it('a weekend, but not the Sunday every week ends on', () =>
    expect(
      codes(read(table('A\tAlla\t2022-10-15', 'B\tAlla\tv. 41 2022', 'C\tAlla\t2022-10-15 – 2022-10-16'))),
    ).toEqual(['weekend 2', 'weekend 4', 'weekend 4']));
  it('a holiday, by name', () => {
    const plan = read(table('A\tAlla\t2022-12-26'), { isHoliday: (day) => (day.day === 26 ? 'annandag jul' : null) });
    expect(plan.warnings).toMatchObject([
      { code: 'holiday', message: expect.stringContaining('2022-12-26, annandag jul') },
    ]);
  });
  it('past, but not today, and not a window still open', () => {
    const plan = read(table('A\tAlla\t2022-10-11', 'B\tAlla\t2022-10-12', 'C\tAlla\t2022-10-03 – 2022-10-14'), {
      today: date('2022-10-12'),
    });
    expect(codes(plan)).toEqual(['past 2']);
  });
  it('a window that runs backwards is shown as it stands', () => {
    const plan = read(table('A\tAlla\t2022-11-07 – 2022-10-12'));
    expect(codes(plan)).toEqual(['window-backwards 2']);
    expect(dues(plan)).toEqual(['2022-11-07/2022-10-12']);
  });
  it('unknown owners, and first names that two share, with both named', () => {
    const plan = read(
      table('A\tMaja\t2022-10-12', 'B\tMaja A\t2022-10-12', 'C\tNils\t2022-10-12', 'D\tTove, Maja Berg\t2022-10-12'),
      { members },
    );
    expect(codes(plan)).toEqual(['ambiguous-owner 2', 'unknown-owner 4']);
    expect(plan.warnings[0]?.message).toContain('Maja Alm or Maja Berg');
  });
  it('without members nobody is unknown', () => expect(codes(read(table('A\tNils\t2022-10-12')))).toEqual([]));
  it('a row that stands twice', () =>
    expect(codes(read(table('A\tAlla\t2022-10-12', 'a\tAlla\t2022-10-13')))).toEqual(['duplicate-row 3']));
  it('a date nobody can read is quoted', () => {
    const plan = read(table('A\tAlla\tefter sommaren'));
    expect(codes(plan)).toEqual(['unreadable-date 2', 'no-date 2']);
    expect(plan.warnings[0]?.message).toContain('"efter sommaren"');
  });
  it('ongoing needs no date', () => expect(codes(read(table('A\tAlla\tlöpande')))).toEqual([]));
  it('a year supplied almost a year ahead gets a word of its own', () => {
    const plan = read(table('A\tAlla\t12/10', 'B\tAlla\t22/9'), { decided });
    expect(codes(plan)).toEqual(['assumed-year 2', 'assumed-year 3']);
    expect(plan.warnings[1]?.message).toContain('2023-09-22');
  });
  it('a pilot after the launch clashes too, one a week before does not', () => {
    const rows = (pilot: string) =>
      table(`Inhämta synpunkter på enkäten\tAlla\t${pilot}`, 'Datainsamling\tAlla\t2022-10-12 – 2022-11-07');
    expect(codes(read(rows('2022-10-14')))).toEqual(['clash 2']);
    expect(codes(read(rows('2022-10-05')))).toEqual([]);
  });

  it('without a decision date years begin today, and that is said', () => {
    const plan = read(table('A\tAlla\t12/10'), { today: date('2025-03-01') });
    expect(plan.decided).toBeNull();
    expect(dues(plan)).toEqual(['2025-10-12']);
    expect(plan.warnings.find(({ code }) => code === 'assumed-year')?.message).toContain('--decided');
  });
  it('without either, a date without a year stays unread, with its remedy', () => {
    const plan = read(table('A\tAlla\t12/10'));
    expect(dues(plan)).toEqual(['']);
    expect(plan.warnings).toMatchObject([
      { code: 'unreadable-date', message: expect.stringContaining('give --decided') },
      { code: 'no-date' },
    ]);
  });
});

describe('nothing is lost', () => {
  const cell = fc
    .oneof(fc.constantFrom('', 'Alla', '12/10', 'Enkät', 'och', '-'), fc.string({ maxLength: 12 }))
    .map((text) => text.replace(/[\t\n\r|\u000b\u2028\u2029]/g, ' '));

  it('every row is an activity, or part of the one above it, or said to be left out', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), (rows) => {
        const result = readPlan({
          text: '',
          tables: [
            {
              rows: [['Aktivitet', 'Ansvarig', 'Tidplan'], ...rows].map((cells, at) => ({
                line: at + 1,
                cells: [...cells],
                links: [],
              })),
            },
          ],
        });
        const lines = result.ok
          ? [...result.plan.activities, ...result.plan.warnings.filter(({ code }) => code === 'no-title')].map(
              ({ line }) => line,
            )
          : [];
        for (const [at, cells] of rows.entries()) {
          const says = cells.some((text) => /[\p{L}\p{N}]/u.test(text));
          const heading = cells.every((text) => /^(?:Enkät|Alla|och)?$/.test(text.trim()));
          if (result.ok && says && !heading) expect(lines).toContain(at + 2);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('whatever text comes, it is read or refused, never thrown', () => {
    const lines = fc.array(
      fc.oneof(
        fc.constantFrom('Aktivitet\tAnsvarig\tTidplan', '| Activity | Due |', '|--|--|', '\t\t', 'Beslutat 2022-09-23'),
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.tuple(cell, cell, cell).map((cells) => cells.join('\t')),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(lines, (some) => {
        const result = readPlan(
          { text: some.join('\n'), tables: [] },
          { today: date('2022-10-01'), members: [{ key: 'a', name: 'Alla Andersson' }] },
        );
        if (result.ok) expect(() => JSON.stringify(planToJson(result.plan))).not.toThrow();
        else expect(result.message).toMatch(/^[^\n]+\.$/);
      }),
      { numRuns: 1000 },
    );
  });

  it('no control character, half character or turning mark gets into a title', () =>
    expect(read(table('A\u0000\u202eB\ud800 \u200bC\tAlla\t')).activities[0]?.title).toBe('A B\ufffd C'));
});
