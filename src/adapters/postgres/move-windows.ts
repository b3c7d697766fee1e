/** A group that moves to another zone takes what is still open along: it ends on the day that was named, at the end of it there. */

import type { PoolClient } from 'pg';

/** `from`, `to`: IANA zones. Runs inside the transaction that moves the group. */
export async function moveWindows(client: PoolClient, groupId: string, from: string, to: string): Promise<void> {
  if (from === to) return;
  const there = (moment: string) => `(${moment} at time zone $2) at time zone $3`;
  const zones = [groupId, from, to];
  await client.query(
    `update assignment a set extended_to = ${there('a.extended_to')} from round r
     where a.round_id = r.id and r.group_id = $1 and r.closed_at is null and a.extended_to is not null`,
    zones,
  );
  await client.query(
    `update round set closes_at = ${there('closes_at')},
       opens_at = case when opened_at is null then ${there('opens_at')} else opens_at end
     where group_id = $1 and closed_at is null`,
    zones,
  );
}
