/** Response rate by constituency, as a channel may see it: a row so small that it names who has not answered is pooled. */

import type { ConstituencyCount } from './summary.ts';

/** `name` is null for the pooled rest. */
export type ShownConstituency = Omit<ConstituencyCount, 'name'> & { name: string | null };

/** Fewest invited that a row of its own may stand for. */
export const leastShown = 3;

/**
 * Every row when everybody has answered: then nobody is missing. The counts always add up to the same totals.
 * A single row says what the whole says already, and is left out.
 */
export function shownConstituencies(
  rows: readonly ConstituencyCount[],
  least: number = leastShown,
): ShownConstituency[] {
  if (rows.length < 2) return [];
  if (rows.every(({ invited, submitted }) => submitted === invited)) return [...rows];
  const bySize = rows.toSorted((one, other) => one.invited - other.invited);
  const pooled = new Set(bySize.filter((row) => row.invited < least));
  // A pool that is too small itself takes the next smallest row along.
  for (const row of bySize) {
    if (pooled.size === 0 || total(pooled).invited >= least) break;
    pooled.add(row);
  }
  const shown: ShownConstituency[] = rows.filter((row) => !pooled.has(row));
  if (pooled.size === 0) return shown;
  const rest = total(pooled);
  // There are others only beside those that are named.
  return rest.invited >= least && shown.length > 0 ? [...shown, { name: null, ...rest }] : [];
}

function total(rows: Iterable<ConstituencyCount>): { invited: number; submitted: number } {
  let invited = 0;
  let submitted = 0;
  for (const row of rows) {
    invited += row.invited;
    submitted += row.submitted;
  }
  return { invited, submitted };
}
