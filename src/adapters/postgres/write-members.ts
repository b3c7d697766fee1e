/** Between a group's members before and after a command: who is new, who is another's word now, who is set aside. */

import type { PoolClient } from 'pg';
import type { Group, Member } from '../../domain/group.ts';
import { dateOf } from './rows.ts';

/** Whoever is removed is set aside with their history, as when a group file names them no more; whoever comes back finds it again. */
export async function writeMembers(
  client: PoolClient,
  id: string,
  before: Group,
  after: Group,
  at: Temporal.Instant,
): Promise<void> {
  const was = new Map(before.members.map((member) => [member.key, member]));
  const added = after.members.filter(({ key }) => !was.has(key));
  const changed = after.members.filter(({ key, role, organisation, constituency }) => {
    const old = was.get(key);
    was.delete(key);
    if (!old) return false;
    return old.role !== role || old.organisation !== organisation || old.constituency !== constituency;
  });
  if (changed.length > 0) await update(client, id, changed);
  if (was.size > 0)
    await client.query(
      'update member set removed_at = $3 where group_id = $1 and key = any($2) and removed_at is null',
      [id, [...was.keys()], dateOf(at)],
    );
  if (added.length > 0) await insert(client, id, added);
}

async function update(client: PoolClient, id: string, members: Member[]): Promise<void> {
  await client.query(
    `update member m set role = n.role, organisation = n.organisation, constituency = n.constituency
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as n (key, role, organisation, constituency)
     where m.group_id = $1 and m.key = n.key`,
    [
      id,
      members.map(({ key }) => key),
      members.map(({ role }) => role),
      members.map(({ organisation }) => organisation),
      members.map(({ constituency }) => constituency),
    ],
  );
}

/** Behind everybody who is there. */
async function insert(client: PoolClient, id: string, members: Member[]): Promise<void> {
  const given = members.map(({ timeZone, ...member }, index) => ({ ...member, time_zone: timeZone, index }));
  const written = `jsonb_to_recordset($2::jsonb) as n (key text, name text, organisation text, constituency text, country text,
    language text, role text, time_zone text, index int, identities jsonb)`;
  const values = [id, JSON.stringify(given)];
  await client.query(
    `insert into member (group_id, key, position, name, organisation, constituency, country, language, role, time_zone)
     select $1, n.key, (select coalesce(max(position), 0) + 1 from member where group_id = $1) + n.index, n.name, n.organisation,
       n.constituency, n.country, n.language, n.role, n.time_zone
     from ${written}
     on conflict (group_id, key) do update set position = excluded.position, name = excluded.name,
       organisation = excluded.organisation, constituency = excluded.constituency, country = excluded.country,
       language = excluded.language, role = excluded.role, time_zone = excluded.time_zone, removed_at = null`,
    values,
  );
  await client.query(
    `delete from member_identity i using member m, ${written} where i.member_id = m.id and m.group_id = $1 and m.key = n.key`,
    values,
  );
  await client.query(
    `insert into member_identity (member_id, position, platform, tenant, user_id)
     select m.id, i.at - 1, i.one ->> 'platform', i.one ->> 'tenant', i.one ->> 'user'
     from ${written} join member m on m.group_id = $1 and m.key = n.key
     cross join lateral jsonb_array_elements(n.identities) with ordinality as i (one, at)`,
    values,
  );
}
