/** Whoever presses Ctrl+C while Rond is still starting finds nothing of it left behind. */

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rond } from '../support/command.ts';
import { until } from './fleet.ts';
import { isRunning, serverPid } from './own-postgres.ts';

const directory = mkdtempSync(join(tmpdir(), 'rond-early-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('its own server is up, and nothing is open yet: it ends, and the server with it', async () => {
  const started: ChildProcess[] = [];
  const ended = rond(['start'], { ROND_DATA: directory, PORT: '0', SANDBOX_PORT: '0' }, (child) => started.push(child));
  await until(() => serverPid(directory) !== null, 'its own server begins');
  const server = serverPid(directory);
  started[0]?.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, out: expect.not.stringContaining('Open '), err: '' });
  await until(() => !isRunning(server) && serverPid(directory) === null, 'its server has stopped');
});
