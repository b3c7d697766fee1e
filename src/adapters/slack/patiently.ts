import { setTimeout as pause } from 'node:timers/promises';
import { troubleOf } from './errors.ts';

const tries = 3;
const longestMs = 20_000;

/**
 * Repeats a call that may be repeated freely (an update says the same twice) when Slack is busy or unclear; somebody is
 * looking at the place it will change. Rejects with the last error, at once with one that will not pass.
 */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const trouble = troubleOf(error);
      if (attempt === tries || trouble.is === 'failed') throw error;
      await pause(trouble.is === 'again' ? Math.min(trouble.afterMs, longestMs) : 500 * attempt);
    }
  }
}
