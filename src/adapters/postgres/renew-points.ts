/**
 * Deadlines, status questions and news of what is overdue ask something of somebody. When that is over (done, moved, set aside, somebody
 * else's), or asked again, each is put anew where it stands, as invitations are (`renew-messages.ts`). Runs inside the transaction that
 * changed the plan, after everything else of it. What was said of a point is found by its name in the ledger (`domain/schedule/keys.ts`).
 */

import type { PoolClient } from 'pg';
import type { Renewal } from '../../domain/steering/renewal.ts';
import type { Reference } from '../../ports/chat.ts';
import { pageTime, spreadFrom } from './renew-messages.ts';
import { dateOf } from './rows.ts';

/** `pressed`: where the change was made; it shows the outcome already. */
export async function renewPoints(
  client: PoolClient,
  groupId: string,
  { points, members }: Renewal,
  at: Temporal.Instant,
  pressed: Reference | null = null,
): Promise<void> {
  if (points.length === 0 && members.length === 0) return;
  await client.query(
    `with meant as materialized (
       select d.id from unnest($2::text[], $3::text[]) as p (activity, due)
         cross join (values ('deadline:'), ('status:'), ('overdue:'), ('again:due:')) as said (what)
         cross join lateral (select concat_ws(':', what || p.activity, p.due) as name) as named
         cross join lateral (select id from delivery where group_id = $1 and key >= name || ':' and key < name || ';' offset 0) as d
       union
       select id from delivery where group_id = $1 and member_key = any($4)),
     place as (
       select d.*, concat_ws('.', a.version, g.version, (extract(epoch from $5::timestamptz) * 1000)::bigint) as change,
         case when a.removed_at is null then '{}' else jsonb_build_object('title', a.title) end as named
       from meant cross join lateral (select * from delivery
           where id = meant.id and kind in ('deadline', 'status', 'overdue') and mode = 'post' and reference is not null offset 0) as d
         join working_group g on g.id = d.group_id
         left join activity a on a.group_id = d.group_id and a.key = d.about ->> 'activity'
       where not (d.reference ->> 'message' = $6 and d.reference ->> 'conversation' = $7) is true)
     insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id, 'renewed:' || key || ':' || change, kind, 'replace', member_key, about || named, platform, lane, address,
       coalesce(${whenNotWriting('$5')}, ${spreadFrom('$5')}), 'planned', reference
     from place on conflict (group_id, key) do nothing`,
    [
      groupId,
      points.map(({ activity }) => activity),
      points.map(({ due }) => due),
      members,
      dateOf(at),
      pressed?.message ?? null,
      pressed?.conversation ?? null,
    ],
  );
}

/** As with a survey's pages; of these it is known when they were opened. */
const whenNotWriting = (at: string) =>
  `(case when place.platform = 'teams' and place.page_at > ${at}::timestamptz - ${pageTime} then place.page_at + ${pageTime} end)`;
