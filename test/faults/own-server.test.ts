/** Rond's own PostgreSQL outlives a bot that is killed, and is shared by all that use its directory. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Fleet, startFleet, until } from './fleet.ts';
import { judge } from './oracle.ts';
import { isRunning, serverPid } from './own-postgres.ts';

let directory = '';
let fleet: Fleet;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rond-own-'));
  fleet = await startFleet({ ROND_DATA: directory });
});
afterEach(async () => {
  for (const { child, ended } of fleet.bots) {
    child.kill('SIGTERM');
    await ended;
  }
  await until(() => !isRunning(serverPid(directory)), 'the server stops with its last user');
});
afterAll(async () => {
  await fleet.close();
  rmSync(directory, { recursive: true, force: true });
});

test('killed with its whole process group: the next start adopts the server', { timeout: 60_000 }, async () => {
  const first = await fleet.start();
  await fleet.move(first, '2022-09-26T07:00:00Z');
  const server = serverPid(directory);
  expect(first.databasePid).toBe(server);
  process.kill(-(first.child.pid as number), 'SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  expect(isRunning(server)).toBe(true);

  const second = await fleet.start();
  expect(second.databasePid).toBe(server);
  await fleet.move(second, '2022-10-05T07:00:00Z');
  expect(judge(fleet.sandbox, fleet.group, await fleet.rows()).lost).toEqual([]);
});

test('killed together with the server: the next start brings it up with everything that was told', {
  timeout: 60_000,
}, async () => {
  const first = await fleet.start();
  await fleet.move(first, '2022-10-05T07:00:00Z');
  const before = await fleet.rows();
  const server = serverPid(directory) as number;
  process.kill(first.child.pid as number, 'SIGKILL');
  process.kill(server, 'SIGKILL');
  await until(() => !isRunning(server), 'the server is gone');

  const second = await fleet.start();
  expect(second.databasePid).not.toBe(server);
  expect(await fleet.rows()).toEqual(before);
  await fleet.move(second, '2022-10-06T07:00:00Z');
  expect(judge(fleet.sandbox, fleet.group, await fleet.rows()).lost).toEqual([]);
});

test('a second process on the same directory joins, and the last to leave stops the server', {
  timeout: 60_000,
}, async () => {
  const [first, second] = await Promise.all([fleet.start(), fleet.start()]);
  expect(second.databasePid).toBe(first.databasePid);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(isRunning(second.databasePid)).toBe(true);
  await fleet.move(second, '2022-10-10T07:00:00Z');
  expect(judge(fleet.sandbox, fleet.group, await fleet.rows()).lost).toEqual([]);
});
