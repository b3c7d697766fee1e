/** Between a group before and after a command: only what is different is written. Runs inside the command's transaction. */

import type { PoolClient } from 'pg';
import { hourText } from '../../domain/calendar.ts';
import { type Activity, type Group, usualSending } from '../../domain/group.ts';
import { type Assignment, type GroupState, type Round, subjectOf } from '../../domain/state.ts';
import { renewalOf } from '../../domain/steering/renewal.ts';
import type { Loaded } from '../../ports/store.ts';
import { claimAnew } from './claim-anew.ts';
import { keysOf, renewMessages } from './renew-messages.ts';
import { renewPoints } from './renew-points.ts';
import { dateOf, dateOfDay, dueToJson } from './rows.ts';
import { termsToJson } from './terms.ts';
import { writeMembers } from './write-members.ts';

/** Somebody answered at this very moment: the command is judged again. */
export class Overtaken extends Error {}

type Whole = { group: Group; state: GroupState };

export async function writeDifference(
  client: PoolClient,
  before: Loaded,
  after: Whole,
  at: Temporal.Instant,
): Promise<void> {
  const { id } = before;
  if (after.group !== before.group) {
    await writeGroup(client, id, before.group, after.group, at);
    await writeMembers(client, id, before.group, after.group, at);
    await writeCalendar(client, id, before.group, after.group);
    await writeActivities(client, id, before.group, after.group);
  }
  await writeRounds(client, id, before.state.rounds, after.state.rounds);
  await writeStatuses(client, id, before.state, after.state);
  await writeChanges(client, id, before.state, after.state);
  await writeAways(client, id, before.state, after.state);
  await writeSnoozes(client, id, before.state, after.state);
  await renewAll(client, id, before, after, at);
  await renewPoints(client, id, renewalOf(before, after), at);
  await claimAnew(client, id);
}

async function writeGroup(
  client: PoolClient,
  id: string,
  before: Group,
  after: Group,
  at: Temporal.Instant,
): Promise<void> {
  const sending = after.sending ?? usualSending;
  const council = after.council ?? null;
  if (council && council !== before.council) {
    const { platform, tenant, id: channel, name } = council.channel;
    await client.query(
      // What happened before there was a council is no news to it.
      `insert into council (key, name, platform, tenant, channel, channel_name, told_until) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (key) do update set name = excluded.name, platform = excluded.platform, tenant = excluded.tenant,
         channel = excluded.channel, channel_name = excluded.channel_name where council.key = $8`,
      // Whoever joins a council takes it as it is; a group of the council may rename or move it.
      [council.key, council.name, platform, tenant, channel, name, dateOf(at), before.council?.key ?? null],
    );
  }
  await client.query(
    `update working_group set hour = $2, quiet_from = $3, weekly_cap = $4, council_key = $5, version = $6,
       chair_at = $7, chair_to = $8, chair_by = $9 where id = $1`,
    [
      id,
      hourText(after.hour),
      hourText(sending.quietFrom),
      sending.weeklyCap,
      council?.key ?? null,
      after.version ?? 0,
      after.chair ? dateOf(after.chair.at) : null,
      after.chair?.to ?? null,
      after.chair?.by ?? null,
    ],
  );
}

async function writeCalendar(client: PoolClient, id: string, before: Group, { calendar = null }: Group): Promise<void> {
  if (calendar === (before.calendar ?? null)) return;
  await client.query('delete from calendar_link where group_id = $1', [id]);
  if (!calendar) return;
  await client.query('insert into calendar_link (hash, group_id, made_at) values ($1, $2, $3)', [
    calendar.hash,
    id,
    dateOf(calendar.since),
  ]);
}

async function writeActivities(client: PoolClient, id: string, before: Group, after: Group): Promise<void> {
  const was = new Set(before.activities);
  for (const activity of after.activities) if (!was.has(activity)) await writeActivity(client, id, activity);
}

async function writeActivity(client: PoolClient, id: string, activity: Activity): Promise<void> {
  const { owners } = activity;
  await client.query(
    `insert into activity (group_id, key, position, title, kind, owners_all, owners, unknown_owners, due, ongoing, optional, links,
       instrument, catalogue, parked, added, version)
     values ($1, $2, (select coalesce(max(position), 0) + 1 from activity where group_id = $1), $3, $4, $5, $6, $7, $8, $9, $10, $11,
       $12, $13, $14, $15, $16)
     on conflict (group_id, key) do update set title = excluded.title, kind = excluded.kind, owners_all = excluded.owners_all,
       owners = excluded.owners, unknown_owners = excluded.unknown_owners, due = excluded.due, instrument = excluded.instrument,
       catalogue = excluded.catalogue, parked = excluded.parked, added = excluded.added, version = excluded.version, removed_at = null`,
    [
      id,
      activity.key,
      activity.title,
      activity.kind,
      owners === 'all',
      owners === 'all' ? [] : owners,
      activity.unknownOwners,
      JSON.stringify(dueToJson(activity.due)),
      activity.ongoing,
      activity.optional,
      activity.links,
      activity.instrument,
      activity.catalogue ?? null,
      activity.parked,
      activity.added ?? false,
      activity.version ?? 0,
    ],
  );
}

const dateOrNull = (instant: Temporal.Instant | null | undefined) => (instant ? dateOf(instant) : null);

/** A round that is the same is another matter for whoever has left the group, or has come back. */
async function renewAll(client: PoolClient, id: string, before: Whole, after: Whole, at: Temporal.Instant) {
  const was = new Map(before.state.rounds.map((round) => [round.key, round]));
  const isSame = after.group.members === before.group.members;
  const members = keysOf(before.group);
  const stay = isSame ? members : keysOf(after.group);
  for (const round of after.state.rounds) {
    const old = was.get(round.key);
    if (!old || (old === round && isSame)) continue;
    await renewMessages(client, id, { round: old, members }, { round, members: stay }, at);
  }
}

async function writeRounds(client: PoolClient, id: string, before: Round[], after: Round[]): Promise<void> {
  const was = new Map(before.map((round) => [round.key, round]));
  for (const round of after) {
    const old = was.get(round.key);
    if (old === round) continue;
    await client.query(
      `insert into round (group_id, key, activity_key, instrument, catalogue, opens_at, closes_at, opened_at, closed_at, terms, version,
         paused_at, resumed_at, nudged_at, reopened, cancelled_at, approved_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       on conflict (group_id, key) do update set instrument = excluded.instrument, catalogue = excluded.catalogue,
         opens_at = excluded.opens_at, closes_at = excluded.closes_at, closed_at = excluded.closed_at, terms = excluded.terms,
         version = excluded.version, paused_at = excluded.paused_at, resumed_at = excluded.resumed_at, nudged_at = excluded.nudged_at,
         reopened = excluded.reopened, cancelled_at = excluded.cancelled_at, approved_at = excluded.approved_at`,
      [
        id,
        round.key,
        round.activity,
        round.instrument,
        round.catalogue,
        dateOf(round.opensAt),
        dateOf(round.closesAt),
        dateOrNull(round.openedAt),
        dateOrNull(round.closedAt),
        round.terms ? JSON.stringify(termsToJson(round.terms)) : null,
        round.version ?? 0,
        dateOrNull(round.pausedAt),
        dateOrNull(round.resumedAt),
        dateOrNull(round.nudgedAt),
        round.reopened ?? 0,
        dateOrNull(round.cancelledAt),
        dateOrNull(round.approvedAt),
      ],
    );
    await writeAssignments(client, id, round, old?.assignments ?? []);
  }
}

async function writeAssignments(client: PoolClient, id: string, round: Round, before: Assignment[]): Promise<void> {
  const was = new Map(before.map((part) => [part.member, part]));
  const parts = round.assignments.flatMap((part) => {
    const old = was.get(part.member);
    const { member, state, substitute = null, constituency = null } = part;
    const extended_to = dateOrNull(part.extendedTo);
    return old === part ? [] : [{ member, state, extended_to, substitute, constituency, was: old?.state ?? null }];
  });
  if (parts.length === 0) return;
  const given = `jsonb_to_recordset($3::jsonb) as p (member text, state text, extended_to timestamptz, substitute text, constituency text, was text)
    join round r on r.group_id = $1 and r.key = $2 join member m on m.group_id = $1 and m.key = p.member`;
  // Whoever answered meanwhile has answered: only what was looked at is changed.
  const written = await client.query(
    `with changed as (
       update assignment a set state = p.state, extended_to = p.extended_to, substitute = p.substitute, constituency = p.constituency
       from ${given} where a.round_id = r.id and a.member_id = m.id and a.state = p.was returning 1),
     added as (
       insert into assignment (round_id, member_id, state, extended_to, substitute, constituency)
       select r.id, m.id, p.state, p.extended_to, p.substitute, p.constituency from ${given} where p.was is null
       on conflict do nothing returning 1)
     select 1 from changed union all select 1 from added`,
    [id, round.key, JSON.stringify(parts)],
  );
  if (written.rowCount !== parts.length) throw new Overtaken(round.key);
}

async function writeStatuses(client: PoolClient, id: string, before: GroupState, after: GroupState): Promise<void> {
  const was = new Set(before.statuses);
  for (const one of after.statuses) {
    if (was.has(one)) continue;
    await client.query(
      `insert into status_update (group_id, activity_key, due_key, status, note, new_date, by, event, at)
       values ($1, $2, $3, $4, $5, $6, $7, 'steered:' || gen_random_uuid(), $8)`,
      [
        id,
        one.activity,
        one.due,
        one.status,
        one.note,
        one.newDate ? dateOfDay(one.newDate) : null,
        one.by,
        dateOf(one.at),
      ],
    );
  }
}

async function writeChanges(client: PoolClient, id: string, before: GroupState, after: GroupState): Promise<void> {
  for (const { at, kind, activity, facts } of after.changes.slice(before.changes.length)) {
    await client.query('insert into change (group_id, at, kind, activity, facts) values ($1, $2, $3, $4, $5)', [
      id,
      dateOf(at),
      kind,
      activity,
      JSON.stringify(facts),
    ]);
  }
}

async function writeAways(client: PoolClient, id: string, before: GroupState, after: GroupState): Promise<void> {
  const was = new Set(before.aways);
  const left = new Set(after.aways?.map(({ member }) => member));
  for (const { member } of before.aways ?? []) {
    if (left.has(member)) continue;
    await client.query(
      'delete from away a using member m where m.id = a.member_id and m.group_id = $1 and m.key = $2',
      [id, member],
    );
  }
  for (const one of after.aways ?? []) {
    if (was.has(one)) continue;
    await client.query(
      `insert into away (member_id, since, until, substitute)
       select m.id, $3, $4, $5 from member m where m.group_id = $1 and m.key = $2
       on conflict (member_id) do update set since = excluded.since, until = excluded.until, substitute = excluded.substitute`,
      [id, one.member, dateOf(one.since), dateOfDay(one.until), one.substitute],
    );
  }
}

async function writeSnoozes(client: PoolClient, id: string, before: GroupState, after: GroupState): Promise<void> {
  const was = new Set(before.snoozes);
  for (const one of after.snoozes ?? []) {
    if (was.has(one)) continue;
    await client.query(
      `insert into snooze (member_id, subject, about, since, until)
       select m.id, $3, $4, $5, $6 from member m where m.group_id = $1 and m.key = $2
       on conflict (member_id, subject) do update set about = excluded.about, since = excluded.since, until = excluded.until`,
      [id, one.member, subjectOf(one.about), JSON.stringify(one.about), dateOf(one.since), dateOfDay(one.until)],
    );
  }
}
