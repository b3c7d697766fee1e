/** The clocks: the only place where the machine's time is read for a decision. */

import type { Clock, MovableClock } from '../../ports/clock.ts';

export const systemClock: Clock = { now: () => Temporal.Now.instant().round('millisecond') };

export function movableClock(start: Temporal.Instant): MovableClock {
  let setAt = performance.now();
  let base = start;
  return {
    now: () => base.add({ milliseconds: Math.floor(performance.now() - setAt) }),
    moveTo(instant) {
      base = instant;
      setAt = performance.now();
    },
  };
}
