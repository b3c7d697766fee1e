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

const newName = () => `test_${randomBytes(6).toString('hex')}`;

/** An empty database, on the run's server unless another is given; nothing is migrated. */
export const emptyDatabase = (server = inject('databaseServer')): Promise<string> => createDatabase(server, newName());

/** A database as Rond leaves it after its first start, without any group. */
export const migratedDatabase = (): Promise<string> =>
  createDatabase(inject('databaseServer'), newName(), inject('migrated'));

/** On the run's server, or on another. */
export async function testDatabase(server?: string): Promise<TestDatabase> {
  const url = await (server ? emptyDatabase(server) : migratedDatabase());
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
