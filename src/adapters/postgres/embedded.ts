/**
 * Rond's own PostgreSQL: a real server from npm, on loopback, fsync on, data under ROND_DATA.
 *
 * The server outlives the process that started it (a kill -9 leaves it running): the next start finds it through its own
 * postmaster.pid and joins it. Whoever leaves last stops it.
 */

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { programs, type RunAs, runAs } from './server-files.ts';
import { space } from './worker.ts';

export type Embedded = {
  /** Connection URL of the given database on this server; the database is created when missing. */
  url(database: string): Promise<string>;
  /** Process id of the server, for measuring. */
  pid(): number | null;
  /** Stops the server unless another Rond is connected to it. */
  leave(): Promise<void>;
};

const user = 'rond';
const startLimitMs = 30_000;
const lingerLimitMs = 2_000;

/**
 * Where the server also listens without a network, which costs both sides less: in its own directory, which nobody else may enter.
 * Systems limit how long the whole path may be (macOS: 104 bytes); then, and on Windows, "" and loopback alone.
 */
function socketDirectory(data: string): string {
  const longest = Buffer.byteLength(resolve(data, '.s.PGSQL.65535'));
  return platform() === 'win32' || longest > 100 || data.includes(',') ? '' : data;
}

/** Starts the server whose files are in `directory`, or joins it when it runs. Rejects with a sentence for the operator. */
export async function openEmbedded(directory: string): Promise<Embedded> {
  const root = resolve(directory, 'postgres');
  const data = resolve(root, 'data');
  mkdirSync(root, { recursive: true });
  const password = passwordIn(root);
  const until = performance.now() + startLimitMs;
  for (let started = false; ; ) {
    const port = runningPort(data);
    if (port && (await answers(port, password))) return joined(root, data, port, password);
    if (performance.now() > until) {
      throw new Error(
        `The database in ${root} did not start within ${startLimitMs / 1000} s. See ${resolve(root, 'log')}; if another program uses this directory, stop it or set ROND_DATA to another one.`,
      );
    }
    if (!started) started = await initialiseAndStart(root, data, password);
    await sleep(50);
  }
}

function joined(root: string, data: string, port: number, password: string): Embedded {
  const local = existsSync(resolve(data, `.s.PGSQL.${port}`)) ? `?host=${encodeURIComponent(data)}` : '';
  const urlOf = (database: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}${local}`;
  return {
    async url(database) {
      await withClient(urlOf('postgres'), async (client) => {
        const found = await client.query('select 1 from pg_database where datname = $1', [database]);
        if (found.rowCount) return;
        await client.query(`create database ${client.escapeIdentifier(database)}`).catch((error) => {
          if (error.code !== '42P04' && error.code !== '23505') throw error; // a second process was faster
        });
      });
      return urlOf(database);
    },
    pid: () => Number(pidFile(data)?.[0]) || null,
    async leave() {
      if (await isUsed(urlOf('postgres'))) return;
      const { pg_ctl } = await programs();
      run(runAs(data), pg_ctl, ['stop', '-D', data, '-m', 'fast', '-t', '10'], root);
    },
  };
}

/**
 * Whether anybody else uses the server. A connection that was ended is there for a moment longer: with nobody at work, who is connected is
 * looked at until that is over.
 */
function isUsed(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const until = performance.now() + lingerLimitMs;
    for (;;) {
      const found = await client.query(
        `select exists (select from pg_locks where locktype = 'advisory' and classid = ${space}) as "isWorking",
           exists (select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()) as "isConnected"`,
      );
      const { isWorking, isConnected } = found.rows[0];
      if (isWorking || !isConnected || performance.now() > until) return isWorking || isConnected;
      await sleep(50);
    }
  }).catch(() => true);
}

/** True when a server was started; false when another process is busy doing so. */
async function initialiseAndStart(root: string, data: string, password: string): Promise<boolean> {
  const { postgres, initdb } = await programs();
  if (!existsSync(resolve(data, 'PG_VERSION'))) {
    if (!claim(resolve(root, 'initialising'))) return false;
    try {
      initialise(root, data, initdb, password);
    } finally {
      rmSync(resolve(root, 'initialising'), { force: true });
    }
  }
  const port = await freePort();
  const log = openSync(resolve(root, 'log'), 'a');
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketDirectory(data),
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    shared_buffers: '64MB',
    jit: 'off',
    logging_collector: 'off',
  };
  const as = runAs(data);
  const [command, ...args] = [
    ...as.prefix,
    postgres,
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ] as [string, ...string[]];
  // Detached with its own log file: it must not die of a closed pipe when this process is killed.
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    ...who(as),
  });
  child.on('error', () => {});
  child.unref();
  closeSync(log);
  return true;
}

function initialise(root: string, data: string, initdb: string, password: string): void {
  const fresh = resolve(root, `data.${process.pid}`);
  const secret = resolve(root, `secret.${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  try {
    run(
      runAs(root),
      initdb,
      ['-D', fresh, '-U', user, '--auth=scram-sha-256', `--pwfile=${secret}`, '--encoding=UTF8', '--locale=C'],
      root,
    );
    renameSync(fresh, data);
  } finally {
    rmSync(secret, { force: true });
  }
}

function run(as: RunAs, program: string, args: string[], root: string): void {
  const [command, ...rest] = [...as.prefix, program, ...args] as [string, ...string[]];
  const result = spawnSync(command, rest, { encoding: 'utf8', ...who(as) });
  if (result.status !== 0) {
    const said = `${result.error?.message ?? ''} ${result.stderr ?? ''}`.trim().split('\n').slice(-3).join(' ');
    throw new Error(`PostgreSQL in ${root} could not be prepared: ${said}`);
  }
}

const who = (as: RunAs) => (as.uid === undefined ? {} : { uid: as.uid, gid: as.gid as number });

function passwordIn(root: string): string {
  const path = resolve(root, 'password');
  try {
    writeFileSync(path, randomBytes(24).toString('hex'), {
      mode: 0o600,
      flag: 'wx',
    });
  } catch {
    // It is there already: this directory has been used before.
  }
  return readFileSync(path, 'utf8').trim();
}

/** A lock file that a dead process does not hold. */
function claim(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(readFileSync(path, { encoding: 'utf8', flag: 'a+' }));
    if (holder && alive(holder)) return false;
    rmSync(path, { force: true });
    return claim(path);
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** postmaster.pid: line 1 the process id, line 4 the port. */
function pidFile(data: string): string[] | null {
  try {
    return readFileSync(resolve(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

function runningPort(data: string): number | null {
  const lines = pidFile(data);
  return lines && alive(Number(lines[0])) ? Number(lines[3]) || null : null;
}

async function answers(port: number, password: string): Promise<boolean> {
  return withClient(`postgresql://${user}:${password}@127.0.0.1:${port}/postgres`, async () => true).catch(() => false);
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'rond',
    connectionTimeoutMillis: 3_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
