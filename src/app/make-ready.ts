/**
 * Ahead of a round the personal chats that are not known yet are found or made, so that on the day itself nothing but the
 * invitations has to be sent, and whoever cannot be reached is known before. Low priority: one at a time, in no hurry.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../domain/group.ts';
import type { ChatPlatform } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

const atOnce = 200;
const gapMs = 100;

export type MakeReadyOptions = {
  store: Pick<Store, 'reach'>;
  platforms: Partial<Record<Platform, ChatPlatform>>;
  clock: Clock;
  log: { warn(data: object, message: string): void };
  /** Ends the work early. */
  stopping: AbortSignal;
};

/** How many chats are ready now. A tenant that asks for a pause is left alone until the next time. */
export async function makeReady({ store, platforms, clock, log, stopping }: MakeReadyOptions): Promise<number> {
  const paused = new Set<string>();
  let ready = 0;
  for (const who of await store.reach.unprepared(clock.now(), atOnce)) {
    if (stopping.aborted) break;
    const lane = `${who.platform}/${who.tenant}`;
    const platform = platforms[who.platform];
    if (!platform || paused.has(lane)) continue;
    const outcome = await platform.prepare(who);
    if (outcome.is === 'ready') ready += 1;
    else if (outcome.is === 'again') paused.add(lane);
    else {
      log.warn(
        { platform: who.platform, code: outcome.code, detail: outcome.detail },
        'somebody to be invited cannot be reached',
      );
      // The convenor has a day or more to see to it before the invitation is due.
      await store.reach.unreachable(who, outcome.code, clock.now());
    }
    await sleep(gapMs);
  }
  return ready;
}
