import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { RatePageModel } from '../../../src/cards/models.ts';
import { inputsOf } from '../../../src/domain/rating/inputs.ts';
import { pageOf, pagesOf } from '../../../src/domain/rating/pages.ts';
import { answeredItems, checkAll, checkPage, type RatingError } from '../../../src/domain/rating/validate.ts';
import { catalogue, instrument } from '../../../src/library/library.ts';
import { exampleRatings } from '../../../src/sandbox/answers.ts';
import { arbitraryRatings, smallCatalogue } from '../../support/ratings.ts';

const rating = instrument('role-rating');
const roles = catalogue('se-legitimation-2023');
const one = smallCatalogue('lege').items;
const check = (now: string, coming: string, comment = '') =>
  checkPage(rating, one, {
    'now:lege': now,
    'coming:lege': coming,
    'comment:lege': comment,
  });

describe('pages', () => {
  it('hold six roles each, the rest on the last', () => {
    expect(pagesOf(roles, rating).map((page) => page.length)).toEqual([6, 6, 6, 4]);
    expect(
      pagesOf(catalogue('no-helsepersonell-48'), {
        ...rating,
        pageSize: 8,
      }).map((page) => page.length),
    ).toEqual([8, 8, 8, 8, 1]);
  });
  it('know where an item stands', () => {
    for (const [index, page] of pagesOf(roles, rating).entries()) {
      for (const { key } of page) expect(pageOf(roles, rating, key)).toBe(index + 1);
    }
    expect(pageOf(roles, rating, 'perfusjonist')).toBeNull();
  });
});

describe('a page of answers', () => {
  it('uses the codes of the card', () => {
    expectTypeOf<RatingError>().toEqualTypeOf<RatePageModel['errors'][string]>();
  });

  it.each([
    ['sustainable', 'sustainable', '', {}],
    ['surplus', 'sustainable', '', { 'comment:lege': 'missing-comment' }],
    ['surplus', 'sustainable', 'Fler söker', {}],
    ['shortage', 'shortage', '', { 'comment:lege': 'missing-comment' }],
    ['shortage', 'cannot-assess', '', { 'comment:lege': 'missing-comment' }],
    ['cannot-assess', 'shortage', ' \u200b ', { 'comment:lege': 'missing-comment' }],
    ['vulnerable', 'cannot-assess', '', {}],
    ['not-with-us', 'sustainable', '', {}],
    ['cannot-assess', 'not-with-us', '', {}],
    ['', 'sustainable', '', { 'now:lege': 'missing-level' }],
    ['', 'shortage', '', { 'now:lege': 'missing-level', 'comment:lege': 'missing-comment' }],
    ['brist', 'sustainable', '', { 'now:lege': 'unknown-level' }],
    ['sustainable', 'Sustainable', '', { 'coming:lege': 'unknown-level' }],
    ['toString', '__proto__', '', { 'now:lege': 'unknown-level', 'coming:lege': 'unknown-level' }],
    ['sustainable', 'sustainable', 'x'.repeat(1001), { 'comment:lege': 'too-long' }],
    ['shortage', 'shortage', 'x'.repeat(1000), {}],
  ])('%s → %s with "%s"', (now, coming, comment, errors) => {
    expect(check(now, coming, comment).errors).toEqual(errors);
  });

  it('wants no comment when the instrument never does', () => {
    expect(
      checkPage({ ...rating, commentRequired: 'never' }, one, {
        'now:lege': 'surplus',
        'coming:lege': 'shortage',
      }).errors,
    ).toEqual({});
  });

  it('keeps what is valid as a draft beside its errors', () => {
    expect(check('vulnerable', 'rubbish', ' Två  tjänster ').ratings).toEqual({
      lege: { now: 'vulnerable', coming: '', comment: 'Två  tjänster' },
    });
    expect(check('', '', 'x'.repeat(1200)).ratings.lege?.comment).toHaveLength(1000);
  });

  it('takes absent inputs as empty ones, so that an answer can be taken back', () => {
    expect(checkPage(rating, one, {})).toEqual({
      ratings: { lege: { now: '', coming: '', comment: '' } },
      errors: { 'now:lege': 'missing-level', 'coming:lege': 'missing-level' },
      ignored: [],
    });
  });

  it('keeps nothing about items it did not ask for, and says so', () => {
    const values = {
      'now:lege': 'surplus',
      'coming:lege': 'surplus',
      'now:annan': 'shortage',
      'comment:__proto__': 'x',
      page: '2',
    };
    const { ratings, errors, ignored } = checkPage(rating, one, values);
    expect(Object.keys(ratings)).toEqual(['lege']);
    expect(errors).toEqual({});
    expect(ignored).toEqual(['now:annan', 'comment:__proto__']);
    expect(({} as Record<string, unknown>).now).toBeUndefined();
  });

  it('is total: any flat values give one entry an item and only valid choices', () => {
    const id = fc.constantFrom(
      'now:a',
      'coming:a',
      'comment:a',
      'now:b',
      'coming:b',
      'now:',
      'now:constructor',
      'constructor',
    );
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('surplus', 'shortage', 'not-with-us', ''));
    const items = smallCatalogue('a', 'b').items;
    fc.assert(
      fc.property(fc.dictionary(id, value), (values) => {
        const { ratings, errors } = checkPage(rating, items, values);
        expect(Object.keys(ratings)).toEqual(['a', 'b']);
        for (const [key, { now }] of Object.entries(ratings)) expect(now === '').toBe(`now:${key}` in errors);
        expect(checkPage(rating, items, inputsOf(ratings)).ratings).toEqual(ratings);
      }),
    );
  });
});

describe('a submission', () => {
  const full = exampleRatings(roles, 1, 'sv');

  it('is accepted when all pages are filled in', () => {
    expect(checkAll(rating, roles, full)).toEqual({
      ratings: full,
      errors: {},
      page: null,
    });
    expect(answeredItems(full)).toBe(22);
  });

  it('is refused with the first page that has something missing', () => {
    const { lakare: _, ...without } = full;
    const draft = {
      ...without,
      sjukskoterska: { now: 'shortage', coming: 'shortage', comment: '' },
    };
    expect(checkAll(rating, roles, draft)).toMatchObject({
      errors: {
        'now:lakare': 'missing-level',
        'coming:lakare': 'missing-level',
        'comment:sjukskoterska': 'missing-comment',
      },
      page: 2,
    });
    expect(answeredItems(draft)).toBe(21);
  });

  it('starts on page one when nothing is answered', () => {
    const { page, errors } = checkAll(rating, roles, {});
    expect(page).toBe(1);
    expect(Object.keys(errors)).toHaveLength(44);
    expect(answeredItems(checkAll(rating, roles, {}).ratings)).toBe(0);
  });

  it('leaves out ratings of items the catalogue does not have', () => {
    const { ratings, page } = checkAll(rating, roles, {
      ...full,
      perfusjonist: full.lakare!,
    });
    expect(ratings).toEqual(full);
    expect(page).toBeNull();
  });

  it('filled in page by page is the same as at once', () => {
    fc.assert(
      fc.property(arbitraryRatings(roles), (ratings) => {
        const values = inputsOf(ratings);
        const paged = pagesOf(roles, rating).map((page) => checkPage(rating, page, values));
        expect(Object.assign({}, ...paged.map((page) => page.ratings))).toEqual(ratings);
        expect(checkAll(rating, roles, ratings)).toEqual({
          ratings,
          errors: {},
          page: null,
        });
      }),
      { numRuns: 50 },
    );
  });
});
