/** Work that need not be done at any one moment: at most once an hour of Rond's time, beside everything else. */

import type { Clock } from '../ports/clock.ts';

export type Hourly = {
  /** Begins the work when an hour has passed since it last began and it is not under way; returns at once. */
  soon(): void;
  /** No more work; resolves when what is under way has ended. */
  stop(): Promise<void>;
};

export function hourly(
  clock: Clock,
  work: (stopping: AbortSignal) => Promise<unknown>,
  log: { warn(data: object, message: string): void },
): Hourly {
  let last: Temporal.Instant | null = null;
  let running: Promise<void> | null = null;
  const stopping = new AbortController();
  return {
    soon() {
      const now = clock.now();
      if (stopping.signal.aborted || running || (last && Temporal.Instant.compare(now, last.add({ hours: 1 })) < 0))
        return;
      last = now;
      running = work(stopping.signal)
        .then(
          () => {},
          (error: unknown) =>
            log.warn({ error }, 'what is done once an hour did not succeed; it is tried again in an hour'),
        )
        .finally(() => {
          running = null;
        });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
