/** Sandbox time: what the bot last said, flowing on with the wall clock from there. */

export type SandboxClock = {
  now(): Temporal.Instant;
  set(now: Temporal.Instant): void;
};

/** Starts at `start`, or at the wall clock's time. The elapsed part is monotonic, so a corrected system clock never shows. */
export function sandboxClock(start: Temporal.Instant = Temporal.Now.instant()): SandboxClock {
  let base = start;
  let since = performance.now();
  return {
    now: () => base.add({ milliseconds: Math.floor(performance.now() - since) }),
    set: (now) => {
      base = now;
      since = performance.now();
    },
  };
}
