/** What a group has thousands of, each read as one JSON value: its members, who is asked in its rounds, and its ledger's keys. */

import type { Pool } from 'pg';
import type { Member } from '../../domain/group.ts';
import type { Assignment } from '../../domain/state.ts';

const members = `
select coalesce(json_agg(json_build_object('key', m.key, 'name', m.name, 'organisation', m.organisation, 'constituency', m.constituency,
  'country', m.country, 'language', m.language, 'role', m.role, 'timeZone', m.time_zone, 'identities', coalesce(i.all, '[]'::json))
  order by m.position), '[]'::json) as all
from member m
left join (
  select i.member_id, json_agg(json_build_object('platform', i.platform, 'tenant', i.tenant, 'user', i.user_id) order by i.position) as all
  from member_identity i join member m on m.id = i.member_id
  where m.group_id = $1 group by i.member_id) i on i.member_id = m.id
where m.group_id = $1 and m.removed_at is null`;

export async function membersOf(pool: Pool, group: string): Promise<Member[]> {
  const found = await pool.query<{ all: Member[] }>(members, [group]);
  return found.rows[0]?.all ?? [];
}

const assignments = `
select r.key, json_agg(json_build_array(m.key, a.state, a.extended_to, a.substitute) order by m.position, m.key) as all
from round r join assignment a on a.round_id = r.id join member m on m.id = a.member_id
where r.group_id = $1 group by r.key`;

type Part = [member: string, state: Assignment['state'], extendedTo: string | null, substitute: string | null];

/** By the round's key, in the order of the members. */
export async function assignmentsOf(pool: Pool, group: string): Promise<Map<string, Assignment[]>> {
  const found = await pool.query<{ key: string; all: Part[] }>(assignments, [group]);
  return new Map(found.rows.map(({ key, all }) => [key, all.map(assignmentOf)]));
}

function assignmentOf([member, state, extendedTo, substitute]: Part): Assignment {
  return { member, state, extendedTo: extendedTo === null ? null : Temporal.Instant.from(extendedTo), substitute };
}

// Receipts answer what people do: nothing is ever decided by them, and there are as many as answers.
const done = `select coalesce(json_agg(key), '[]'::json) as all from delivery where group_id = $1 and kind <> 'receipt'`;

export async function doneIn(pool: Pool, group: string): Promise<Set<string>> {
  const found = await pool.query<{ all: string[] }>(done, [group]);
  return new Set(found.rows[0]?.all);
}
