/** Owners' words on due points, and amendments of the plan; each event counts once. */

import type { PoolClient } from 'pg';
import { isFinished } from '../../domain/schedule/activities.ts';
import type { Status } from '../../domain/state.ts';
import type { PlanStore } from '../../ports/store.ts';
import { claimAnew } from './claim-anew.ts';
import type { Database } from './connect.ts';
import { once } from './once.ts';
import { renewPoints } from './renew-points.ts';
import { dateOf, dateOfDay } from './rows.ts';

export function planStore({ pool }: Database): PlanStore {
  return {
    saveStatus: (groupId, update, now) =>
      once(pool, update.event, now, async (client) => {
        await lock(client, groupId);
        const said = await lastSaid(client, groupId, update);
        if (isSaid(update, said)) return;
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
        const { activity, by } = update;
        await change(client, groupId, dateOf(now), { kind: 'status', activity, facts }, said?.status ?? null, by);
        if (update.newDate) {
          const moved = { from: update.due, to: update.newDate.toString() };
          const from = said?.new_date ?? update.due;
          await change(client, groupId, dateOf(now), { kind: 'date-moved', activity, facts: moved }, from, by);
        }
        const isOver = isFinished(update) || (said && isFinished(said));
        const points = isOver || update.newDate ? [{ activity, due: update.due }] : [];
        await renewPoints(client, groupId, { points, members: [] }, now, update.pressed);
        await wake(client, groupId, dateOf(now));
        await claimAnew(client, groupId);
      }),
    amend: (groupId, activity, amendment, told, by, event, pressed) =>
      once(pool, event, told.at, async (client) => {
        await lock(client, groupId);
        const before = await activityBefore(client, groupId, activity);
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
            JSON.stringify([{ key: on, on, ...(before.first !== null && { first: before.first }) }]),
          ]);
        }
        if (amendment.parked !== undefined) {
          await client.query('update activity set parked = $3 where group_id = $1 and key = $2', [
            groupId,
            activity,
            amendment.parked,
          ]);
        }
        const from = amendment.owners !== undefined ? before.owners : before.due;
        await change(client, groupId, dateOf(told.at), told, from, by);
        await renewPoints(client, groupId, { points: [{ activity, due: null }], members: [] }, told.at, pressed);
        await wake(client, groupId, dateOf(told.at));
        await claimAnew(client, groupId);
      }),
  };
}

type Word = Parameters<PlanStore['saveStatus']>[1];

/** The group first, as every other change of it: two at once wait instead of blocking each other. */
async function lock(client: PoolClient, groupId: string): Promise<void> {
  await client.query('select 1 from working_group where id = $1 for no key update', [groupId]);
}

/** The same word twice is one word: a second tap is no news for a digest. */
const isSaid = ({ newDate, status, note }: Word, said: Said) =>
  newDate === null && said?.status === status && said.note === note;

type Said = { status: Status; note: string; new_date: string | null } | undefined;

async function lastSaid(client: PoolClient, groupId: string, { activity, due }: Word): Promise<Said> {
  const latest = await client.query(
    `select status, note, new_date::text from status_update where group_id = $1 and activity_key = $2 and due_key = $3
     order by id desc limit 1`,
    [groupId, activity, due],
  );
  return latest.rows[0];
}

/** How an activity was, as the audit says it. */
type Before = { owners: string | null; due: string | null; first: string | null; parked: boolean };

async function activityBefore(client: PoolClient, groupId: string, activity: string): Promise<Before> {
  const found = await client.query(
    `select a.parked, a.due -> 0 ->> 'key' as due, coalesce(a.due -> 0 ->> 'first', a.due -> 0 ->> 'key') as first,
       case when a.owners_all then 'all' else nullif(array_to_string(array(
         select coalesce(m.name, o.key) from unnest(a.owners) with ordinality as o (key, nth)
           left join member m on m.group_id = a.group_id and m.key = o.key order by o.nth) || a.unknown_owners, ', '), '') end as owners
     from activity a where a.group_id = $1 and a.key = $2`,
    [groupId, activity],
  );
  return found.rows[0] ?? { owners: null, due: null, first: null, parked: false };
}

type Told = { kind: string; activity: string | null; facts: Record<string, string> };

/** What a digest tells, and what the audit keeps: with what it was before, and as a version that older cards are not. */
async function change(
  client: PoolClient,
  groupId: string,
  at: Date,
  { kind, activity, facts }: Told,
  from: string | null,
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
    `with newer as (update activity set version = version + 1 where group_id = $1 and key = $4 returning title, version)
     insert into audit (group_id, at, by, by_name, action, subject, subject_name, field, before, after, version)
     select $1, $2, $5, coalesce((select name from member where group_id = $1 and key = $5), $5), $3, 'activity:' || $4,
       coalesce((select title from newer), $4), $6, $7, $8, (select version from newer)`,
    [groupId, at, kind, activity, by, ...auditedFacts(kind, facts, from)],
  );
}

/** Field, from and to. */
function auditedFacts(kind: string, facts: Record<string, string>, from: string | null): (string | null)[] {
  switch (kind) {
    case 'status':
      return [`status ${facts.due ?? ''}`.trim(), from, facts.status ?? null];
    case 'date-moved':
      return ['date', from, facts.to ?? null];
    case 'parked':
      return ['state', 'active', 'parked'];
    default:
      return ['owners', from, facts.owner ?? facts.to ?? null];
  }
}

/** What comes next may have changed: the tick looks at this group again at once. */
async function wake(client: PoolClient, groupId: string, at: Date): Promise<void> {
  await client.query('update working_group set next_at = least(coalesce(next_at, $2), $2) where id = $1', [
    groupId,
    at,
  ]);
}
