/** Whoever could not be reached and can be again gets what is still due and sensible. */

import type { Recipient } from '../domain/happening.ts';
import { afterComingBack } from '../domain/schedule/come-back.ts';
import type { Clock } from '../ports/clock.ts';
import type { Glance, Store, Waiting } from '../ports/store.ts';

const atOnce = 50;

/** How many deliveries are planned again. Safe to run in several processes at once, and again after any interruption. */
export async function comeBack({
  store,
  clock,
}: {
  store: Pick<Store, 'reach' | 'groups'>;
  clock: Clock;
}): Promise<number> {
  let planned = 0;
  // Fifty of one group come back at once when their whole tenant does.
  const groups = new Map<string, Glance | null>();
  for (const { whom, waiting } of await store.reach.back(atOnce)) {
    const send: Parameters<Store['reach']['takeUp']>[1] = [];
    const passed: Parameters<Store['reach']['takeUp']>[2] = [];
    for (const [key, mine] of Map.groupBy(waiting, ({ groupKey }) => groupKey)) {
      const loaded = groups.get(key) ?? (await store.groups.glance(key));
      groups.set(key, loaded);
      if (!loaded) continue;
      const ids = new Map(mine.map((one) => [one.key, one.id]));
      const found = afterComingBack(loaded.group, loaded.state, mine.map(tellOf), clock.now());
      for (const { key: name, about } of found.send) send.push({ id: ids.get(name) ?? '', about });
      for (const { key: name, why } of found.passed) passed.push({ id: ids.get(name) ?? '', why });
    }
    await store.reach.takeUp(whom, send, passed, clock.now());
    planned += send.length;
  }
  return planned;
}

function tellOf({ key, kind, member, channel, about, dueAt }: Waiting) {
  const to: Recipient = channel ? { channel } : { member: member ?? '' };
  return { do: 'tell' as const, key, at: dueAt, kind, to, about };
}
