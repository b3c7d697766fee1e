/** What one press sets right: only what is obvious, and afterwards the warning is gone. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Draft, type DraftRow, readDraft } from '../../../src/domain/plan/draft.ts';
import { type RemedyFacts, remedied, remediesFor, remedyId } from '../../../src/domain/plan/remedies.ts';

const facts: RemedyFacts = {
  today: Temporal.PlainDate.from('2022-09-26'),
  isHoliday: (day) => (`${day}` === '2022-11-04' ? 'Allhelgonaafton' : null),
  surveys: [{ instrument: 'role-rating', catalogue: 'se-naravard' }],
};
const people = ['Maja Ek', 'Tove Alm', 'Tove Lind', 'Disa Norr'].map((name) => ({
  ...{ key: name.toLowerCase().replace(' ', '-'), name, user: name, mail: null, language: null, timeZone: null },
  left: name === 'Disa Norr',
}));

function draftOf(...rows: [title: string, owners: string, due: string][]): Draft {
  return {
    name: 'Karriärvägar',
    home: { language: 'sv', timeZone: 'Europe/Stockholm', country: 'SE' },
    rows: rows.map(([title, owners, due], at) => ({ line: at + 2, title, owners, due, links: [] })),
    ...{ decided: '2022-09-23', people, charter: '', convenor: 'maja-ek', names: {}, fixes: {} },
  };
}

function rowsOf(draft: Draft): DraftRow[] {
  const read = readDraft(draft, facts);
  if (!read.ok) throw new Error(read.code);
  return read.rows;
}

function offered(draft: Draft, line = 2): string[] {
  const rows = rowsOf(draft);
  const row = rows.find((one) => one.line === line);
  return row ? remediesFor(row, rows, draft, facts).map(remedyId) : [];
}

/** The draft after pressing this. */
function pressed(draft: Draft, id: string, line = 2): Draft {
  const rows = rowsOf(draft);
  const row = rows.find((one) => one.line === line) as DraftRow;
  const remedy = remediesFor(row, rows, draft, facts).find((one) => remedyId(one) === id);
  if (!remedy) throw new Error(`${id} is not offered`);
  return remedied(draft, line, remedy);
}

describe('owners', () => {
  test('a name that two have: each of them', () => {
    const draft = draftOf(['Karta', 'Tove', '12/10']);
    expect(offered(draft)).toEqual(['name:tove-alm:Tove', 'name:tove-lind:Tove']);
    const after = rowsOf(pressed(draft, 'name:tove-lind:Tove'))[0];
    expect(after).toMatchObject({ activity: { owners: ['tove-lind'] }, warnings: [] });
  });
  test('a slip of the pen: whoever is called nearly so', () => {
    expect(offered(draftOf(['Karta', 'Mja Ek', '12/10']))).toEqual(['name:maja-ek:Mja Ek']);
    expect(offered(draftOf(['Karta', 'Kunigunda', '12/10']))).toEqual([]);
  });
  test('nobody: everyone, or the convenor', () =>
    expect(offered(draftOf(['Karta', '', '12/10']))).toEqual(['owner:all', 'owner:maja-ek']));
  test('somebody who has left: the others, or the convenor', () => {
    expect(offered(draftOf(['Karta', 'Disa Norr och Tove Alm', '12/10']))).toEqual(['owner:tove-alm']);
    expect(offered(draftOf(['Karta', 'Disa Norr', '12/10']))).toEqual(['owner:maja-ek']);
  });
});

describe('dates', () => {
  test.each([
    ['1900-11-14', 'date:2022-11-14'],
    ['1900-03-01', 'date:2023-03-01'],
    ['2020-09-28', 'date:2022-09-28'],
    ['2020-02-29', 'date:2023-02-28'],
    ['2022-10-15', 'date:2022-10-17'],
    ['2022-11-04', 'date:2022-11-07'],
    ['7/11 2022 - 12/10 2022', 'date:2022-10-12/2022-11-07'],
    ['2021-05-03 - 2021-05-14', 'date:2023-05-03/2023-05-15'],
  ])('%s: %s', (written, remedy) => {
    const draft = draftOf(['Karta', 'Alla', written]);
    expect(offered(draft)).toEqual([remedy]);
    expect(rowsOf(pressed(draft, remedy))[0]?.warnings).toEqual([]);
  });
  test('trying out in time: a week before the survey opens, if there is one', () => {
    const clash = draftOf(
      ['Inhämta synpunkter på enkäten', 'Alla', '12/10'],
      ['Datainsamling (enkät)', 'Alla', '12/10 - 7/11'],
    );
    expect(offered(clash)).toEqual(['date:2022-10-05']);
    expect(rowsOf(pressed(clash, 'date:2022-10-05'))[0]?.warnings).toEqual([]);
    const soon = draftOf(
      ['Inhämta synpunkter på enkäten', 'Alla', '29/9'],
      ['Datainsamling (enkät)', 'Alla', '29/9 - 7/11'],
    );
    expect(offered(soon)).toEqual([]);
  });
  test('several dates, none, one that cannot be read or has just passed: nothing is obvious', () => {
    for (const written of ['15/10 och 30/11', '', 'efter sommaren', '2022-09-24'])
      expect(offered(draftOf(['Karta', 'Alla', written])).filter((id) => id.startsWith('date'))).toEqual(
        written === '2022-09-24' ? ['date:2022-09-26'] : [],
      );
  });
});

test('what is watched needs no date; a task does', () => {
  const [watch, task] = rowsOf(draftOf(['Bevaka uppdraget', 'Alla', ''], ['Karta', 'Alla', '']));
  expect(watch).toMatchObject({ activity: { kind: 'watch' }, warnings: [] });
  expect(task).toMatchObject({ activity: { kind: 'task' }, warnings: ['no-date'] });
});

test('a survey: that it is one and which list it asks about, until somebody has said so', () => {
  const draft = draftOf(['Datainsamling (enkät)', 'Alla', '12/10 - 7/11']);
  expect(offered(draft)).toEqual(['kind:task', 'survey:role-rating|se-naravard']);
  expect(rowsOf(pressed(draft, 'kind:task'))[0]?.activity).toMatchObject({ kind: 'task', instrument: null });
  const chosen = pressed(draft, 'survey:role-rating|se-naravard');
  expect(rowsOf(chosen)[0]?.activity).toMatchObject({ kind: 'collection', catalogue: 'se-naravard' });
  expect(offered(chosen)).toEqual([]);
});

test('whatever stands in a row: at most three, each with a name of its own, and what is pressed is offered no more', () => {
  const cell = fc.constantFrom('', 'Tove', 'Disa', 'Maja', 'Alla', 'Nobody Known', 'Tove och Disa');
  const date = fc.constantFrom(
    '',
    '1900-01-01',
    '15/10',
    '7/11 2022 - 12/10 2022',
    '12/10 - 6/11',
    '4/11',
    'kanske',
    '2019',
  );
  const title = fc.constantFrom('Datainsamling (enkät)', 'Inhämta synpunkter på enkäten', 'Karta');
  fc.assert(
    fc.property(fc.array(fc.tuple(title, cell, date), { minLength: 1, maxLength: 4 }), (rows) => {
      const draft = draftOf(...rows);
      for (const { line } of rowsOf(draft)) {
        const ids = offered(draft, line);
        expect(ids.length).toBeLessThanOrEqual(3);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(offered(pressed(draft, id, line), line)).not.toContain(id);
      }
    }),
  );
});
