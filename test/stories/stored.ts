import pg from 'pg';
import type { TestRond } from '../support/rond.ts';

/** Rows of the story's database. */
export async function stored<T>({ databaseUrl }: TestRond, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as T[];
  } finally {
    await client.end();
  }
}
