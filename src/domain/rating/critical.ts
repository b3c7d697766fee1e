/** Which roles are critical: a rule that is data, so that a report can print the rule it was made by. */

import { levels, type SupplyLevel } from '../levels.ts';
import { rank } from './order.ts';

export type CriticalRule = {
  /** Names the words of the rule: `summary.rule.<code>`. */
  code: string;
  /** Critical when the median of either period is this level. */
  median: SupplyLevel;
  /** Critical when at least this share of the answers comes to this level or worse, and worse than they are now. */
  worsening: { to: SupplyLevel; share: number };
};

/** Median shortage in either period, or at least half come to vulnerable or shortage from something better. */
export const defaultRule: CriticalRule = {
  code: 'shortage-or-worsening',
  median: 'shortage',
  worsening: { to: 'vulnerable', share: 0.5 },
};

export type CriticalFacts = {
  now: { median: SupplyLevel | 'split' | null };
  coming: { median: SupplyLevel | 'split' | null };
  /** change[from][to] of this item in level order: answers that give a level for both periods. */
  change: readonly (readonly number[])[];
};

/**
 * A split median is nobody's winner, so it is not a median of shortage, even when one half says shortage: such a role is
 * critical only if the worsening makes it so. The share is of those who give a level for both periods; without any, no role is critical by it.
 */
export function isCritical(rule: CriticalRule, { now, coming, change }: CriticalFacts): boolean {
  if (now.median === rule.median || coming.median === rule.median) return true;
  let both = 0;
  let worsening = 0;
  for (const from of levels.keys()) {
    for (const to of levels.keys()) {
      const count = change[from]?.[to] ?? 0;
      both += count;
      if (to > from && to >= rank(rule.worsening.to)) worsening += count;
    }
  }
  return both > 0 && worsening >= rule.worsening.share * both;
}
