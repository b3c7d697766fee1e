/** A fresh, migrated database for one test file. */

import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createDatabase, dropDatabase } from '../../src/adapters/postgres/scratch.ts';
import { type OpenStore, openStore } from '../../src/compose.ts';

export type TestDatabase = OpenStore & {
  url: string;
  /** Ends the connections and drops the database. */
  drop(): Promise<void>;
};

/** An empty database on the run's server; nothing is migrated. */
export function emptyDatabase(): Promise<string> {
  return createDatabase(inject('databaseServer'), `test_${randomBytes(6).toString('hex')}`);
}

export async function testDatabase(): Promise<TestDatabase> {
  const url = await emptyDatabase();
  const opened = await openStore({ databaseUrl: url, data: '/nonexistent' });
  return {
    ...opened,
    url,
    async drop() {
      await opened.disconnect();
      await dropDatabase(url);
    },
  };
}
