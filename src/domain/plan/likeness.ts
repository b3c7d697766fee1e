/** How alike two texts are, by the pairs of letters they share (Dice's coefficient, 0 to 1). */

type Pairs = { counts: Map<string, number>; total: number };

function pairsIn(text: string): Pairs {
  const counts = new Map<string, number>();
  // Spaces at the ends let short words count too.
  const letters = [...` ${text} `].slice(0, 400);
  for (let at = 1; at < letters.length; at++) {
    const pair = `${letters[at - 1]}${letters[at]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return { counts, total: letters.length - 1 };
}

function likeness(one: Pairs, other: Pairs): number {
  let shared = 0;
  const [small, large] = one.counts.size <= other.counts.size ? [one, other] : [other, one];
  for (const [pair, count] of small.counts) shared += Math.min(count, large.counts.get(pair) ?? 0);
  return (2 * shared) / (one.total + other.total);
}

/** Pairs of the one list with the other, the most alike first, each at most once, where `fits` agrees. Below `least` it is not asked. */
export function mostAlike<T>(
  ones: readonly T[],
  others: readonly T[],
  textOf: (item: T) => string,
  least: number,
  fits: (likeness: number, one: T, other: T) => boolean,
): [T, T][] {
  const theirs = others.map((item) => ({ item, pairs: pairsIn(textOf(item)) }));
  const found = ones.flatMap((one, order) => {
    const pairs = pairsIn(textOf(one));
    return theirs.flatMap(({ item: other, pairs: its }) => {
      // Not even if the shorter stood whole in the longer.
      if ((2 * Math.min(pairs.total, its.total)) / (pairs.total + its.total) < least) return [];
      const value = likeness(pairs, its);
      return value >= least && fits(value, one, other) ? [{ one, other, value, order }] : [];
    });
  });
  found.sort((a, b) => b.value - a.value || a.order - b.order);
  const used = new Set<T>();
  const matched: [T, T][] = [];
  for (const { one, other } of found) {
    if (used.has(one) || used.has(other)) continue;
    used.add(one).add(other);
    matched.push([one, other]);
  }
  return matched;
}
