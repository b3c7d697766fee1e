/** Who can be reached and who cannot, what waits for them, and the convenor's notice about it. */

import type { ReachStore, Waiting } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import { dateOf, instantOf } from './rows.ts';
import { inTransaction } from './transaction.ts';
import { tellConvenor } from './unreached.ts';

/** Of these a message may still go out once its receiver is back; others were refused for what they were. */
const waits = `('blocked', 'not-installed', 'disabled-by-admin', 'not-found', 'not-in-channel', 'archived', 'not-authorised')`;

/** Personal chats are made ready from three days before a window opens until the day before. */
const ahead = { from: 1, to: 3 };

/** Channels of the team whose General channel is $3. */
const ofTeam = `platform = $1 and tenant = $2 and account = $3 and id <> $3`;

/** $3 is the channel's id until now, $4 from now on. Where both are known, what was known of the new one gives way. */
const moves = [
  `update channel set id = $4 where platform = $1 and tenant = $2 and id = $3`,
  `update council set channel = $4 where platform = $1 and tenant = $2 and channel = $3`,
  `delete from contact where platform = $1 and tenant = $2 and id = $4
     and exists (select 1 from contact where platform = $1 and tenant = $2 and id = $3)`,
  `update contact set id = $4, conversation = case when conversation = $3 then $4 else conversation end
   where platform = $1 and tenant = $2 and id = $3`,
  `delete from place where platform = $1 and tenant = $2 and channel = $4
     and exists (select 1 from place where platform = $1 and tenant = $2 and channel = $3)`,
  `update place set channel = $4 where platform = $1 and tenant = $2 and channel = $3`,
  `update draft set channel = $4 where platform = $1 and tenant = $2 and channel = $3`,
  `update delivery set address = $4 where lane = $1 || '/' || $2 and address = $3`,
  `update delivery set reference = jsonb_set(reference, '{conversation}', to_jsonb($4::text))
   where lane = $1 || '/' || $2 and reference ->> 'conversation' = $3`,
];

export function reachStore({ pool }: Database): ReachStore {
  return {
    async renamed({ platform, tenant, id }, name) {
      await pool.query('update channel set name = $4 where platform = $1 and tenant = $2 and id = $3', [
        platform,
        tenant,
        id,
        name,
      ]);
    },
    moved({ platform, tenant, id }, to) {
      return inTransaction(pool, async (client) => {
        for (const statement of moves) await client.query(statement, [platform, tenant, id, to]);
      });
    },
    async lost({ platform, tenant, id }, reason, at) {
      await pool.query(
        `with kept as (
           insert into contact (platform, tenant, id, blocked) values ($1, $2, $3, $4)
           on conflict (platform, tenant, id) do update set blocked = excluded.blocked, returned_at = null),
         others as (
           update contact set blocked = $4, returned_at = null where ${ofTeam} returning id),
         ended as (
           select group_id, null::text as member_key, 'channel:' || purpose as whom, platform || '/' || tenant as lane
           from channel where platform = $1 and tenant = $2 and id in (select $3 union all select id from others))
         ${tellConvenor('$4', '$5')}`,
        [platform, tenant, id, reason, dateOf(at)],
      );
    },
    async unreachable({ platform, tenant, user }, reason, at) {
      await pool.query(
        `with ended as (
           select m.group_id, m.key as member_key, 'member:' || m.key as whom, i.platform || '/' || i.tenant as lane
           from member_identity i join member m on m.id = i.member_id and m.removed_at is null
           where i.platform = $1 and i.tenant = $2 and i.user_id = $3 and i.position = 0)
         ${tellConvenor('$4', '$5')}`,
        [platform, tenant, user, reason, dateOf(at)],
      );
    },
    async tenantLost(platform, tenant, reason, at) {
      await pool.query(
        `with ended as (
           select g.id as group_id, null::text as member_key, 'tenant:' || $1::text as whom, $1::text || '/' || $2::text as lane
           from working_group g
           where exists (select 1 from channel c where c.group_id = g.id and c.platform = $1 and c.tenant = $2)
              or exists (select 1 from member m join member_identity i on i.member_id = m.id
                         where m.group_id = g.id and m.removed_at is null and i.platform = $1 and i.tenant = $2))
         ${tellConvenor('$3', '$4')}`,
        [platform, tenant, reason, dateOf(at)],
      );
    },
    async returned({ platform, tenant, id }) {
      if (id === null) {
        await pool.query('update contact set returned_at = now() where platform = $1 and tenant = $2', [
          platform,
          tenant,
        ]);
        return;
      }
      await pool.query(
        `insert into contact (platform, tenant, id, returned_at) values ($1, $2, $3, now())
         on conflict (platform, tenant, id) do update set blocked = null, returned_at = now()`,
        [platform, tenant, id],
      );
      if (platform === 'teams')
        await pool.query(
          `update contact set blocked = null, returned_at = now() where ${ofTeam} and blocked is not null`,
          [platform, tenant, id],
        );
    },
    async back(limit) {
      const result = await pool.query(
        `select c.platform, c.tenant, c.id as contact, d.id, g.key as group_key, d.key, d.kind, d.member_key, d.channel, d.about, d.due_at
         from (select platform, tenant, id from contact where returned_at is not null order by returned_at limit $1) c
         left join delivery d on d.state = 'failed' and d.lane = c.platform || '/' || c.tenant and d.address = c.id
           and d.mode = 'post' and d.reason in ${waits}
         left join working_group g on g.id = d.group_id
         order by c.platform, c.tenant, c.id, d.due_at, d.id`,
        [limit],
      );
      const found = Map.groupBy(result.rows, (row) => `${row.platform}/${row.tenant}/${row.contact}`);
      return [...found.values()].map(([first, ...rest]) => ({
        whom: { platform: first.platform, tenant: first.tenant, id: first.contact },
        waiting: [first, ...rest].filter((row) => row.id !== null).map(waitingOf),
      }));
    },
    async takeUp({ platform, tenant, id }, send, passed, now) {
      await pool.query(
        `with sent as (
           update delivery d set state = 'planned', claimed_by = null, not_before = $6, reason = 'came-back', about = s.about
           from jsonb_to_recordset($4::jsonb) as s (id bigint, about jsonb) where d.id = s.id and d.state = 'failed'),
         passed as (
           update delivery d set state = 'skipped', reason = p.why
           from jsonb_to_recordset($5::jsonb) as p (id bigint, why text) where d.id = p.id and d.state = 'failed')
         update contact set returned_at = null where platform = $1 and tenant = $2 and id = $3`,
        [platform, tenant, id, JSON.stringify(send), JSON.stringify(passed), dateOf(now)],
      );
    },
    async unprepared(now, limit) {
      const result = await pool.query(
        `select distinct i.platform, i.tenant, i.user_id as "user"
         from working_group g
         join activity a on a.group_id = g.id and a.kind = 'collection' and a.removed_at is null and not a.parked
         cross join lateral jsonb_array_elements(a.due) as point (due)
         join member m on m.group_id = g.id and m.removed_at is null and m.role not in ('client', 'owner', 'observer')
         join member_identity i on i.member_id = m.id and i.position = 0
         left join contact c on c.platform = i.platform and c.tenant = i.tenant and c.id = i.user_id
         where (point.due ->> 'from')::date - ($1::timestamptz at time zone g.time_zone)::date between ${ahead.from} and ${ahead.to}
           and c.conversation is null and c.blocked is null
         order by i.platform, i.tenant, i.user_id limit $2`,
        [dateOf(now), limit],
      );
      return result.rows;
    },
  };
}

type Row = Omit<Waiting, 'groupKey' | 'member' | 'dueAt'> & {
  group_key: string;
  member_key: string | null;
  due_at: Date;
};

function waitingOf({ id, group_key, key, kind, member_key, channel, about, due_at }: Row): Waiting {
  return { id, groupKey: group_key, key, kind, member: member_key, channel, about, dueAt: instantOf(due_at) };
}
