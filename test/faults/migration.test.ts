/** `kill -9` in the middle of a migration: the next start has the whole of it or nothing, and completes it. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { emptyDatabase } from '../support/database.ts';
import { durableServer } from '../support/durable-server.ts';

const shipped = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const main = fileURLToPath(new URL('migrate-main.ts', import.meta.url));
const later = '29991231000000_later';

test('killed between two statements of one migration', { timeout: 60_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rond-migrating-'));
  cpSync(shipped, directory, { recursive: true });
  mkdirSync(join(directory, later));
  writeFileSync(
    join(directory, later, 'migration.sql'),
    'create table half (id int); select pg_sleep(2); create table whole (id int);',
  );
  const server = await durableServer();
  const url = await emptyDatabase(server.url);
  const child = fork(main, [url, directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  expect((await once(child, 'message'))[0]).toBe('in the middle');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const database = connect(url, 2);
  const tables = async () => {
    const found = await database.pool.query(
      `select table_name from information_schema.tables where table_name in ('half', 'whole')`,
    );
    return found.rows.map((row) => row.table_name).sort();
  };
  expect(await tables()).toEqual([]);
  expect(await migrate(database.pool, directory)).toEqual([later]);
  expect(await tables()).toEqual(['half', 'whole']);
  await database.close();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});
