import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leastShown, shownConstituencies } from '../../../src/domain/rating/constituencies.ts';

const row = (name: string, invited: number, submitted: number) => ({ name, invited, submitted });

test('one member a constituency: who is missing cannot be read off', () => {
  const rows = [row('kommun', 1, 1), row('lärosäte', 1, 1), row('region', 1, 0)];
  expect(shownConstituencies(rows)).toEqual([]);
});

test('everybody has answered: every row stands', () => {
  const rows = [row('kommun', 1, 1), row('region', 1, 1)];
  expect(shownConstituencies(rows)).toEqual(rows);
});

test('one row alone says what the whole says already', () => {
  expect(shownConstituencies([row('ikke oppgitt', 4, 2)])).toEqual([]);
  expect(shownConstituencies([row('ikke oppgitt', 4, 4)])).toEqual([]);
});

test('a large row stays, unless the small ones need company', () => {
  expect(shownConstituencies([row('kommun', 8, 5), row('region', 4, 4), row('lärosäte', 1, 0)])).toEqual([
    row('kommun', 8, 5),
    { name: null, invited: 5, submitted: 4 },
  ]);
});

test('a round of two shows no rows while one is missing', () => {
  expect(shownConstituencies([row('kommun', 1, 1), row('region', 1, 0)])).toEqual([]);
});

test('no row stands for fewer than three while somebody is missing, and nothing is lost from the totals', () => {
  const arbitrary = fc.array(
    fc
      .tuple(fc.string({ minLength: 1 }), fc.nat(12), fc.nat(12))
      .map(([name, invited, submitted]) => row(name, invited, Math.min(invited, submitted))),
    { maxLength: 9 },
  );
  fc.assert(
    fc.property(arbitrary, (rows) => {
      const shown = shownConstituencies(rows);
      const sum = (list: readonly { invited: number; submitted: number }[]) => ({
        invited: list.reduce((all, one) => all + one.invited, 0),
        submitted: list.reduce((all, one) => all + one.submitted, 0),
      });
      const missing = rows.some(({ invited, submitted }) => submitted < invited);
      if (missing) expect(shown.every(({ invited }) => invited >= leastShown)).toBe(true);
      if (shown.length > 0) expect(sum(shown)).toEqual(sum(rows));
    }),
  );
});
