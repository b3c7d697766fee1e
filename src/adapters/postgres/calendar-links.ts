/** Secret addresses of calendar feeds, as hashes; and how often what stands in a feed was changed. */

import type { PoolClient } from 'pg';
import type { Touch } from '../../domain/feed/entries.ts';
import type { Identity, Platform } from '../../domain/group.ts';
import type { CalendarLinks, InLog } from '../../ports/calendar-links.ts';
import { writeAudit } from './audit.ts';
import type { Database } from './connect.ts';
import { once } from './once.ts';
import { dateOf, instantOf } from './rows.ts';
import { inTransaction } from './transaction.ts';

/** Everything here is only ever added to: what is counted grows with each change. */
const touched = `
select activity, count(*)::int as times, max(at) as at from (
  select coalesce(activity, '') as activity, at from change where group_id = $1 and (activity is not null or kind = 'plan-imported')
  union all
  select activity_key, at from status_update where group_id = $1
  union all
  select split_part(split_part(subject, ':', 2), '/', 1), at from audit
  where group_id = $1 and action <> 'refused' and (subject like 'activity:%' or subject like 'round:%')
) as touch group by activity`;

/** As a row of the identities given in $1, $2 and $3. */
const theirs = `(platform, tenant, user_id) in (select * from unnest($1::text[], $2::text[], $3::text[]))`;

async function inLogs(client: PoolClient, logs: InLog[]): Promise<void> {
  for (const { group, entry } of logs) await writeAudit(client, group, [entry]);
}

export function calendarLinks({ pool }: Database): CalendarLinks {
  const columns = (identities: Identity[]) => [
    identities.map(({ platform }) => platform),
    identities.map(({ tenant }) => tenant),
    identities.map(({ user }) => user),
  ];
  return {
    async find(hash) {
      const found = await pool.query(
        `select g.key, l.platform, l.tenant, l.user_id from calendar_link l left join working_group g on g.id = l.group_id where l.hash = $1`,
        [hash],
      );
      const [row] = found.rows;
      if (!row) return null;
      if (row.key !== null) return { is: 'group', key: row.key as string };
      const who = { platform: row.platform as Platform, tenant: row.tenant as string, user: row.user_id as string };
      return { is: 'person', who };
    },
    async since(identities) {
      const found = await pool.query(
        `select max(made_at) as at from calendar_link where ${theirs}`,
        columns(identities),
      );
      return found.rows[0]?.at ? instantOf(found.rows[0].at) : null;
    },
    give: (who, identities, hash, event, at, logs) =>
      once(pool, event, at, async (client) => {
        await client.query(`delete from calendar_link where ${theirs}`, columns(identities));
        await client.query(
          `insert into calendar_link (hash, platform, tenant, user_id, made_at) values ($1, $2, $3, $4, $5)
           on conflict (platform, tenant, user_id) do update set hash = excluded.hash, made_at = excluded.made_at`,
          [hash, who.platform, who.tenant, who.user, dateOf(at)],
        );
        await inLogs(client, logs);
      }),
    revoke: (identities, logs) =>
      inTransaction(pool, async (client) => {
        const ended = await client.query(`delete from calendar_link where ${theirs}`, columns(identities));
        if (ended.rowCount) await inLogs(client, logs);
      }),
    async touches(groupId) {
      const [group, rows] = await Promise.all([
        pool.query('select starts_at from working_group where id = $1', [groupId]),
        pool.query(touched, [groupId]),
      ]);
      const all = new Map<string, Touch>(
        rows.rows.map((row) => [row.activity as string, { times: row.times as number, at: instantOf(row.at) }]),
      );
      const start = group.rows[0] ? instantOf(group.rows[0].starts_at) : Temporal.Instant.fromEpochMilliseconds(0);
      const whole = all.get('') ?? { times: 0, at: start };
      all.delete('');
      return { whole, activities: all };
    },
  };
}
