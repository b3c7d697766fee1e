/**
 * Tokens whose signature was right a moment ago. Teams sends one and the same with every activity for an hour, and a signature
 * takes as long to check as an answer to store.
 */

import { createHash } from 'node:crypto';

export type Verified = {
  /** Whether this token was right for this service, not long ago, and has not ended since. */
  has(authorization: string, serviceUrl: string): boolean;
  /** `ends`: the token's own `exp`, in seconds; without one it is checked each time. */
  add(authorization: string, serviceUrl: string, ends: unknown): void;
};

/** A key that is withdrawn stops being trusted within this time. */
const keptMs = 600_000;
const atMost = 2_000;

/** `clock`: real time in milliseconds. */
export function verifiedTokens(clock: () => number): Verified {
  const until = new Map<string, number>();
  // Tokens themselves are not kept: whoever reads the memory of a process finds nothing to use.
  const nameOf = (authorization: string, serviceUrl: string) =>
    createHash('sha256').update(`${serviceUrl}\n${authorization}`).digest('base64');

  return {
    has(authorization, serviceUrl) {
      return (until.get(nameOf(authorization, serviceUrl)) ?? 0) > clock();
    },
    add(authorization, serviceUrl, ends) {
      if (typeof ends !== 'number' || !Number.isFinite(ends)) return;
      if (until.size >= atMost) until.clear();
      until.set(nameOf(authorization, serviceUrl), Math.min(ends * 1000, clock() + keptMs));
    },
  };
}
