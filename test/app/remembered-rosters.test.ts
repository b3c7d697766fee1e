import { beforeEach, expect, test } from 'vitest';
import { rememberedRosters } from '../../src/app/remembered-rosters.ts';

let now: Temporal.Instant;
let asked: string[];
let answers: (() => Promise<string[] | null>)[];
beforeEach(() => {
  now = Temporal.Instant.from('2022-10-12T08:00:00Z');
  asked = [];
  answers = [];
});

const clock = { now: () => now };
const channel = (id: string) => ({ platform: 'teams' as const, tenant: 'one', id });
const rosters = () =>
  rememberedRosters(clock, async ({ id }) => {
    asked.push(id);
    return (answers.shift() ?? (async () => [`of ${id}`, `${asked.length}`]))();
  });

test('who turns pages asks once, and who begins anew asks again', async () => {
  const who = rosters();
  expect(await who(channel('a'), 'now')).toEqual(['of a', '1']);
  for (const _ of [1, 2, 3]) expect(await who(channel('a'), 'lately')).toEqual(['of a', '1']);
  expect(await who(channel('a'), 'now')).toEqual(['of a', '2']);
  expect(await who(channel('a'), 'lately')).toEqual(['of a', '2']);
  expect(await who(channel('b'), 'lately')).toEqual(['of b', '3']);
});

test('after ten minutes it is asked again, also where the clock went back', async () => {
  const who = rosters();
  await who(channel('a'), 'now');
  now = now.add({ minutes: 9 });
  await who(channel('a'), 'lately');
  expect(asked.length).toBe(1);
  now = now.add({ minutes: 1 });
  await who(channel('a'), 'lately');
  expect(asked.length).toBe(2);
  now = now.subtract({ hours: 24 });
  await who(channel('a'), 'lately');
  expect(asked.length).toBe(3);
});

test('two at once wait for one answer', async () => {
  const who = rosters();
  const both = await Promise.all([who(channel('a'), 'now'), who(channel('a'), 'now')]);
  expect(both).toEqual([
    ['of a', '1'],
    ['of a', '1'],
  ]);
  expect(asked.length).toBe(1);
});

test('no answer, or a fault, is not remembered', async () => {
  const who = rosters();
  answers = [async () => null, () => Promise.reject(new Error('away'))];
  expect(await who(channel('a'), 'now')).toBe(null);
  expect(await who(channel('a'), 'lately')).toBe(null);
  expect(await who(channel('a'), 'lately')).toEqual(['of a', '3']);
});

test('of more than eight channels the one that was asked longest ago is forgotten', async () => {
  const who = rosters();
  for (let n = 0; n < 9; n += 1) await who(channel(`${n}`), 'now');
  await who(channel('8'), 'lately');
  expect(asked.length).toBe(9);
  await who(channel('0'), 'lately');
  expect(asked.length).toBe(10);
});
