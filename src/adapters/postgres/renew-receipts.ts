/** A receipt says until when answers may be changed. When that day moves, every receipt of the round is put anew where it stands. */

import type { PoolClient } from 'pg';
import { dateOf } from './rows.ts';

/**
 * Ledger rows that replace, for everybody who has answered and whose own last day has moved: nothing new is sent to anybody. Each place
 * once for each version of the round. Runs inside the transaction that moved the day; `before` is when the round closed until then.
 */
export async function renewReceipts(
  client: PoolClient,
  groupId: string,
  round: string,
  before: Temporal.Instant,
  at: Temporal.Instant,
): Promise<void> {
  await client.query(
    `with moved as (
       select a.id::text as assignment, r.version from assignment a join round r on r.id = a.round_id
       where r.group_id = $1 and r.key = $2 and r.closed_at is null and a.state = 'submitted'
         and greatest(r.closes_at, a.extended_to) <> greatest($3::timestamptz, a.extended_to)),
     place as (
       select distinct on (d.reference) d.*, moved.version from moved join delivery d
         on d.group_id = $1 and d.kind = 'receipt' and d.mode = 'replace' and d.about ->> 'assignment' = moved.assignment
       where d.reference is not null order by d.reference, d.id desc)
     insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id, regexp_replace(key, ':until:\\d+$', '') || ':until:' || version, kind, mode, member_key, about, platform, lane,
       address, $4, 'planned', reference
     from place on conflict (group_id, key) do nothing`,
    [groupId, round, dateOf(before), dateOf(at)],
  );
}
