/** Token buckets. Time is an argument. */

import type { Pace } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';

export type Bucket = {
  /** Takes a token and says how many milliseconds to wait before using it. */
  take(now: Temporal.Instant): number;
};

export function bucket({ perSecond, burst }: Pace): Bucket {
  let tokens = burst;
  let last: number | null = null;
  return {
    take(now) {
      const at = now.epochMilliseconds;
      // A clock that was set back gives nothing; one that jumped ahead fills the bucket, not more.
      if (last !== null) tokens = Math.min(burst, tokens + (Math.max(0, at - last) / 1000) * perSecond);
      last = Math.max(at, last ?? at);
      tokens -= 1;
      return tokens >= 0 ? 0 : Math.ceil((-tokens / perSecond) * 1000);
    },
  };
}

const mostBuckets = 50_000;

export type Paces = {
  /** Takes a token from each of the named buckets and says how many milliseconds to wait before using them. */
  wait(...named: [name: string, pace: Pace][]): number;
};

export function paces(clock: Clock): Paces {
  const buckets = new Map<string, Bucket>();
  const named = (name: string, pace: Pace): Bucket => {
    const found = buckets.get(name);
    if (found) return found;
    if (buckets.size > mostBuckets) buckets.clear();
    const made = bucket(pace);
    buckets.set(name, made);
    return made;
  };
  return { wait: (...all) => Math.max(...all.map(([name, pace]) => named(name, pace).take(clock.now()))) };
}
