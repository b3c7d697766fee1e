/** A platform may deliver an event several times: its effect is committed once, together with the event's name. */

import type { Pool, PoolClient } from 'pg';
import { dateOf } from './rows.ts';
import { inTransaction } from './transaction.ts';

/** Notes the event; false when it was noted before. */
export async function isFirst(client: Pool | PoolClient, event: string, at: Temporal.Instant): Promise<boolean> {
  const fresh = await client.query('insert into inbound_event (key, at) values ($1, $2) on conflict do nothing', [
    event,
    dateOf(at),
  ]);
  return Boolean(fresh.rowCount);
}

/** Carries out `use` with the event in one transaction; false, and nothing done, when the event is known. */
export function once(
  pool: Pool,
  event: string,
  at: Temporal.Instant,
  use: (client: PoolClient) => Promise<void>,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const isNew = await isFirst(client, event, at);
    if (isNew) await use(client);
    return isNew;
  });
}
