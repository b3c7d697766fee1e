import { setTimeout as sleep } from 'node:timers/promises';

/** What a stopping process still tries, 250 ms apart; what it leaves behind is recovered by the next. */
const lastTries = 8;

/**
 * What is known of a message must be written down, however long the database is away: a known outcome that was lost would
 * have to count as unknown. Rejects only when the process stops.
 */
export async function surely(
  write: () => Promise<void>,
  stopping: AbortSignal,
  log: { warn(data: object, message: string): void },
): Promise<void> {
  let triesLeft = lastTries;
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await write();
    } catch (error) {
      if (stopping.aborted && --triesLeft <= 0) throw error;
      log.warn({ error }, 'the database did not take what became of a message; trying again');
      await sleep(stopping.aborted ? 250 : wait, undefined, stopping.aborted ? {} : { signal: stopping }).catch(
        () => {},
      );
    }
  }
}
