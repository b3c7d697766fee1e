/** Rond's own server: real, safe, on this machine only, and one for a directory. */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Embedded, openEmbedded } from '../../../src/adapters/postgres/embedded.ts';

let directory = '';
let first: Embedded;
let second: Embedded;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rond-embedded-'));
  // Two at once in a directory that has never been used.
  [first, second] = await Promise.all([openEmbedded(directory), openEmbedded(directory)]);
});
afterAll(async () => {
  await first.leave();
  rmSync(directory, { recursive: true, force: true });
});

async function asked<T>(sql: string): Promise<T> {
  const client = new pg.Client({ connectionString: await first.url('rond') });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0] as T;
  } finally {
    await client.end();
  }
}

test('two that start at once share one server', () => {
  expect(first.pid()).toBeGreaterThan(0);
  expect(second.pid()).toBe(first.pid());
});

test('an answer that was told survives a power cut: nothing is switched off for speed', async () => {
  const settings = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages`;
  expect(await asked(settings)).toEqual({ fsync: 'on', commit: 'on', pages: 'on' });
});

test('it listens on this machine only, in UTC, and wants a password that nobody else can read', async () => {
  const settings = `select current_setting('listen_addresses') as listen, current_setting('timezone') as zone, current_setting('unix_socket_directories') as sockets`;
  const data = join(directory, 'postgres', 'data');
  expect(await asked(settings)).toEqual({ listen: '127.0.0.1', zone: 'UTC', sockets: data });
  expect(statSync(data).mode & 0o077).toBe(0);
  expect(await asked('select inet_client_addr() as network')).toEqual({ network: null });
  const url = new URL(await first.url('rond'));
  expect(new URLSearchParams(url.search).get('host')).toBe(data);
  url.password = 'wrong';
  const stranger = new pg.Client({ connectionString: url.toString() });
  stranger.on('error', () => {});
  await expect(stranger.connect()).rejects.toThrow(/password/);
  expect(statSync(join(directory, 'postgres', 'password')).mode & 0o077).toBe(0);
});

test('a directory whose name is too long for a socket is served on loopback', async () => {
  const root = mkdtempSync(join(tmpdir(), 'rond-embedded-'));
  const long = await openEmbedded(join(root, 'a-name-as-long-as-some-people-give-their-directories'.repeat(2)));
  try {
    const url = await long.url('rond');
    expect(new URL(url).search).toBe('');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    expect((await client.query('select inet_client_addr() as network')).rows).toEqual([{ network: '127.0.0.1' }]);
    await client.end();
  } finally {
    await long.leave();
    rmSync(root, { recursive: true, force: true });
  }
});

test('a database is made when it is missing, by whoever comes first', async () => {
  const urls = await Promise.all(Array.from({ length: 5 }, (_, index) => (index % 2 ? first : second).url('fresh')));
  expect(new Set(urls).size).toBe(1);
});

test('who leaves while another is there leaves the server running; the last one stops it; the next starts it again', async () => {
  const client = new pg.Client({ connectionString: await first.url('rond') });
  await client.connect();
  await client.query('create table kept as select 42 as answer');
  const pid = first.pid();
  await second.leave();
  expect((await client.query('select answer from kept')).rows).toEqual([{ answer: 42 }]);
  await client.end();
  const afterLeaving = async () => {
    await first.leave();
    return first.pid();
  };
  await expect.poll(afterLeaving).toBeNull();

  first = await openEmbedded(directory);
  expect(first.pid()).not.toBe(pid);
  expect(await asked('select answer from kept')).toEqual({ answer: 42 });
});

test('whoever leaves waits for connections that are just being ended, and stops the server then', async () => {
  const client = new pg.Client({ connectionString: await first.url('rond') });
  await client.connect();
  const leaving = first.leave();
  setTimeout(() => client.end(), 300);
  await leaving;
  expect(first.pid()).toBeNull();
  first = await openEmbedded(directory);
});

test('what a machine that lost power left behind (a pid file of nobody) does not stop it', async () => {
  await first.leave();
  const file = join(directory, 'postgres', 'data', 'postmaster.pid');
  expect(() => readFileSync(file)).toThrow();
  writeFileSync(file, `999999\n${join(directory, 'postgres', 'data')}\n0\n1\n\n127.0.0.1\n\nstopping\n`);
  first = await openEmbedded(directory);
  expect(await asked('select answer from kept')).toEqual({ answer: 42 });
});
