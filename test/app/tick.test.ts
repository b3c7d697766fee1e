/** A tick decides for one moment, and says which: what no longer matters then need not be read. */

import { expect, test } from 'vitest';
import { tick } from '../../src/app/tick.ts';

test('each group is asked for at the moment of the tick', async () => {
  const now = Temporal.Instant.from('2022-10-20T10:00:00Z');
  const asked: [string, Temporal.Instant | undefined][] = [];
  const groups = {
    due: async (at: Temporal.Instant) => (at.equals(now) ? ['one', 'other'] : []),
    carryOut: async (key: string, _: unknown, at?: Temporal.Instant) => {
      asked.push([key, at]);
      return 2;
    },
  };
  const written = await tick({
    store: { groups } as never,
    clock: { now: () => now },
    holidays: () => null,
    step: () => {},
    log: { error: (_data, message) => expect.unreachable(message) },
  });
  expect({ asked, written }).toEqual({
    asked: [
      ['one', now],
      ['other', now],
    ],
    written: 4,
  });
});
