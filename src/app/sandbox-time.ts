/** The sandbox's time, kept in the database: a bot that was killed goes on where it was. */

import type { MovableClock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

const key = 'sandbox-clock';

/** When the example's working group had just decided on its timetable. */
export const sandboxStart = Temporal.Instant.from('2022-09-26T06:00:00Z');

export async function savedSandboxTime(store: Pick<Store, 'settings'>): Promise<Temporal.Instant> {
  const saved = (await store.settings.get(key)) as { now?: string } | null;
  return saved?.now ? Temporal.Instant.from(saved.now) : sandboxStart;
}

export async function saveSandboxTime(store: Pick<Store, 'settings'>, now: Temporal.Instant): Promise<void> {
  await store.settings.set(key, { now: now.toString() });
}

/** Several processes on one database share the sandbox's time: a clock that is behind what was saved goes there. */
export async function followSandboxTime(store: Pick<Store, 'settings'>, clock: MovableClock): Promise<void> {
  const saved = await savedSandboxTime(store);
  if (Temporal.Instant.compare(saved, clock.now()) > 0) clock.moveTo(saved);
}
