/** A round's result from counts alone: who answered what is not needed and does not come in here. */

import { isLevel, type Level, levels } from '../levels.ts';
import type { PairCount } from './count.ts';
import { type CriticalRule, defaultRule, isCritical } from './critical.ts';
import { consensusOf, type Distribution, medianOf, spreadOf, totalOf } from './distribution.ts';
import { isSupplyLevel, rank } from './order.ts';

export type ItemName = { key: string; name: string };
export type ConstituencyCount = {
  name: string;
  invited: number;
  submitted: number;
};

export type SummaryInput = {
  /** In the order to be shown. */
  items: readonly ItemName[];
  /** Of submitted answers only. */
  counts: readonly PairCount[];
  constituencies: readonly ConstituencyCount[];
  /** `defaultRule` unless the round has its own. */
  rule?: CriticalRule;
};

export type PeriodSummary = Distribution & {
  cannotAssess: number;
  notWithUs: number;
  /** Answers that give one of the four levels: what shares are shares of. */
  n: number;
  median: ReturnType<typeof medianOf>;
  /** Interquartile range in level steps. */
  spread: number | null;
  /** Agreement, 0–1. */
  consensus: number | null;
};

export type ItemSummary = ItemName & {
  now: PeriodSummary;
  coming: PeriodSummary;
  /** Answers with a level for both periods, present → coming, in level order: change[from][to]. */
  change: number[][];
  critical: boolean;
};

export type Summary = {
  invited: number;
  submitted: number;
  constituencies: ConstituencyCount[];
  items: ItemSummary[];
  /** The items' change matrices added up. */
  change: number[][];
  /** Code of the critical rule. */
  rule: string;
};

/**
 * Sums a round up. An item with counts but without a name (the catalogue has changed since) comes last under its key, so
 * that no answer disappears. Throws a RangeError on a choice that is none.
 */
export function summarise({ items, counts, constituencies, rule = defaultRule }: SummaryInput): Summary {
  const byItem = Map.groupBy(counts, (count) => count.item);
  const named = new Set(items.map((item) => item.key));
  const nameless = [...byItem.keys()].filter((key) => !named.has(key)).sort();
  const summaries = [...items, ...nameless.map((key) => ({ key, name: key }))].map(({ key, name }) =>
    summariseItem({ key, name }, byItem.get(key) ?? [], rule),
  );
  return {
    invited: sum(constituencies.map((constituency) => constituency.invited)),
    submitted: sum(constituencies.map((constituency) => constituency.submitted)),
    constituencies: constituencies.map(({ name, invited, submitted }) => ({
      name,
      invited,
      submitted,
    })),
    items: summaries,
    change: matrix((from, to) => sum(summaries.map((item) => item.change[from]?.[to] ?? 0))),
    rule: rule.code,
  };
}

function summariseItem(item: ItemName, counts: readonly PairCount[], rule: CriticalRule): ItemSummary {
  const now = period(counts, (pair) => pair.now);
  const coming = period(counts, (pair) => pair.coming);
  const change = changeOf(counts);
  return {
    ...item,
    now,
    coming,
    change,
    critical: isCritical(rule, { now, coming, change }),
  };
}

function period(counts: readonly PairCount[], choice: (pair: PairCount) => string): PeriodSummary {
  const chosen: Record<Level, number> = {
    surplus: 0,
    sustainable: 0,
    vulnerable: 0,
    shortage: 0,
    'cannot-assess': 0,
    'not-with-us': 0,
  };
  for (const pair of counts) {
    const level = choice(pair);
    if (!isLevel(level)) throw new RangeError(`"${pair.item}" has counts for "${level}"`);
    chosen[level] += pair.count;
  }
  const { 'cannot-assess': cannotAssess, 'not-with-us': notWithUs, ...distribution } = chosen;
  return {
    ...distribution,
    cannotAssess,
    notWithUs,
    n: totalOf(distribution),
    median: medianOf(distribution),
    spread: spreadOf(distribution),
    consensus: consensusOf(distribution),
  };
}

function changeOf(counts: readonly PairCount[]): number[][] {
  const change = matrix(() => 0);
  for (const { now, coming, count } of counts) {
    if (!isSupplyLevel(now) || !isSupplyLevel(coming)) continue;
    const row = change[rank(now)];
    if (row) row[rank(coming)] = (row[rank(coming)] ?? 0) + count;
  }
  return change;
}

function matrix(cell: (from: number, to: number) => number): number[][] {
  return levels.map((_, from) => levels.map((_, to) => cell(from, to)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
