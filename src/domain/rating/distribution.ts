/** Figures for answers on an ordered scale. Every figure shown as a level is a level somebody gave; none is a mean. */

import { levels, type SupplyLevel } from '../levels.ts';

/** How many gave each of the four levels. */
export type Distribution = Record<SupplyLevel, number>;

export function totalOf(distribution: Distribution): number {
  return levels.reduce((sum, level) => sum + distribution[level], 0);
}

/** The middle answer's level; "split" when the two middle answers are different levels; null without answers. */
export function medianOf(distribution: Distribution): SupplyLevel | 'split' | null {
  const n = totalOf(distribution);
  if (n === 0) return null;
  const lower = levelAt(distribution, Math.ceil(n / 2));
  const upper = levelAt(distribution, Math.floor(n / 2) + 1);
  return lower === upper ? (levels[lower] ?? null) : 'split';
}

/**
 * Steps between the quartiles, 0–3; null without answers. A quartile is the first level, from surplus on, at or below which
 * at least that share of the answers lies (R's type 1, PostgreSQL's `percentile_disc`): a level somebody gave, never a point between two.
 */
export function spreadOf(distribution: Distribution): number | null {
  const n = totalOf(distribution);
  if (n === 0) return null;
  return levelAt(distribution, Math.ceil((3 * n) / 4)) - levelAt(distribution, Math.ceil(n / 4));
}

/**
 * Agreement from 0 (half at each end) to 1 (all the same), after Tastle and Wierman; null without answers. The mean inside
 * the formula is only a point to measure distances from and is never shown.
 */
export function consensusOf(distribution: Distribution): number | null {
  const n = totalOf(distribution);
  if (n === 0) return null;
  const middle = levels.reduce((sum, level, step) => sum + step * distribution[level], 0) / n;
  const width = levels.length - 1;
  const agreement = levels.reduce((sum, level, step) => {
    const count = distribution[level];
    return count === 0 ? sum : sum + (count / n) * Math.log2(1 - Math.abs(step - middle) / width);
  }, 1);
  return Math.min(1, Math.max(0, agreement));
}

/** Step of the answer at this place (1-based) when all are lined up from surplus to shortage. */
function levelAt(distribution: Distribution, place: number): number {
  let seen = 0;
  return levels.findIndex((level) => {
    seen += distribution[level];
    return seen >= place;
  });
}
