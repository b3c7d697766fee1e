/** Do the values fit the instrument? A draft may be incomplete; a submission may not. */

import type { Catalogue, CatalogueItem, Instrument, Rating, Ratings } from '../instrument.ts';
import { isLevel } from '../levels.ts';
import { keepComment } from './comment.ts';
import { type Field, inputId, itemOf } from './inputs.ts';
import { differs } from './order.ts';
import { pageOf } from './pages.ts';

export type RatingError = 'missing-level' | 'missing-comment' | 'too-long' | 'unknown-level';

export type PageCheck = {
  /** What can be kept as a draft: one entry for each item asked about, "" where nothing valid was given. */
  ratings: Ratings;
  /**
   * Input id → what stops a submission. `too-long` (the draft holds the comment cut to the limit) and `unknown-level` (the
   * draft holds nothing) mean that the draft is not what the person gave: show these at once. The others can wait.
   */
  errors: Record<string, RatingError>;
  /** Ids of rating inputs about items that were not asked: an old card, or a forged one. Nothing of them is kept. */
  ignored: string[];
};

/**
 * Checks one page's flat inputs. The page speaks for all its items: an input that is absent is empty (clients leave
 * empty inputs out).
 */
export function checkPage(
  instrument: Instrument,
  items: readonly CatalogueItem[],
  values: Readonly<Record<string, string>>,
): PageCheck {
  const { ratings, errors } = check(instrument, items, (field, key) => given(values, inputId(field, key)));
  const asked = new Set(items.map((item) => item.key));
  const ignored = Object.keys(values).filter((id) => {
    const item = itemOf(id);
    return item !== null && !asked.has(item);
  });
  return { ratings, errors, ignored };
}

/** `givenIn`: what was given, "" where nothing was. */
function check(
  instrument: Instrument,
  items: readonly CatalogueItem[],
  givenIn: (field: Field, item: string) => string,
): Pick<PageCheck, 'ratings' | 'errors'> {
  const ratings: Ratings = {};
  const errors: PageCheck['errors'] = {};
  const choose = (field: Field, key: string): string => {
    const value = givenIn(field, key);
    if (isLevel(value)) return value;
    errors[inputId(field, key)] = value === '' ? 'missing-level' : 'unknown-level';
    return '';
  };
  for (const { key } of items) {
    const now = choose('now', key);
    const coming = choose('coming', key);
    const comment = keepComment(givenIn('comment', key), instrument.commentMax);
    const rating: Rating = { now, coming, comment: comment.text };
    if (comment.tooLong) errors[inputId('comment', key)] = 'too-long';
    else if (comment.text === '' && needsComment(instrument, rating))
      errors[inputId('comment', key)] = 'missing-comment';
    ratings[key] = rating;
  }
  return { ratings, errors };
}

export type Check = {
  /** One entry for each item of the catalogue and no others: what is submitted when there are no errors. */
  ratings: Ratings;
  errors: PageCheck['errors'];
  /** The first page (1-based) with an error; null when the ratings can be submitted. */
  page: number | null;
};

/** Checks everything a person has given so far, before it is submitted. */
export function checkAll(instrument: Instrument, catalogue: Catalogue, ratings: Ratings): Check {
  const { ratings: kept, errors } = check(instrument, catalogue.items, (field, key) =>
    Object.hasOwn(ratings, key) ? (ratings[key]?.[field] ?? '') : '',
  );
  const faulty = new Set(Object.keys(errors).map(itemOf));
  const first = catalogue.items.find((item) => faulty.has(item.key));
  return {
    ratings: kept,
    errors,
    page: first ? pageOf(catalogue, instrument, first.key) : null,
  };
}

/** How many items have a choice for both periods: "cannot assess" and "not with us" are answers too. */
export function answeredItems(ratings: Ratings): number {
  return Object.values(ratings).filter(({ now, coming }) => isLevel(now) && isLevel(coming)).length;
}

/** By the instrument's rule: a shortage in either period, or two levels that differ, wants a reason. */
export function needsComment(instrument: Instrument, { now, coming }: Pick<Rating, 'now' | 'coming'>): boolean {
  switch (instrument.commentRequired) {
    case 'never':
      return false;
    case 'shortage-or-differs':
      return now === 'shortage' || coming === 'shortage' || differs(now, coming);
  }
}

function given(values: Readonly<Record<string, string>>, input: string): string {
  return Object.hasOwn(values, input) ? (values[input] ?? '') : '';
}
