/** The sandbox as a process of its own, with its real wires. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { putDirectory, sandboxCredentials } from '../../src/sandbox/client.ts';
import type { Directory } from '../../src/sandbox/wire.ts';

const main = new URL('../../src/sandbox/main.ts', import.meta.url).pathname;
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

async function start(...args: string[]) {
  const child = fork(main, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  running.push(child);
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  const [message] = (await once(child, 'message')) as [{ ready: boolean; url: string; why?: string }];
  return { child, ...message, complaints: () => complaints };
}

const noBot = ['--bot', 'http://127.0.0.1:9'];
const people: Directory['people'] = [
  {
    key: 'bo',
    name: 'Bo Prov',
    platform: 'slack',
    tenant: 'T0ROND001',
    user: 'U0BO',
    language: 'sv',
    timeZone: 'Europe/Stockholm',
  },
];

describe('the sandbox process', () => {
  it('says where it is, and leaves with SIGTERM', async () => {
    const { child, ready, url } = await start('--port', '0', ...noBot);
    expect({ ready, url }).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect((await (await fetch(`${url}/healthz`)).json()) as object).toHaveProperty('error.code', 'not-found');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('leaves when its parent has gone', async () => {
    const { child } = await start('--port', '0', ...noBot);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says in one sentence why it cannot start', async () => {
    const { url } = await start('--port', '0', ...noBot);
    const second = await start('--port', new URL(url).port, ...noBot);
    expect(second.ready).toBe(false);
    expect(second.why).toMatch(/Port \d+ of the sandbox is in use.*SANDBOX_PORT/);
    const odd = await start('--port', 'many', ...noBot);
    expect(odd.why).toMatch(/many is not a port/);
  });

  it('shows after a restart what it showed before, to the same bot', async () => {
    const saveTo = join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'sandbox.json');
    const bot = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(bot, 'listening');
    const withBot = ['--bot', `http://127.0.0.1:${(bot.address() as AddressInfo).port}`];
    const first = await start('--port', '0', '--save', saveTo, ...withBot);
    await putDirectory(first.url, { people, channels: [] });
    await fetch(`${first.url}/api/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: 'bo', text: 'hej' }),
    });
    const before = await sandboxCredentials(first.url);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
    expect(JSON.parse(await readFile(saveTo, 'utf8'))).toMatchObject({ version: 1, directory: { people } });

    const second = await start('--port', '0', '--save', saveTo, ...withBot);
    const view = (await (await fetch(`${second.url}/api/view?person=bo`)).json()) as { messages: { text: string }[] };
    expect(view.messages.map((message) => message.text)).toEqual(['hej']);
    const after = await sandboxCredentials(second.url);
    expect(after.slack.botToken).toBe(before.slack.botToken);
    expect(after.teams.appId).toBe(before.teams.appId);
    bot.closeAllConnections();
    bot.close();
  });
});
