/** What time it is for Rond: the machine's, or the sandbox's where nothing is connected. */

import { systemClock } from '../adapters/clock/clocks.ts';
import { savedSandboxTime } from '../app/sandbox-time.ts';
import { type Config, isSandboxed } from '../config.ts';
import type { Store } from '../ports/store.ts';

export async function rondTime(store: Pick<Store, 'settings'>, config: Config): Promise<Temporal.Instant> {
  return isSandboxed(config) ? savedSandboxTime(store) : systemClock.now();
}
