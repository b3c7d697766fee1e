/** What a group has thousands of, each read as one JSON value: its members, who is asked in its rounds, and its ledger's keys. */

import type { Pool } from 'pg';
import type { Language, Member, Platform, Role } from '../../domain/group.ts';
import { type Assignment, assignmentStates } from '../../domain/state.ts';

// Without the names of its parts, which would be most of it.
// Each member's identities by their own key: joined as a whole, a group just taken in, of which PostgreSQL has no statistics yet,
// was read five thousand times five thousand (ten seconds).
const members = `
select coalesce(json_agg(json_build_array(m.key, m.name, m.organisation, m.constituency, m.country, m.language, m.role, m.time_zone,
  (select json_agg(json_build_array(i.platform, i.tenant, i.user_id) order by i.position) from member_identity i where i.member_id = m.id))
  order by m.position), '[]'::json) as all
from member m
where m.group_id = $1 and m.removed_at is null`;

type MemberParts = [
  ...[key: string, name: string, organisation: string, constituency: string, country: string],
  ...[language: Language, role: Role, timeZone: string],
  identities: [platform: Platform, tenant: string, user: string][] | null,
];

export async function membersOf(pool: Pool, group: string): Promise<Member[]> {
  const found = await pool.query<{ all: MemberParts[] }>(members, [group]);
  return (found.rows[0]?.all ?? []).map(memberFrom);
}

function memberFrom(parts: MemberParts): Member {
  const [key, name, organisation, constituency, country, language, role, timeZone, all] = parts;
  const identities = (all ?? []).map(([platform, tenant, user]) => ({ platform, tenant, user }));
  return { key, name, organisation, constituency, country, language, role, timeZone, identities };
}

// Two letters say how it stands with each of them; the little that few have is told apart.
const assignments = `
select r.key, json_agg(m.key order by m.position, m.key) as members, string_agg(left(a.state, 2), '' order by m.position, m.key) as states,
  json_object_agg(m.key, json_build_array(a.extended_to, a.substitute, c.constituency) order by m.position, m.key)
    filter (where a.extended_to is not null or a.substitute is not null or c.constituency is not null) as more
from round r join assignment a on a.round_id = r.id join member m on m.id = a.member_id
cross join lateral (select coalesce(a.constituency, case when m.removed_at is not null then m.constituency end) as constituency) c
where r.group_id = $1 group by r.key`;

type More = [extendedTo: string | null, substitute: string | null, constituency: string | null];
type Parts = { key: string; members: string[]; states: string; more: Record<string, More> | null };

/** By the round's key, in the order of the members. */
export async function assignmentsOf(pool: Pool, group: string): Promise<Map<string, Assignment[]>> {
  const found = await pool.query<Parts>(assignments, [group]);
  return new Map(found.rows.map((row) => [row.key, assignmentsIn(row)]));
}

const statesByLetters = new Map(assignmentStates.map((state) => [state.slice(0, 2), state]));

function assignmentsIn({ members, states, more }: Parts): Assignment[] {
  const few = new Map(Object.entries(more ?? {}));
  return members.map((member, index) => {
    const state = statesByLetters.get(states.slice(2 * index, 2 * index + 2)) ?? 'pending';
    const [extendedTo = null, substitute = null, constituency = null] = few.get(member) ?? [];
    return {
      member,
      state,
      extendedTo: extendedTo === null ? null : Temporal.Instant.from(extendedTo),
      substitute,
      ...(constituency === null ? {} : { constituency }),
    };
  });
}

/**
 * Receipts answer what people do, and what is put anew stands there already: nothing is ever decided by them, and there are many. Of what is over only that it is:
 * nobody is reminded of a day that has been noted as overdue, or of a round that is closed. The names' form is `domain/schedule/keys.ts`'.
 * What is passed over is not read at all: the keys lie in the index in order, and only what lies between is asked for. (";" comes next after ":".)
 */
const told = `
with passed (name) as (
  select over.name from (
    select 'deadline' || substr(key, length('note-overdue') + 1) || ':' from delivery where group_id = $1 and starts_with(key, 'note-overdue:')
    union all
    select what || key || ':' from round, (values ('invite:'), ('remind:')) as said (what) where group_id = $1 and closed_at is not null) as over (name)
  where (strpos(over.name, ':' || $2) > 0) is not true
  union all values (''), ('receipt:'), ('renewed:')),
gap as (select left(name, -1) || ';' as low, lead(name, 1, '~') over (order by name collate "C") as high from passed)
select coalesce(json_agg(key), '[]'::json) as all
from gap cross join lateral (select key from delivery where group_id = $1 and key >= low and key < high offset 0) as kept
where $3 or strpos(key, ':' || $2) > 0`;

/** Every key that may still matter; of an `activity` that is named all there are, and with `alone` no others. */
export async function toldIn(
  pool: Pool,
  group: string,
  { activity = null, alone = false }: { activity?: string | null; alone?: boolean } = {},
): Promise<Set<string>> {
  const found = await pool.query<{ all: string[] }>(told, [group, activity, !alone]);
  return new Set(found.rows[0]?.all);
}
