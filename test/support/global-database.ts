/**
 * One PostgreSQL server for the whole test run; each test gets a database of its own on it, most of them as copies of one that
 * is migrated once.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts';
import { openStore } from '../../src/compose.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string;
    /** Name of the database that is copied. */
    migrated: string;
  }
}

/**
 * Nothing here has to outlast the machine. What a power cut may not take is tested on servers as Rond starts them
 * (test/faults, test/adapters/postgres/embedded.test.ts).
 */
const forgetful = [
  'fsync = off',
  'synchronous_commit = off',
  'full_page_writes = off',
  `max_wal_size = '2GB'`,
  'scram_iterations = 1', // a scene makes some twenty connections
];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'rond-test-'));
  const server = await openEmbedded(directory);
  const url = await server.url('postgres');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const setting of forgetful) await client.query(`alter system set ${setting}`);
  await client.query('select pg_reload_conf()');
  await client.query(`set scram_iterations = 1`);
  const { username, password } = new URL(url);
  await client.query(`alter role ${client.escapeIdentifier(username)} password ${client.escapeLiteral(password)}`);
  await client.end();
  await migrateOnce(await server.url('migrated'));
  project.provide('databaseServer', url);
  project.provide('migrated', 'migrated');
  return async () => {
    await server.leave();
    rmSync(directory, { recursive: true, force: true });
  };
}

/** Everything a first start of Rond makes. */
async function migrateOnce(databaseUrl: string): Promise<void> {
  const { disconnect } = await openStore({ databaseUrl, data: '/nonexistent' });
  await disconnect();
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
}
