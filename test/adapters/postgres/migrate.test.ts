/** Migrations at start-up: once, in order, all or nothing, and never over a database that this version does not understand. */

import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Database } from '../../../src/adapters/postgres/connect.ts';
import { migrate } from '../../../src/adapters/postgres/migrate.ts';
import { dropDatabase } from '../../../src/adapters/postgres/scratch.ts';
import { emptyDatabase } from '../../support/database.ts';

const shipped = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
let directory = '';
let url = '';
let database: Database;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rond-migrations-'));
  cpSync(shipped, directory, { recursive: true });
  url = await emptyDatabase();
  database = connect(url, 4);
});
afterEach(async () => {
  await database.close();
  await dropDatabase(url);
  rmSync(directory, { recursive: true, force: true });
});

const names = () =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), sql);
}
async function tables(): Promise<string[]> {
  const found = await database.pool.query(
    `select table_name from information_schema.tables where table_schema = 'public' and table_name <> '_prisma_migrations' order by 1`,
  );
  return found.rows.map((row) => row.table_name);
}

test('an empty database gets all of them in order; a migrated one gets nothing', async () => {
  expect(await migrate(database.pool, directory)).toEqual(names());
  expect(await tables()).toContain('working_group');
  expect(await migrate(database.pool, directory)).toEqual([]);
});

test('a later one is applied to what is there', async () => {
  await migrate(database.pool, directory);
  write('29991231000000_later', 'create table later (id int primary key);');
  expect(await migrate(database.pool, directory)).toEqual(['29991231000000_later']);
  expect(await tables()).toContain('later');
});

test('several processes at once: each is applied once', async () => {
  const others = [connect(url, 2), connect(url, 2)];
  const applied = await Promise.all([database, ...others].map(({ pool }) => migrate(pool, directory)));
  expect(applied.flat()).toEqual(names());
  await Promise.all(others.map((other) => other.close()));
});

test('one that was edited afterwards is refused by name, and nothing is touched', async () => {
  await migrate(database.pool, directory);
  const [first = ''] = names();
  appendFileSync(join(directory, first, 'migration.sql'), '\n-- edited');
  write('29991231000000_later', 'create table later (id int);');
  await expect(migrate(database.pool, directory)).rejects.toThrow(
    `Migration ${first} was edited after it had been applied. Restore its file from the release.`,
  );
  expect(await tables()).not.toContain('later');
});

test('a database of a newer version is refused by name', async () => {
  write('29991231000000_later', 'create table later (id int);');
  await migrate(database.pool, directory);
  await expect(migrate(database.pool, shipped)).rejects.toThrow(
    'The database has migration 29991231000000_later, which this version of Rond does not know.',
  );
});

test('one that fails half-way leaves nothing of itself, and the next start tries again', async () => {
  await migrate(database.pool, directory);
  const before = await tables();
  write('29991231000000_later', 'create table later (id int); insert into no_such_table values (1);');
  await expect(migrate(database.pool, directory)).rejects.toThrow(
    'Migration 29991231000000_later could not be applied; the database is as it was before. relation "no_such_table" does not exist',
  );
  expect(await tables()).toEqual(before);
  write('29991231000000_later', 'create table later (id int);');
  expect(await migrate(database.pool, directory)).toEqual(['29991231000000_later']);
});

test('a database that something else has left half-migrated is refused, as it was', async () => {
  await database.pool.query('create table member (id int)');
  await expect(migrate(database.pool, directory)).rejects.toThrow(
    /could not be applied; the database is as it was before/,
  );
  expect(await tables()).toEqual(['member']);
});
