/** Statements that are all carried out, or none of them. */

import type { Pool, PoolClient } from 'pg';

/** On a connection of its own. What `use` throws is thrown on, and nothing of it is kept. */
export async function inTransaction<T>(pool: Pool, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await use(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
