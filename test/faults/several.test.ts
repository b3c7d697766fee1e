/** Several bot processes on one database, and one that is asked to stop in the middle of its work. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dropDatabase } from '../../src/adapters/postgres/scratch.ts';
import type { Platform } from '../../src/domain/group.ts';
import { emptyDatabase } from '../support/database.ts';
import { type DurableServer, durableServer } from '../support/durable-server.ts';
import { crowd, type Fleet, startFleet, until } from './fleet.ts';
import { type Kill, killsIn, planEnv } from './kill-plan.ts';
import { judge } from './oracle.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rond-several-'));
let server: DurableServer;
let fleet: Fleet | null = null;
let url = '';

afterEach(async () => {
  await fleet?.close();
  await dropDatabase(url);
});
beforeAll(async () => {
  server = await durableServer();
});
afterAll(async () => {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function fleetOf(more: number, on?: Platform[]): Promise<Fleet> {
  url = await emptyDatabase(server.url);
  fleet = await startFleet({ DATABASE_URL: url }, (group) => crowd(group, more, on));
  return fleet;
}

const shownIn = ({ sandbox }: Fleet) => sandbox.wires.teams.created().length + sandbox.wires.slack.created().length;
const isEnded = (state: string) => ['sent', 'skipped', 'unknown', 'done', 'failed'].includes(state);
const countOf = async (one: Fleet, state: string) => (await one.rows()).filter((row) => row.state === state).length;

describe('two bots on one database', () => {
  const looksOften = { ROND_TEST_LOOK_EVERY_MS: '40' };

  test('both alive: every message once', { timeout: 60_000 }, async () => {
    const two = await fleetOf(60);
    const [first, second] = await Promise.all([two.start(looksOften), two.start(looksOften)]);
    await Promise.all([two.move(first, '2022-09-26T07:00:00Z'), two.move(second, '2022-09-26T07:00:00Z')]);
    const rows = await two.rows();
    expect(judge(two.sandbox, two.group, rows).lost).toEqual([]);
    const welcomes = rows.filter((row) => row.kind === 'welcome');
    expect(welcomes.map((row) => row.state)).toEqual(two.group.members.map(() => 'sent'));
  });

  test('one is killed in the middle: the other finishes what it began', { timeout: 60_000 }, async () => {
    // More than one batch, so that both have something to do.
    const two = await fleetOf(100, ['teams']);
    const file = join(scratch, 'one-killed');
    const kills: Kill[] = [{ step: 'intended', occurrence: 9 }];
    const first = await two.start(looksOften);
    const second = await two.start({ ...looksOften, ...planEnv({ kills, file }) });
    await two.move(first, '2022-09-26T07:00:00Z');
    expect(await second.ended).toBe('SIGKILL');
    expect(killsIn(file)).toEqual(['intended#9']);
    await until(async () => (await two.rows()).every((row) => isEnded(row.state)), 'everything has ended');
    judge(two.sandbox, two.group, await two.rows());
  });
});

describe('a bot that is asked to stop', () => {
  test('ends what it is at, leaves nothing half-done, and the next goes on', { timeout: 60_000 }, async () => {
    const one = await fleetOf(40);
    const bot = await one.start();
    const moving = one.move(bot, '2022-09-26T07:00:00Z').catch(() => {}); // the process goes before it can answer
    await until(() => shownIn(one) >= 6, 'it is in the middle of sending');
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    await moving;

    const left = await one.rows();
    expect(left.filter((row) => row.state === 'claimed' || row.state === 'intent')).toEqual([]);
    expect(left.filter((row) => row.state === 'planned').length).toBeGreaterThan(0);
    expect(await countOf(one, 'sent')).toBe(shownIn(one));

    const next = await one.start();
    await one.move(next, '2022-09-26T07:10:00Z');
    const { lost } = judge(one.sandbox, one.group, await one.rows());
    expect(lost).toEqual([]);
    expect(await countOf(one, 'unknown')).toBe(0);
  });
});
