/**
 * Applies prisma/migrations at start-up, in order, under an advisory lock, each file and its row in one transaction.
 * The bookkeeping is Prisma's own table, so that its command line agrees. An edited or unknown applied migration is refused by name.
 */

import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';

const lock = 72707369;
const bookkeeping = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

type Migration = { name: string; sql: string; checksum: string };

/** Names of the migrations that were applied now. */
export async function migrate(pool: Pool, directory: string): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    await client.query(bookkeeping);
    const pending = pendingOf(migrationsIn(directory), await appliedIn(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => {});
    client.release();
  }
}

/** Names of the migrations the next start will apply; changes nothing. Rejects as `migrate` would. */
export async function pendingMigrations(pool: Pool, directory: string): Promise<string[]> {
  const { rows } = await pool.query(`select to_regclass('_prisma_migrations') is not null as known`);
  const applied = rows[0]?.known ? await appliedIn(pool) : [];
  return pendingOf(migrationsIn(directory), applied).map((migration) => migration.name);
}

async function appliedIn(client: Pick<PoolClient, 'query'>): Promise<{ migration_name: string; checksum: string }[]> {
  const applied = await client.query(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null',
  );
  return applied.rows;
}

function migrationsIn(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8');
      return {
        name,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      };
    });
}

function pendingOf(migrations: Migration[], applied: { migration_name: string; checksum: string }[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const migration = known.get(row.migration_name);
    if (!migration) {
      throw new Error(
        `The database has migration ${row.migration_name}, which this version of Rond does not know. Run the newer version that applied it.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new Error(
        `Migration ${row.migration_name} was edited after it had been applied. Restore its file from the release.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql); // plain text protocol: the file may hold several statements
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw new Error(
      `Migration ${migration.name} could not be applied; the database is as it was before. ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}
