/** Turns the wheel: tick, send, and again while there is something due. One turn at a time in a process. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from '../delivery/sender.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

export type EngineOptions = {
  store: Pick<Store, 'ledger'>;
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
  let turning: Promise<number> | null = null;

  async function turn(): Promise<number> {
    let written = 0;
    do {
      asked = false;
      written += await tick();
      await sender.run();
    } while (asked && !stopped);
    return written;
  }

  /** The running turn, or a new one. */
  function turnOnce(): Promise<number> {
    turning ??= turn().finally(() => {
      turning = null;
    });
    return turning;
  }

  return {
    wake() {
      if (stopped) return;
      asked = true;
      turnOnce().catch((error) => log.error({ error }, 'a turn failed; the next one tries again'));
    },
    async untilQuiet(limitMs) {
      const until = performance.now() + limitMs;
      let written = 0;
      for (;;) {
        if (turning) await turning.catch(() => {});
        written += await turnOnce();
        if ((await store.ledger.open(clock.now())) === 0) return written;
        if (stopped || performance.now() > until) return written;
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
