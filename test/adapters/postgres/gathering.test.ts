/** Sharing a statement changes nothing for anybody. */

import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gathering } from '../../../src/adapters/postgres/gathering.ts';

type Batch = string[];

function gatherer(ask: (batch: Batch) => Promise<string[]>, { most = 8, flights = 2 } = {}) {
  const batches: Batch[] = [];
  let under = 0;
  let mostUnder = 0;
  const one = gathering<string, string>({
    most,
    flights,
    nameOf: (question) => question.slice(0, 1),
    async ask(batch) {
      batches.push(batch);
      under += 1;
      mostUnder = Math.max(mostUnder, under);
      try {
        return await ask(batch);
      } finally {
        under -= 1;
      }
    },
  });
  return { one, batches, mostUnder: () => mostUnder };
}

const echo = async (batch: Batch) => {
  await pause(1);
  return batch.map((question) => `${question}!`);
};

test('everybody gets their own answer, no name is twice in a statement, and no limit is passed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.stringMatching(/^[a-f][0-9]{1,3}$/), { maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 3 }),
      async (questions, most, flights) => {
        const { one, batches, mostUnder } = gatherer(echo, { most, flights });
        const answers = await Promise.all(questions.map(one));
        expect(answers).toEqual(questions.map((question) => `${question}!`));
        expect(batches.flat().sort()).toEqual([...questions].sort());
        expect(mostUnder()).toBeLessThanOrEqual(flights);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(most);
          expect(new Set(batch.map((question) => question[0])).size).toBe(batch.length);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('the same name keeps its order', async () => {
  const { one, batches } = gatherer(echo, { flights: 3 });
  await Promise.all(['a1', 'b1', 'a2', 'a3'].map(one));
  expect(batches).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
});

test('one that cannot be stored fails alone', async () => {
  const { one } = gatherer(async (batch) => {
    if (batch.includes('c1')) throw new Error('c1 is not to be had');
    return echo(batch);
  });
  const settled = await Promise.allSettled(['a1', 'b1', 'c1', 'd1'].map(one));
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('after a failure it goes on', async () => {
  let away = true;
  const { one } = gatherer(async (batch) => {
    if (away) throw new Error('away');
    return echo(batch);
  });
  await expect(one('a1')).rejects.toThrow('away');
  await expect(Promise.all([one('a1'), one('b1')])).rejects.toThrow('away');
  away = false;
  expect(await one('a1')).toBe('a1!');
});
