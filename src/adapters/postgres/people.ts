/** Who somebody is, by the identity the platform vouched for. */

import type { Pool, PoolClient } from 'pg';
import type { Former } from '../../ports/steering.ts';
import type { PeopleStore } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import { isFirst } from './once.ts';
import { memberInclude, memberOf } from './rows.ts';

export function peopleStore({ pool, prisma }: Database): PeopleStore {
  return {
    async find(who) {
      const rows = await prisma.member.findMany({
        where: {
          removedAt: null,
          identities: { some: { platform: who.platform, tenant: who.tenant, user: who.user } },
        },
        include: {
          ...memberInclude,
          group: { select: { key: true, name: true } },
        },
        orderBy: { group: { key: 'asc' } },
      });
      return rows.map((row) => ({
        groupId: row.groupId,
        groupKey: row.group.key,
        groupName: row.group.name,
        member: memberOf(row),
      }));
    },
    async groupsIn(platform, tenant, channel) {
      const rows = await prisma.channel.findMany({
        where: { platform, tenant, id: channel },
        select: { group: { select: { key: true } } },
      });
      return [...new Set(rows.map((row) => row.group.key))];
    },
    firstTime: (event, now) => isFirst(pool, event, now),
  };
}

export async function formerIn(client: Pool | PoolClient, group: string): Promise<Former[]> {
  const found = await client.query<Former>(
    `select m.key, coalesce(json_agg(json_build_object('platform', i.platform, 'tenant', i.tenant, 'user', i.user_id))
       filter (where i.member_id is not null), '[]'::json) as who
     from member m join working_group g on g.id = m.group_id left join member_identity i on i.member_id = m.id
     where g.key = $1 and m.removed_at is not null group by m.id, m.key`,
    [group],
  );
  return found.rows;
}
