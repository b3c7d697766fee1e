/** Timetables on their way into a group, and the transactions in which they get there. */

import type { PoolClient } from 'pg';
import type { Activity, Platform } from '../../domain/group.ts';
import { dueName } from '../../domain/schedule/scene.ts';
import type { Change } from '../../domain/state.ts';
import { renewalOf } from '../../domain/steering/renewal.ts';
import type { Applied, DraftStore, StoredDraft } from '../../ports/drafts.ts';
import type { NewAuditEntry } from '../../ports/steering.ts';
import type { Glance } from '../../ports/store.ts';
import { claimAnew } from './claim-anew.ts';
import type { Database } from './connect.ts';
import { groupStore } from './groups.ts';
import { formerIn } from './people.ts';
import { placeStore } from './places.ts';
import { keysOf, renewMessages } from './renew-messages.ts';
import { renewPoints } from './renew-points.ts';
import { dateOf, dateOfDay, dueFromJson } from './rows.ts';
import { writeGroup } from './save-group.ts';
import { inTransaction } from './transaction.ts';

const columns = 'id, platform, tenant, user_id, channel, group_key, version, state, content, base';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function draftStore(database: Database): DraftStore {
  const { pool } = database;
  const groups = groupStore(database);

  async function get(id: string): Promise<StoredDraft | null> {
    // What a button says is not to be trusted to be an id at all.
    if (!uuid.test(id)) return null;
    const result = await pool.query(`select ${columns} from draft where id = $1`, [id]);
    return result.rows[0] ? draftOf(result.rows[0]) : null;
  }

  return {
    ...placeStore(database),
    get,
    begin: ({ author, channel, group, draft, base, event }, at) =>
      inTransaction(pool, async (client) => {
        const { platform, tenant, user } = author;
        const made = await client.query(
          `insert into draft (platform, tenant, user_id, channel, group_key, event, content, base, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (event) do nothing returning ${columns}`,
          [platform, tenant, user, channel, group, event, json(draft), base && json(base), dateOf(at)],
        );
        const [fresh] = made.rows;
        if (!fresh) {
          const known = await client.query(`select ${columns} from draft where event = $1`, [event]);
          return draftOf(known.rows[0]);
        }
        await client.query(
          `update draft set state = 'cancelled' where state = 'open' and id <> $1 and platform = $2 and tenant = $3 and user_id = $4
             and channel is not distinct from $5`,
          [fresh.id, platform, tenant, user, channel],
        );
        return draftOf(fresh);
      }),
    async latest({ platform, tenant, user }, channel) {
      const result = await pool.query(
        `select ${columns} from draft where state = 'open' and platform = $1 and tenant = $2
           and case when $4::text is null then user_id = $3 else channel = $4 end order by created_at desc limit 1`,
        [platform, tenant, user, channel],
      );
      return result.rows[0] ? draftOf(result.rows[0]) : null;
    },
    async revise(id, version, next) {
      const result = await pool.query(
        `update draft set version = version + 1, content = coalesce($3, content), base = coalesce($4, base),
           channel = coalesce($5, channel), group_key = coalesce($6, group_key)
         where id = $1 and version = $2 and state = 'open' returning ${columns}`,
        [
          id,
          version,
          next.draft ? json(next.draft) : null,
          next.base ? json(next.base) : null,
          next.channel ?? null,
          next.group ?? null,
        ],
      );
      return result.rows[0] ? draftOf(result.rows[0]) : null;
    },
    async cancel(id) {
      const ended = await pool.query(`update draft set state = 'cancelled' where id = $1 and state = 'open'`, [id]);
      return Boolean(ended.rowCount);
    },
    async revive(id) {
      const opened = await pool.query(
        `update draft d set state = 'open' where id = $1 and state = 'cancelled' and not exists (
           select 1 from draft o where o.state = 'open' and o.platform = d.platform and o.tenant = d.tenant
             and o.user_id = d.user_id and o.channel is not distinct from d.channel)`,
        [id],
      );
      return Boolean(opened.rowCount);
    },
    create: (id, version, { group, change, by, entries }) =>
      inTransaction(pool, async (client) => {
        if (!(await isOpen(client, id, version))) return { is: 'stale' };
        for (const channel of group.channels) {
          const name = `rond ${channel.platform} ${channel.tenant} ${channel.id}`;
          // Two drafts for one channel: the second waits here, and then sees the group.
          await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
          const taken = await client.query('select 1 from channel where platform = $1 and tenant = $2 and id = $3', [
            channel.platform,
            channel.tenant,
            channel.id,
          ]);
          if (taken.rowCount) return { is: 'taken' };
        }
        await client.query(`select pg_advisory_xact_lock(hashtextextended('rond group keys', 0))`);
        const key = await freeKey(client, group.key);
        const groupId = await writeGroup(client, { ...group, key }, group.startsAt);
        await addChange(client, groupId, change, by);
        await addEntries(client, groupId, entries);
        await client.query(`update draft set state = 'applied', group_key = $2 where id = $1`, [id, key]);
        return { is: 'created', group: key };
      }),
    apply: (id, version, key, at, decide) =>
      inTransaction(pool, async (client) => {
        if (!(await isOpen(client, id, version))) return 'stale';
        // The group first, as every other change of it.
        await client.query('select 1 from working_group where key = $1 for no key update', [key]);
        const loaded = await groups.glance(key);
        const applied = loaded && decide(loaded, await formerIn(client, key));
        if (!loaded || !applied) return 'changed';
        await write(client, loaded, applied, at, id);
        await client.query(`update draft set state = 'applied' where id = $1`, [id]);
        return 'applied';
      }),
    async refused(group, entry) {
      const client = await pool.connect();
      try {
        const found = await client.query('select id from working_group where key = $1', [group]);
        if (found.rows[0]) await addEntries(client, found.rows[0].id, [entry]);
      } finally {
        client.release();
      }
    },
  };
}

async function write(
  client: PoolClient,
  { id: groupId, group: was, state }: Glance,
  applied: Applied,
  at: Temporal.Instant,
  draft: string,
) {
  const { group, closes, restated, touched, changes, by, entries } = applied;
  await writeGroup(client, group, at);
  const members = keysOf(was);
  for (const { round, at: closesAt } of closes) {
    await client.query('update round set closes_at = $3, version = version + 1 where group_id = $1 and key = $2', [
      groupId,
      round,
      dateOf(closesAt),
    ]);
    const before = state.rounds.find(({ key }) => key === round);
    if (!before) continue;
    const after = { round: { ...before, closesAt }, members };
    await renewMessages(client, groupId, { round: before, members }, after, at);
  }
  for (const { activity, due, to } of restated) {
    // What was said last stands; only the day is another.
    await client.query(
      `insert into status_update (group_id, activity_key, due_key, status, note, new_date, by, event, at)
       select group_id, activity_key, due_key, status, note, $4, $5, $6, $7 from status_update
       where group_id = $1 and activity_key = $2 and due_key = $3 order by id desc limit 1`,
      [groupId, activity, due, dateOfDay(to), by, `draft:${draft}:${activity}:${due}`, dateOf(at)],
    );
  }
  await client.query('update activity set version = version + 1 where group_id = $1 and key = any($2)', [
    groupId,
    touched,
  ]);
  await client.query('update working_group set version = version + 1 where id = $1', [groupId]);
  for (const change of changes) await addChange(client, groupId, change, by);
  await addEntries(client, groupId, entries);
  const moved = new Map(restated.map(({ activity, due, to }) => [dueName(activity, due), to]));
  const statuses = state.statuses.map((word) => ({
    ...word,
    newDate: moved.get(dueName(word.activity, word.due)) ?? word.newDate,
  }));
  await renewPoints(client, groupId, renewalOf({ group: was, state }, { group, state: { ...state, statuses } }), at);
  await claimAnew(client, groupId);
}

async function isOpen(client: PoolClient, id: string, version: number): Promise<boolean> {
  const result = await client.query(`select version, state from draft where id = $1 for update`, [id]);
  const [row] = result.rows;
  return row?.state === 'open' && row.version === version;
}

async function freeKey(client: PoolClient, base: string): Promise<string> {
  const result = await client.query(`select key from working_group where key = $1 or key like $1 || '-%'`, [base]);
  const taken = new Set(result.rows.map((row) => row.key));
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return key;
}

async function addChange(client: PoolClient, groupId: string, { at, kind, activity, facts }: Change, by: string) {
  await client.query('insert into change (group_id, at, kind, activity, facts, by) values ($1, $2, $3, $4, $5, $6)', [
    groupId,
    dateOf(at),
    kind,
    activity,
    json(facts),
    by,
  ]);
}

async function addEntries(client: PoolClient, groupId: string, entries: NewAuditEntry[]): Promise<void> {
  const rows = entries.map(({ at, ...entry }) => ({ ...entry, at: dateOf(at) }));
  await client.query(
    `insert into audit (group_id, at, by, by_name, action, subject, subject_name, field, before, after, version)
     select $1, e.at, e.by, e."byName", e.action, e.subject, e."subjectName", e.field, e."from", e."to", e.version
     from jsonb_to_recordset($2::jsonb) as e (at timestamptz, by text, "byName" text, action text, subject text,
       "subjectName" text, field text, "from" text, "to" text, version int)`,
    [groupId, json(rows)],
  );
}

/** Temporal's dates and Date write themselves as ISO text. */
const json = (value: unknown) => JSON.stringify(value);

function draftOf(row: Record<string, never>): StoredDraft {
  const { id, platform, tenant, user_id, channel, group_key, version, state, content, base } = row as {
    [column: string]: unknown;
  };
  const activities = base as (Omit<Activity, 'due'> & { due: Parameters<typeof dueFromJson>[0] })[] | null;
  return {
    id: id as string,
    version: version as number,
    state: state as StoredDraft['state'],
    author: { platform: platform as Platform, tenant: tenant as string, user: user_id as string },
    channel: channel as string | null,
    group: group_key as string | null,
    draft: content as StoredDraft['draft'],
    base: activities?.map((activity) => ({ ...activity, due: dueFromJson(activity.due) })) ?? null,
  };
}
