/** Owners' words on due points, and amendments of the plan; each event counts once. */

import type { PoolClient } from 'pg';
import type { PlanStore } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import { dateOf, dateOfDay } from './rows.ts';

export function planStore({ pool }: Database): PlanStore {
  async function once(event: string, at: Date, use: (client: PoolClient) => Promise<void>): Promise<boolean> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const fresh = await client.query('insert into inbound_event (key, at) values ($1, $2) on conflict do nothing', [
        event,
        at,
      ]);
      if (fresh.rowCount) await use(client);
      await client.query('commit');
      return Boolean(fresh.rowCount);
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  return {
    saveStatus: (groupId, update, now) =>
      once(update.event, dateOf(now), async (client) => {
        if (await isSaid(client, groupId, update)) return;
        await client.query(
          `insert into status_update (group_id, activity_key, due_key, status, note, new_date, by, event, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            groupId,
            update.activity,
            update.due,
            update.status,
            update.note,
            update.newDate ? dateOfDay(update.newDate) : null,
            update.by,
            update.event,
            dateOf(now),
          ],
        );
        const facts = {
          due: update.due,
          status: update.status,
          note: update.note,
        };
        await change(client, groupId, dateOf(now), 'status', update.activity, facts, update.by);
        if (update.newDate) {
          const moved = { from: update.due, to: update.newDate.toString() };
          await change(client, groupId, dateOf(now), 'date-moved', update.activity, moved, update.by);
        }
        await wake(client, groupId, dateOf(now));
      }),
    amend: (groupId, activity, amendment, told, by, event) =>
      once(event, dateOf(told.at), async (client) => {
        if (amendment.owners !== undefined) {
          await client.query(
            `update activity set owners_all = $3, owners = $4, unknown_owners = '{}' where group_id = $1 and key = $2`,
            [groupId, activity, amendment.owners === 'all', amendment.owners === 'all' ? [] : amendment.owners],
          );
        }
        if (amendment.due !== undefined) {
          const on = amendment.due.toString();
          await client.query('update activity set due = $3 where group_id = $1 and key = $2', [
            groupId,
            activity,
            JSON.stringify([{ key: on, on }]),
          ]);
        }
        if (amendment.parked !== undefined) {
          await client.query('update activity set parked = $3 where group_id = $1 and key = $2', [
            groupId,
            activity,
            amendment.parked,
          ]);
        }
        await change(client, groupId, dateOf(told.at), told.kind, told.activity, told.facts, by);
        await wake(client, groupId, dateOf(told.at));
      }),
  };
}

type Word = Parameters<PlanStore['saveStatus']>[1];

/** The same word twice is one word: a second tap is no news for a digest. */
async function isSaid(client: PoolClient, groupId: string, { activity, due, status, note, newDate }: Word) {
  await client.query('select 1 from working_group where id = $1 for no key update', [groupId]);
  const latest = await client.query(
    `select status, note from status_update where group_id = $1 and activity_key = $2 and due_key = $3 order by id desc limit 1`,
    [groupId, activity, due],
  );
  const said = latest.rows[0];
  return newDate === null && said?.status === status && said.note === note;
}

async function change(
  client: PoolClient,
  groupId: string,
  at: Date,
  kind: string,
  activity: string | null,
  facts: Record<string, string>,
  by: string,
): Promise<void> {
  await client.query('insert into change (group_id, at, kind, activity, facts, by) values ($1, $2, $3, $4, $5, $6)', [
    groupId,
    at,
    kind,
    activity,
    JSON.stringify(facts),
    by,
  ]);
  await client.query(
    `insert into audit (group_id, at, by, by_name, action, subject, subject_name, field, before, after)
     select $1, $2, $5, coalesce((select name from member where group_id = $1 and key = $5), $5), $3, 'activity:' || $4,
       coalesce((select title from activity where group_id = $1 and key = $4), $4), $6, $7, $8`,
    [groupId, at, kind, activity, by, ...auditedFacts(kind, facts)],
  );
}

/** Field, from and to. */
function auditedFacts(kind: string, facts: Record<string, string>): (string | null)[] {
  switch (kind) {
    case 'status':
      return [`status ${facts.due ?? ''}`.trim(), null, facts.status ?? null];
    case 'date-moved':
      return ['date', facts.from || null, facts.to ?? null];
    case 'parked':
      return ['state', 'in plan', 'parked'];
    default:
      return ['owners', null, facts.owner ?? facts.to ?? null];
  }
}

/** What comes next may have changed: the tick looks at this group again at once. */
async function wake(client: PoolClient, groupId: string, at: Date): Promise<void> {
  await client.query('update working_group set next_at = least(coalesce(next_at, $2), $2) where id = $1', [
    groupId,
    at,
  ]);
}
