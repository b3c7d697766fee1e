/** Rond's own PostgreSQL in a data directory, as the system knows it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server's process; null where there is none, or only the one that makes the files ready (it writes a negative number). */
export function serverPid(directory: string): number | null {
  try {
    const [first] = readFileSync(join(directory, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
    return Number(first) > 0 ? Number(first) : null;
  } catch {
    return null;
  }
}

export function isRunning(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}
