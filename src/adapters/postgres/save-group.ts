/** Writes a group as its file or its plan says; who or what is no longer named is set aside with its history, never deleted. */

import type { Pool, PoolClient } from 'pg';
import { hourText } from '../../domain/calendar.ts';
import type { Group } from '../../domain/group.ts';
import type { Change } from '../../domain/state.ts';
import { type GroupEdit, groupEdits } from '../../domain/steering/group-edits.ts';
import { type FileSaid, fileSaid, type Kept, keptInChat } from '../../domain/steering/kept-in-chat.ts';
import { renewalOf } from '../../domain/steering/renewal.ts';
import type { NewAuditEntry } from '../../ports/steering.ts';
import type { Loaded } from '../../ports/store.ts';
import { writeAudit } from './audit.ts';
import { claimAnew } from './claim-anew.ts';
import { moveWindows } from './move-windows.ts';
import { keysOf, renewMessages } from './renew-messages.ts';
import { renewPoints } from './renew-points.ts';
import { dateOf, dueToJson } from './rows.ts';
import { inTransaction } from './transaction.ts';

type Saved = { group: Group; change: Change | null; nextAt: Temporal.Instant | null };

export async function saveGroup(
  pool: Pool,
  { group, change, nextAt }: Saved,
  load: (key: string) => Promise<Loaded | null>,
): Promise<Kept[]> {
  return inTransaction(pool, async (client) => {
    // The group first, as every other change of it: two at once wait instead of blocking each other.
    await client.query('select 1 from working_group where key = $1 for no key update', [group.key]);
    const before = change && (await load(group.key));
    const { group: next, kept } = before
      ? keptInChat(before.group, await lastSaid(client, before.id), group)
      : { group, kept: [] };
    const id = await writeGroup(client, next, nextAt);
    if (change) {
      await client.query('update working_group set imported = $2 where id = $1', [id, fileSaid(group)]);
      await client.query('insert into change (group_id, at, kind, activity, facts) values ($1, $2, $3, $4, $5)', [
        id,
        dateOf(change.at),
        change.kind,
        change.activity,
        JSON.stringify(change.facts),
      ]);
      const { at, kind: action, facts } = change;
      const by = { by: 'operator', byName: 'rond group import' };
      const what = { field: 'activities', from: null, to: facts.activities ?? String(group.activities.length) };
      await writeAudit(client, id, [{ at, action, ...by, subject: 'group', subjectName: group.name, ...what }]);
      if (before) {
        await moveWindows(client, id, before.group.timeZone, next.timeZone);
        const was = keysOf(before.group);
        const members = keysOf(next);
        for (const round of before.state.rounds)
          await renewMessages(client, id, { round, members: was }, { round, members }, at);
        await auditDifference(client, id, groupEdits(before.group, next), { at, ...by });
        await renewPoints(client, id, renewalOf(before, { ...before, group: next }), at);
        await claimAnew(client, id);
      }
    }
    return kept;
  });
}

async function lastSaid(client: PoolClient, id: string): Promise<FileSaid | null> {
  const found = await client.query('select imported from working_group where id = $1', [id]);
  return found.rows[0]?.imported ?? null;
}

/** Whoever holds an older card is told what this has changed. */
async function auditDifference(
  client: PoolClient,
  id: string,
  edits: GroupEdit[],
  by: Pick<NewAuditEntry, 'at' | 'by' | 'byName'>,
): Promise<void> {
  const isOfPlan = ({ subject }: GroupEdit) => subject.startsWith('activity:');
  const touched = edits.filter(isOfPlan).map(({ subject }) => subject.slice('activity:'.length));
  await client.query('update activity set version = version + 1 where group_id = $1 and key = any($2)', [id, touched]);
  if (!edits.every(isOfPlan)) await client.query('update working_group set version = version + 1 where id = $1', [id]);
  await writeAudit(
    client,
    id,
    edits.map((edit) => ({ action: 'import-group', ...by, ...edit })),
  );
}

/** The group's id. Runs inside a transaction of the caller's. */
export async function writeGroup(client: PoolClient, group: Group, nextAt: Temporal.Instant | null): Promise<string> {
  const id = await upsertGroup(client, group, nextAt);
  await saveMembers(client, id, group);
  await saveChannels(client, id, group);
  await saveActivities(client, id, group);
  return id;
}

async function upsertGroup(client: PoolClient, group: Group, nextAt: Temporal.Instant | null): Promise<string> {
  const result = await client.query(
    `insert into working_group (key, name, client, owner, decided_on, language, time_zone, country, hour, periods, starts_at, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (key) do update set name = excluded.name, client = excluded.client, owner = excluded.owner,
       decided_on = excluded.decided_on, language = excluded.language, time_zone = excluded.time_zone, country = excluded.country,
       hour = excluded.hour, periods = excluded.periods, next_at = excluded.next_at
     returning id`,
    [
      group.key,
      group.name,
      group.client,
      group.owner,
      group.decidedOn.toString(),
      group.language,
      group.timeZone,
      group.country,
      hourText(group.hour),
      JSON.stringify(group.periods),
      dateOf(group.startsAt),
      nextAt ? dateOf(nextAt) : null,
    ],
  );
  return result.rows[0].id;
}

async function saveMembers(client: PoolClient, id: string, group: Group): Promise<void> {
  await client.query(
    'update member set removed_at = now() where group_id = $1 and removed_at is null and not key = any($2)',
    [id, group.members.map((member) => member.key)],
  );
  const m = group.members;
  await client.query(
    `insert into member (group_id, key, position, name, organisation, constituency, country, language, role, time_zone)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
     on conflict (group_id, key) do update set position = excluded.position, name = excluded.name, organisation = excluded.organisation,
       constituency = excluded.constituency, country = excluded.country, language = excluded.language, role = excluded.role,
       time_zone = excluded.time_zone, removed_at = null`,
    [
      id,
      m.map((one) => one.key),
      m.map((_, index) => index),
      m.map((one) => one.name),
      m.map((one) => one.organisation),
      m.map((one) => one.constituency),
      m.map((one) => one.country),
      m.map((one) => one.language),
      m.map((one) => one.role),
      m.map((one) => one.timeZone),
    ],
  );
  const identities = m.flatMap((one) =>
    one.identities.map((identity, index) => ({
      ...identity,
      key: one.key,
      index,
    })),
  );
  // Whoever is set aside keeps theirs: it is how they are known when they come back.
  await client.query(
    'delete from member_identity where member_id in (select id from member where group_id = $1 and key = any($2))',
    [id, m.map((one) => one.key)],
  );
  await client.query(
    `insert into member_identity (member_id, position, platform, tenant, user_id)
     select m.id, i.position, i.platform, i.tenant, i.user_id
     from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[]) as i (key, position, platform, tenant, user_id)
     join member m on m.group_id = $1 and m.key = i.key`,
    [
      id,
      identities.map((one) => one.key),
      identities.map((one) => one.index),
      identities.map((one) => one.platform),
      identities.map((one) => one.tenant),
      identities.map((one) => one.user),
    ],
  );
}

async function saveChannels(client: PoolClient, id: string, group: Group): Promise<void> {
  await client.query('delete from channel where group_id = $1', [id]);
  for (const channel of group.channels) {
    await client.query(
      'insert into channel (group_id, purpose, platform, tenant, id, name) values ($1, $2, $3, $4, $5, $6)',
      [id, channel.purpose, channel.platform, channel.tenant, channel.id, channel.name],
    );
  }
}

async function saveActivities(client: PoolClient, id: string, group: Group): Promise<void> {
  const rows = group.activities.map((activity, position) => ({
    key: activity.key,
    position,
    title: activity.title,
    kind: activity.kind,
    owners_all: activity.owners === 'all',
    owners: activity.owners === 'all' ? [] : activity.owners,
    unknown_owners: activity.unknownOwners,
    due: dueToJson(activity.due),
    ongoing: activity.ongoing,
    optional: activity.optional,
    links: activity.links,
    instrument: activity.instrument,
    catalogue: activity.catalogue ?? null,
    parked: activity.parked,
  }));
  await client.query(
    'update activity set removed_at = now() where group_id = $1 and removed_at is null and not added and not key = any($2)',
    [id, rows.map((row) => row.key)],
  );
  await client.query(
    `insert into activity (group_id, key, position, title, kind, owners_all, owners, unknown_owners, due, ongoing, optional, links, instrument, catalogue, parked)
     select $1, r.key, r.position, r.title, r.kind, r.owners_all, r.owners, r.unknown_owners, r.due, r.ongoing, r.optional, r.links, r.instrument, r.catalogue, r.parked
     from jsonb_to_recordset($2::jsonb) as r (key text, position int, title text, kind text, owners_all boolean, owners text[],
       unknown_owners text[], due jsonb, ongoing boolean, optional boolean, links text[], instrument text, catalogue text, parked boolean)
     on conflict (group_id, key) do update set position = excluded.position, title = excluded.title, kind = excluded.kind,
       owners_all = excluded.owners_all, owners = excluded.owners, unknown_owners = excluded.unknown_owners, due = excluded.due,
       ongoing = excluded.ongoing, optional = excluded.optional, links = excluded.links, instrument = excluded.instrument,
       catalogue = excluded.catalogue, parked = excluded.parked, removed_at = null`,
    [id, JSON.stringify(rows)],
  );
}
