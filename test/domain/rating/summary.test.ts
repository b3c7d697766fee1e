import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { SummaryModel } from '../../../src/cards/models.ts';
import type { Ratings } from '../../../src/domain/instrument.ts';
import { type Level, levels } from '../../../src/domain/levels.ts';
import { countRatings } from '../../../src/domain/rating/count.ts';
import { defaultRule } from '../../../src/domain/rating/critical.ts';
import { rank } from '../../../src/domain/rating/order.ts';
import { type Summary, type SummaryInput, summarise } from '../../../src/domain/rating/summary.ts';
import { catalogue } from '../../../src/library/library.ts';
import type { RoundCounts } from '../../../src/ports/store.ts';
import { arbitraryRatings, smallCatalogue } from '../../support/ratings.ts';

type Pairs = [now: Level, coming: Level, organisations: number][];

/** As many respondents as the pairs add up to; each item's pairs are dealt out in order. */
function respondents(byItem: Record<string, Pairs>): Ratings[] {
  const columns = Object.entries(byItem).map(([item, pairs]) => ({
    item,
    answers: pairs.flatMap(([now, coming, times]) =>
      Array.from({ length: times }, () => ({ now, coming, comment: '' })),
    ),
  }));
  const many = columns[0]?.answers.length ?? 0;
  return Array.from({ length: many }, (_, index) =>
    Object.fromEntries(columns.map(({ item, answers }) => [item, answers[index]!])),
  );
}

function summaryOf(ratings: Ratings[], keys: string[], rule = defaultRule): Summary {
  return summarise({
    items: keys.map((key) => ({ key, name: key })),
    counts: countRatings(ratings),
    constituencies: [],
    rule,
  });
}

function only(pairs: Pairs, rule = defaultRule) {
  return summaryOf(respondents({ a: pairs }), ['a'], rule).items[0]!;
}

const counted = (counts: Partial<Summary['items'][number]['now']>) => ({
  surplus: 0,
  sustainable: 0,
  vulnerable: 0,
  shortage: 0,
  cannotAssess: 0,
  notWithUs: 0,
  consensus: expect.any(Number),
  ...counts,
});

describe('24 organisations rate 22 roles', () => {
  const special: Record<string, Pairs> = {
    sjukskoterska: [
      ['sustainable', 'vulnerable', 4],
      ['vulnerable', 'shortage', 9],
      ['shortage', 'shortage', 8],
      ['cannot-assess', 'cannot-assess', 2],
      ['not-with-us', 'not-with-us', 1],
    ],
    lakare: [
      ['sustainable', 'sustainable', 12],
      ['vulnerable', 'sustainable', 12],
    ],
    tandlakare: [
      ['vulnerable', 'vulnerable', 12],
      ['shortage', 'shortage', 12],
    ],
    psykolog: [
      ['sustainable', 'vulnerable', 10],
      ['sustainable', 'sustainable', 10],
      ['cannot-assess', 'vulnerable', 4],
    ],
    apotekare: [
      ['sustainable', 'vulnerable', 9],
      ['sustainable', 'sustainable', 11],
      ['surplus', 'sustainable', 4],
    ],
    sjukhusfysiker: [
      ['not-with-us', 'not-with-us', 20],
      ['cannot-assess', 'not-with-us', 4],
    ],
  };
  const roles = catalogue('se-legitimation-2023').items.map((item) => item.key);
  const byItem = Object.fromEntries(
    roles.map((key) => [key, special[key] ?? ([['sustainable', 'sustainable', 24]] as Pairs)]),
  );
  const summary = summarise({
    items: roles.map((key) => ({ key, name: key.toUpperCase() })),
    counts: countRatings(respondents(byItem)),
    constituencies: [
      { name: 'region', invited: 1, submitted: 1 },
      { name: 'municipality', invited: 24, submitted: 21 },
      { name: 'university', invited: 3, submitted: 2 },
    ],
  });
  const of = (key: string) => summary.items.find((item) => item.key === key)!;

  it("takes the store's counts and fits the summary card", () => {
    expectTypeOf<RoundCounts['pairs']>().toExtend<SummaryInput['counts']>();
    expectTypeOf<Summary>().toExtend<Omit<SummaryModel, 'group' | 'title' | 'periods' | 'whole'>>();
    expect(summary.items.map((item) => item.name)).toEqual(roles.map((key) => key.toUpperCase()));
    expect(summary.rule).toBe('shortage-or-worsening');
  });

  it('counts the nurses', () => {
    // Now, in order: places 1–4 sustainable, 5–13 vulnerable, 14–21 shortage; median place 11, quartiles places 6 and 16.
    expect(of('sjukskoterska').now).toEqual(
      counted({
        sustainable: 4,
        vulnerable: 9,
        shortage: 8,
        cannotAssess: 2,
        notWithUs: 1,
        n: 21,
        median: 'vulnerable',
        spread: 1,
      }),
    );
    expect(of('sjukskoterska').coming).toEqual(
      counted({
        vulnerable: 4,
        shortage: 17,
        cannotAssess: 2,
        notWithUs: 1,
        n: 21,
        median: 'shortage',
        spread: 0,
      }),
    );
    expect(of('sjukskoterska').change).toEqual([
      [0, 0, 0, 0],
      [0, 0, 4, 0],
      [0, 0, 0, 9],
      [0, 0, 0, 8],
    ]);
  });

  it('names no winner of an even split', () => {
    expect(of('lakare').now).toMatchObject({
      n: 24,
      median: 'split',
      spread: 1,
    });
    expect(of('lakare').coming).toMatchObject({
      n: 24,
      median: 'sustainable',
      spread: 0,
    });
  });

  it('keeps those who cannot assess out of n, period by period', () => {
    expect(of('psykolog').now).toMatchObject({
      n: 20,
      cannotAssess: 4,
      median: 'sustainable',
    });
    expect(of('psykolog').coming).toMatchObject({
      n: 24,
      cannotAssess: 0,
      median: 'vulnerable',
      spread: 1,
    });
    expect(of('sjukhusfysiker').now).toEqual(
      counted({
        cannotAssess: 4,
        notWithUs: 20,
        n: 0,
        median: null,
        spread: null,
        consensus: null,
      }),
    );
  });

  it('finds the critical roles: median shortage, or half of 20 getting vulnerable; neither 9 of 24 nor a split', () => {
    expect(summary.items.filter((item) => item.critical).map((item) => item.key)).toEqual([
      'psykolog',
      'sjukskoterska',
    ]);
  });

  it('adds the changes up over all roles', () => {
    // sustainable → sustainable: 12 physicians' + 10 psychologists' + 11 pharmacists' answers + 16 other roles × 24.
    expect(summary.change).toEqual([
      [0, 4, 0, 0],
      [0, 417, 23, 0],
      [0, 12, 12, 9],
      [0, 0, 0, 20],
    ]);
  });

  it('adds the constituencies up', () => {
    expect(summary).toMatchObject({ invited: 28, submitted: 24 });
    expect(summary.constituencies[1]).toEqual({
      name: 'municipality',
      invited: 24,
      submitted: 21,
    });
  });
});

describe('figures of one period', () => {
  const now = (...counts: number[]) => only(levels.map((level, step) => [level, level, counts[step] ?? 0])).now;

  it.each([
    [[1, 0, 0, 0], 'surplus', 0],
    [[1, 1, 1, 0], 'sustainable', 2],
    [[1, 1, 1, 1], 'split', 2],
    [[1, 0, 0, 1], 'split', 3],
    [[0, 3, 1, 0], 'sustainable', 0],
    [[0, 1, 3, 0], 'vulnerable', 1],
    [[2, 0, 0, 3], 'shortage', 3],
    [[0, 0, 0, 7], 'shortage', 0],
  ])('%j: median %s, spread %i', (counts, median, spread) => {
    expect(now(...counts)).toMatchObject({ median, spread });
  });

  it('has agreement 1 when all say the same, 0 when half stand at each end', () => {
    expect(now(0, 5, 0, 0).consensus).toBe(1);
    expect(now(3, 0, 0, 3).consensus).toBe(0);
    // Two neighbours, half each: the middle is half a step from both, 1 + log2(1 − 1/6).
    expect(now(0, 2, 2, 0).consensus).toBeCloseTo(0.737, 3);
  });
});

describe('the critical rule', () => {
  it.each<[string, Pairs, boolean]>([
    ['shortage now, better later', [['shortage', 'vulnerable', 3]], true],
    [
      'shortage later',
      [
        ['shortage', 'shortage', 1],
        ['cannot-assess', 'shortage', 2],
      ],
      true,
    ],
    [
      'half of those with two levels get vulnerable',
      [
        ['sustainable', 'vulnerable', 1],
        ['sustainable', 'sustainable', 1],
      ],
      true,
    ],
    [
      'those who cannot assess do not dilute it',
      [
        ['surplus', 'vulnerable', 2],
        ['surplus', 'surplus', 2],
        ['cannot-assess', 'cannot-assess', 9],
      ],
      true,
    ],
    ['vulnerable but no worse', [['vulnerable', 'vulnerable', 4]], false],
    ['worse but sustainable', [['surplus', 'sustainable', 4]], false],
    [
      'split between vulnerable and shortage, unchanged',
      [
        ['vulnerable', 'vulnerable', 2],
        ['shortage', 'shortage', 2],
      ],
      false,
    ],
    [
      'less than half',
      [
        ['sustainable', 'vulnerable', 2],
        ['sustainable', 'sustainable', 3],
      ],
      false,
    ],
    ['nobody gives two levels', [['cannot-assess', 'vulnerable', 2]], false],
    ['nobody answers', [], false],
  ])('%s', (_, pairs, critical) => {
    expect(only(pairs).critical).toBe(critical);
  });

  it('is data', () => {
    const strict = {
      code: 'mine',
      median: 'vulnerable' as const,
      worsening: { to: 'shortage' as const, share: 1 },
    };
    const pairs: Pairs = [
      ['sustainable', 'vulnerable', 1],
      ['sustainable', 'sustainable', 1],
    ];
    expect(only(pairs, strict).critical).toBe(false);
    expect(only([['vulnerable', 'vulnerable', 1]], strict).critical).toBe(true);
  });
});

describe('whatever is answered', () => {
  const small = smallCatalogue('a', 'b', 'c');
  const keys = ['a', 'b', 'c'];
  const many = fc.array(arbitraryRatings(small), { maxLength: 15 });

  it('the order of the answers does not matter', () => {
    fc.assert(
      fc.property(
        many.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(summaryOf(shuffled, keys)).toEqual(summaryOf(all, keys));
        },
      ),
    );
  });

  it('every submitted answer is in every count, and every pair of levels in the matrix', () => {
    fc.assert(
      fc.property(many, (all) => {
        const summary = summaryOf(all, keys);
        for (const item of summary.items) {
          for (const period of [item.now, item.coming]) {
            expect(period.n).toBe(period.surplus + period.sustainable + period.vulnerable + period.shortage);
            expect(period.n + period.cannotAssess + period.notWithUs).toBe(all.length);
          }
        }
        const isRated = (choice: string) => (levels as readonly string[]).includes(choice);
        const pairs = all
          .flatMap((ratings) => Object.values(ratings))
          .filter((r) => isRated(r.now) && isRated(r.coming));
        expect(summary.change.flat().reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
      }),
    );
  });

  it('one more who cannot assess changes nothing but that count', () => {
    fc.assert(
      fc.property(many, fc.constantFrom<Level>('cannot-assess', 'not-with-us'), (all, choice) => {
        const one = Object.fromEntries(keys.map((key) => [key, { now: choice, coming: choice, comment: '' }]));
        const count = choice === 'cannot-assess' ? 'cannotAssess' : 'notWithUs';
        const before = summaryOf(all, keys);
        const expected = before.items.map((item) => ({
          ...item,
          now: { ...item.now, [count]: item.now[count] + 1 },
          coming: { ...item.coming, [count]: item.coming[count] + 1 },
        }));
        expect(summaryOf([...all, one], keys)).toEqual({
          ...before,
          items: expected,
        });
      }),
    );
  });

  it('a median lies among the given levels and has at most half on either side of it', () => {
    fc.assert(
      fc.property(many, (all) => {
        for (const { now } of summaryOf(all, keys).items) {
          const given = levels.filter((level) => now[level] > 0);
          if (now.median === null) expect(given).toEqual([]);
          else if (now.median === 'split') expect([now.n % 2, given.length > 1]).toEqual([0, true]);
          else {
            const middle = rank(now.median);
            const beside = (side: (step: number) => boolean) =>
              levels.filter((level) => side(rank(level))).reduce((sum, level) => sum + now[level], 0);
            expect(given).toContain(now.median);
            expect(2 * beside((step) => step < middle)).toBeLessThan(now.n);
            expect(2 * beside((step) => step > middle)).toBeLessThan(now.n);
          }
        }
      }),
    );
  });

  it('the spread is whole steps within the given levels', () => {
    fc.assert(
      fc.property(many, (all) => {
        for (const { now } of summaryOf(all, keys).items) {
          if (now.spread === null) continue;
          const steps = levels.filter((level) => now[level] > 0).map(rank);
          expect(Number.isInteger(now.spread)).toBe(true);
          expect(now.spread).toBeGreaterThanOrEqual(0);
          expect(now.spread).toBeLessThanOrEqual(Math.max(...steps) - Math.min(...steps));
        }
      }),
    );
  });
});

describe('counts that do not fit', () => {
  it('an item without a name comes last, under its key', () => {
    const ratings = respondents({
      a: [['surplus', 'surplus', 2]],
      gone: [['shortage', 'shortage', 2]],
    });
    expect(summaryOf(ratings, ['a']).items.map((item) => [item.name, item.now.n])).toEqual([
      ['a', 2],
      ['gone', 2],
    ]);
  });
  it('an item nobody has rated is there with n 0', () => {
    expect(summaryOf([], ['a']).items[0]).toMatchObject({
      now: { n: 0, median: null },
      critical: false,
    });
  });
  it('a choice that is none is refused, never left out in silence', () => {
    expect(() => countRatings([{ a: { now: '', coming: 'surplus', comment: '' } }])).toThrow(RangeError);
    const counts = [
      {
        item: 'a',
        now: 'brist',
        coming: 'surplus',
        count: 1,
      },
    ];
    expect(() => summarise({ items: [], counts, constituencies: [] })).toThrow(RangeError);
  });
});
