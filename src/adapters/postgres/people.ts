/** Who somebody is, by the identity the platform vouched for. */

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
