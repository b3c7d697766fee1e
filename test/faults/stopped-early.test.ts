/** Whoever presses Ctrl+C while Rond is still starting finds nothing of it left behind. */

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rond } from '../support/command.ts';
import { until } from './fleet.ts';

const directory = mkdtempSync(join(tmpdir(), 'rond-early-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** 0: none, or only the one that makes the files ready (its own pid is written as a negative number). */
function serverPid(): number {
  try {
    const [first] = readFileSync(join(directory, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
    return Math.max(0, Number(first));
  } catch {
    return 0;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('its own server is up, and nothing is open yet: it ends, and the server with it', async () => {
  const started: ChildProcess[] = [];
  const ended = rond(['start'], { ROND_DATA: directory, PORT: '0', SANDBOX_PORT: '0' }, (child) => started.push(child));
  await until(() => serverPid() > 0, 'its own server begins');
  const server = serverPid();
  started[0]?.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, out: expect.not.stringContaining('Open '), err: '' });
  await until(() => !isRunning(server) && serverPid() === 0, 'its server has stopped');
});
