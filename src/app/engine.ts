/** Turns the wheel: tick, send, and again while there is something due. One turn at a time in a process. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from '../delivery/sender.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

export type EngineOptions = {
  store: Pick<Store, 'ledger' | 'groups'>;
  clock: Clock;
  sender: Sender;
  tick(): Promise<number>;
  log: { error(data: object, message: string): void };
};

export type Engine = {
  /** Asks for a turn soon; never rejects. */
  wake(): void;
  /** Turns until everything that is due has been sent or has ended otherwise. Ledger rows that were new. */
  untilQuiet(limitMs: number): Promise<number>;
  stop(): Promise<void>;
};

export function createEngine({ store, clock, sender, tick, log }: EngineOptions): Engine {
  let stopped = false;
  let asked = false;
  let written = 0;
  let turning: Promise<void> | null = null;

  /** The lanes work on by themselves: no tick waits for a slow one. */
  async function turn(): Promise<void> {
    do {
      asked = false;
      written += await tick();
      await sender.run();
    } while (asked && !stopped);
  }

  /** The running turn, or a new one. */
  function turnOnce(): Promise<void> {
    turning ??= turn().finally(() => {
      turning = null;
    });
    return turning;
  }

  /** Nothing is due to be decided (another process may be at it) and nothing to be sent. */
  async function isQuiet(): Promise<boolean> {
    const now = clock.now();
    return (await store.groups.due(now)).length === 0 && (await store.ledger.open(now)) === 0;
  }

  return {
    wake() {
      if (stopped) return;
      asked = true;
      turnOnce().catch((error) => log.error({ error }, 'a turn failed; the next one tries again'));
    },
    async untilQuiet(limitMs) {
      const until = performance.now() + limitMs;
      const before = written;
      for (;;) {
        await turning?.catch(() => {});
        await turnOnce();
        await Promise.race([sender.idle(), sleep(until - performance.now(), undefined, { ref: false })]);
        if (await isQuiet()) return written - before;
        if (stopped || performance.now() > until) return written - before;
        await sleep(20);
      }
    },
    async stop() {
      stopped = true;
      await sender.stop();
      await turning?.catch(() => {});
    },
  };
}
