/**
 * The sandbox's clock, moved by hand: every event on the way is stopped at and carried out, so that a jump of three months
 * shows what three months would have shown.
 */

import type { Step } from '../delivery/steps.ts';
import type { Holidays } from '../domain/calendar.ts';
import { preview } from '../domain/schedule/preview.ts';
import type { MovableClock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Engine } from './engine.ts';

export type ClockState = {
  now: string;
  /** The next event, or null when nothing is to come. */
  next: string | null;
  /** What it is: a happening's kind, e.g. "invitation". */
  what: string | null;
};

export type SandboxClock = {
  tellNow(): Promise<void>;
  state(): Promise<ClockState>;
  /** Rejects never; goes no further than what could be carried out. */
  move(to: Temporal.Instant | 'next'): Promise<ClockState>;
};

export type SandboxClockOptions = {
  store: Store;
  clock: MovableClock;
  engine: Engine;
  holidays: Holidays;
  step: (step: Step) => void;
  /** Persists the time and tells the sandbox. */
  tell(now: Temporal.Instant): Promise<void>;
};

const quietLimitMs = 60_000;

export function createSandboxClock({ store, clock, engine, holidays, step, tell }: SandboxClockOptions): SandboxClock {
  let moving: Promise<unknown> = Promise.resolve();

  async function setTo(instant: Temporal.Instant): Promise<void> {
    if (Temporal.Instant.compare(instant, clock.now()) > 0) clock.moveTo(instant);
    await tell(clock.now());
    step('clock-moved');
  }

  async function moveTo(to: Temporal.Instant | 'next'): Promise<void> {
    await engine.untilQuiet(quietLimitMs);
    for (let stops = 0; stops < 5_000; stops += 1) {
      const next = await store.groups.nextAt();
      const isPast = next && Temporal.Instant.compare(next.at, clock.now()) <= 0;
      if (to === 'next') {
        if (!next) return;
        await setTo(next.at);
        if ((await engine.untilQuiet(quietLimitMs)) > 0) return; // an instant at which nothing was to do is passed over
      } else if (next && !isPast && Temporal.Instant.compare(next.at, to) <= 0) {
        await setTo(next.at);
        await engine.untilQuiet(quietLimitMs);
      } else if (Temporal.Instant.compare(clock.now(), to) < 0) {
        await setTo(to);
        await engine.untilQuiet(quietLimitMs);
      } else return;
    }
  }

  async function state(): Promise<ClockState> {
    const next = await store.groups.nextAt();
    const loaded = next ? await store.groups.load(next.group) : null;
    const now = clock.now();
    const coming = loaded ? preview(loaded.group, loaded.state, now, now.add({ hours: 24 * 400 }), holidays) : [];
    const first = coming.find((happening) => happening.do !== 'skip');
    return {
      now: now.toString(),
      next: first?.at.toString() ?? null,
      what: first ? (first.do === 'tell' ? first.kind : first.do) : null,
    };
  }

  async function move(to: Temporal.Instant | 'next'): Promise<ClockState> {
    const mine = moving.then(() => moveTo(to));
    moving = mine.catch(() => {});
    await mine;
    return state();
  }

  return {
    tellNow: () => tell(clock.now()),
    state,
    move,
  };
}
