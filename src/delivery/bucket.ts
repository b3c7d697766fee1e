/** A token bucket. Time is an argument. */

import type { Pace } from '../ports/chat.ts';

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
