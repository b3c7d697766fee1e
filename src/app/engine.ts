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

const betweenTurnsMs = 50;
/** Of the time, while hundreds answer: what follows an answer must not keep the next one waiting. */
const shareOfTurns = 0.1;
const longestBetweenTurnsMs = 500;

export function createEngine({ store, clock, sender, tick, log }: EngineOptions): Engine {
  let stopped = false;
  let asked = false;
  let written = 0;
  let turning: Promise<void> | null = null;
  let soon: NodeJS.Timeout | null = null;
  /** When the next turn that was woken may begin. */
  let notBefore = Number.NEGATIVE_INFINITY;

  /** The lanes work on by themselves: no tick waits for a slow one. */
  async function turn(): Promise<void> {
    asked = false;
    written += await tick();
    await sender.run();
  }

  /** The running turn, or a new one. */
  function turnOnce(): Promise<void> {
    const from = performance.now();
    turning ??= turn().finally(() => {
      turning = null;
      const took = performance.now() - from;
      notBefore = from + Math.min(longestBetweenTurnsMs, Math.max(betweenTurnsMs, took / shareOfTurns));
      if (asked) turnSoon();
    });
    return turning;
  }

  /** While hundreds answer, one turn in a while serves them all; the first is not kept waiting. */
  function turnSoon(): void {
    if (stopped || turning) return;
    soon ??= setTimeout(look, Math.max(0, notBefore - performance.now()));
  }

  function look(): void {
    soon = null;
    turnOnce().catch((error) => log.error({ error }, 'a turn failed; the next one tries again'));
  }

  /** Nothing is due to be decided (another process may be at it) and nothing to be sent. */
  async function isQuiet(): Promise<boolean> {
    const now = clock.now();
    return (await store.groups.due(now)).length === 0 && (await store.ledger.open(now)) === 0;
  }

  return {
    wake() {
      asked = true;
      turnSoon();
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
      if (soon) clearTimeout(soon);
      await sender.stop();
      await turning?.catch(() => {});
    },
  };
}
