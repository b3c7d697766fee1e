/** Ratings for property tests: every combination of choices, with and without comments. */

import fc from 'fast-check';
import type { Catalogue, Rating, Ratings } from '../../src/domain/instrument.ts';
import { ratingChoices } from '../../src/domain/levels.ts';

const choice = fc.constantFrom(...ratingChoices);

/** A complete rating as somebody may submit it: a reason wherever the shipped rule wants one. */
const rating: fc.Arbitrary<Rating> = fc
  .tuple(choice, choice, fc.constantFrom('', 'Få sökande', 'Går i pension'))
  .map(([now, coming, comment]) => ({
    now,
    coming,
    comment: comment || (now === coming && now !== 'shortage' ? '' : 'Därför'),
  }));

/** One respondent's complete ratings of the whole catalogue. */
export function arbitraryRatings(catalogue: Catalogue): fc.Arbitrary<Ratings> {
  return fc
    .array(rating, {
      minLength: catalogue.items.length,
      maxLength: catalogue.items.length,
    })
    .map((given) => Object.fromEntries(catalogue.items.map(({ key }, index) => [key, given[index]!])));
}

/** A catalogue with the given items, for tests that need no real one. */
export function smallCatalogue(...keys: string[]): Catalogue {
  return {
    key: 'small',
    version: 1,
    title: { en: 'Small' },
    source: 'test',
    items: keys.map((key) => ({ key, names: { en: key }, status: 'existing' })),
  };
}
