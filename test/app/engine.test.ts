/** How often the wheel turns while everybody answers. Time here is the test's own. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../../src/app/engine.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An engine whose turns take so long, and when each of them began. */
function wheel(turnMs: number) {
  const began: number[] = [];
  const engine = createEngine({
    store: { ledger: { open: async () => 0 }, groups: { due: async () => [] } } as never,
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(0) },
    sender: { run: async () => {}, idle: async () => {}, recover: async () => {}, stop: async () => {} },
    tick: async () => {
      began.push(performance.now());
      await new Promise((done) => setTimeout(done, turnMs));
      return 0;
    },
    log: { error: (_data, message) => expect.unreachable(message) },
  });
  return { engine, began };
}

async function wakeEveryMillisecond(engine: ReturnType<typeof wheel>['engine'], ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1) {
    engine.wake();
    await vi.advanceTimersByTimeAsync(1);
  }
}

test('the first who wakes it is not kept waiting', async () => {
  const { engine, began } = wheel(5);
  const asked = performance.now();
  engine.wake();
  await vi.advanceTimersByTimeAsync(2);
  expect(began).toHaveLength(1);
  expect((began[0] ?? 0) - asked).toBeLessThanOrEqual(1);
});

test.each([
  ['quick turns', 1, 50],
  ['slow turns: a tenth of the time', 30, 300],
  ['very slow turns: still twice a second', 90, 500],
])('%s', async (_what, turnMs, betweenMs) => {
  const { engine, began } = wheel(turnMs);
  await wakeEveryMillisecond(engine, 4_000);
  const gaps = began.slice(1).map((at, index) => at - (began[index] ?? 0));
  expect(gaps.length).toBeGreaterThan(4);
  for (const gap of gaps) expect(Math.abs(gap - betweenMs)).toBeLessThanOrEqual(turnMs + 2);
});

test('who wakes it during a turn gets another one', async () => {
  const { engine, began } = wheel(30);
  engine.wake();
  await vi.advanceTimersByTimeAsync(10);
  expect(began).toHaveLength(1);
  engine.wake();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(began).toHaveLength(2);
});
