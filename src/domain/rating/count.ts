import type { Ratings } from '../instrument.ts';
import { isLevel } from '../levels.ts';

/**
 * How many submitted answers rate one item with one pair of choices: what one `GROUP BY item, now, coming` gives.
 * Everything in a summary follows from these rows; pairs that nobody chose have no row.
 */
export type PairCount = {
  item: string;
  /** A `Level`; strings because that is what a database gives, and `summarise` checks them. */
  now: string;
  coming: string;
  count: number;
};

/** Counts submitted (complete) ratings. The reference for the database's counting. Throws a RangeError on a choice that is none. */
export function countRatings(submitted: readonly Ratings[]): PairCount[] {
  const counts = new Map<string, PairCount>();
  for (const [item, { now, coming }] of submitted.flatMap((ratings) => Object.entries(ratings))) {
    if (!isLevel(now) || !isLevel(coming)) throw new RangeError(`"${item}" is rated "${now}" → "${coming}"`);
    const key = `${item} ${now} ${coming}`;
    const row = counts.get(key);
    if (row) row.count += 1;
    else counts.set(key, { item, now, coming, count: 1 });
  }
  return [...counts.values()];
}
