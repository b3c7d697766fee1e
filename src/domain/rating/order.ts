/** The order of the four levels, and what follows from it. Only the order counts: a step has no size. */

import { levels, type SupplyLevel } from '../levels.ts';

/** 0 (surplus) to 3 (shortage). */
export function rank(level: SupplyLevel): number {
  return levels.indexOf(level);
}

/** One of the four levels, not "cannot assess" or "not with us", and not empty. */
export function isSupplyLevel(choice: string): choice is SupplyLevel {
  return (levels as readonly string[]).includes(choice);
}

/**
 * Two levels that are not the same. "Cannot assess" and "not with us" say nothing about a level, so nothing differs
 * from them: nobody has to explain why the future cannot be assessed.
 */
export function differs(now: string, coming: string): boolean {
  return isSupplyLevel(now) && isSupplyLevel(coming) && now !== coming;
}
