import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucket, paces } from '../../src/delivery/bucket.ts';

const start = Temporal.Instant.from('2022-10-12T07:00:00Z');
const at = (ms: number) => start.add({ milliseconds: Math.round(ms) });

describe('a token bucket', () => {
  test('whoever waits as told never exceeds the pace: at most burst + rate × time, over any window', () => {
    const asked = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
    const pace = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(pace, asked, ({ perSecond, burst }, gaps) => {
        const one = bucket({ perSecond, burst });
        let now = 0;
        const used = gaps.map((gap) => {
          now += gap;
          return now + one.take(at(now));
        });
        used.sort((left, right) => left - right);
        for (let from = 0; from < used.length; from += 1) {
          for (let to = from; to < used.length; to += 1) {
            const seconds = ((used[to] as number) - (used[from] as number)) / 1000;
            // One more for the one at the window's beginning.
            expect(to - from + 1).toBeLessThanOrEqual(burst + perSecond * seconds + 1 + 1e-6);
          }
        }
      }),
    );
  });

  test('a clock that is set back gives nothing; one that jumps ahead fills it, not more', () => {
    const one = bucket({ perSecond: 1, burst: 2 });
    expect([one.take(at(0)), one.take(at(0)), one.take(at(0))]).toEqual([0, 0, 1000]);
    expect(one.take(at(-3_600_000))).toBe(2000);
    expect([one.take(at(86_400_000)), one.take(at(86_400_000)), one.take(at(86_400_000))]).toEqual([0, 0, 1000]);
  });
});

test('of several buckets the slowest decides, and each is known by its name', () => {
  const named = paces({ now: () => start });
  const [fast, slow] = [
    { perSecond: 100, burst: 100 },
    { perSecond: 1, burst: 1 },
  ];
  expect(named.wait(['lane', fast], ['chat one', slow])).toBe(0);
  expect(named.wait(['lane', fast], ['chat one', slow])).toBe(1000);
  expect(named.wait(['lane', fast], ['chat two', slow])).toBe(0);
});
