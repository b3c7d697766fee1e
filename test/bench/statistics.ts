/** Quartiles of what was measured in several rounds. */

export type Spread = { median: number; lower: number; upper: number };

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, two) => one - two);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** Round by round, one over the other: what disturbs the machine disturbs both. */
export function pairedRatio(over: readonly number[], under: readonly number[]): Spread {
  return spreadOf(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}
