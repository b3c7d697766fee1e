/**
 * Which process works on what. Each process has a number and holds an advisory lock of that number on a connection of its own:
 * the server releases it the moment the process dies, so what it left half-done is known at once, without leases and clocks.
 */

import pg from 'pg';

/** Of the advisory locks: of a process that works here there is one. */
export const space = 7270;

export type Worker = { readonly number: number; close(): Promise<void> };

export async function enrol(url: string): Promise<Worker> {
  let client = await lockedClient(url, null);
  const number = client.number;
  let closing = false;
  const keep = (connection: pg.Client) =>
    connection.on('end', async () => {
      // The server restarted: take the same number again, or what we hold would look abandoned.
      while (!closing) {
        await new Promise((again) => setTimeout(again, 250));
        try {
          client = await lockedClient(url, number);
          keep(client.connection);
          return;
        } catch {
          // still away
        }
      }
    });
  keep(client.connection);
  return {
    number,
    async close() {
      closing = true;
      await client.connection.end().catch(() => {});
    },
  };
}

async function lockedClient(url: string, wanted: number | null): Promise<{ connection: pg.Client; number: number }> {
  const connection = new pg.Client({
    connectionString: url,
    application_name: 'rond',
    keepAlive: true,
  });
  connection.on('error', () => {});
  await connection.connect();
  for (;;) {
    const number = wanted ?? Math.floor(Math.random() * 2 ** 31);
    const result = await connection.query('select pg_try_advisory_lock($1, $2) as held', [space, number]);
    if (result.rows[0].held) return { connection, number };
    if (wanted !== null) await new Promise((again) => setTimeout(again, 100));
  }
}

/** SQL: numbers of the processes that are alive in this database. */
export const livingWorkers = `select objid::bigint::int from pg_locks where locktype = 'advisory' and classid = ${space}
  and database = (select oid from pg_database where datname = current_database())`;
