/** How to reach people and channels, kept from every activity. */

import type { Contact, Contacts } from '../../ports/contacts.ts';
import type { Database } from './connect.ts';

const columns: Record<keyof Contact, string> = {
  conversation: 'conversation',
  serviceUrl: 'service_url',
  account: 'account',
  locale: 'locale',
  timeZone: 'time_zone',
  blocked: 'blocked',
};
/** Whoever stops being blocked has come back: what waited for them is looked through. */
const cameBack = `returned_at = case
  when excluded.blocked is not null then null when contact.blocked is not null then now() else contact.returned_at end`;

export function contacts({ pool, prisma }: Database): Contacts {
  return {
    async get({ platform, tenant, id }) {
      const row = await prisma.contact.findUnique({
        where: { platform_tenant_id: { platform, tenant, id } },
      });
      if (!row) return null;
      const { conversation, serviceUrl, account, locale, timeZone, blocked } = row;
      return { conversation, serviceUrl, account, locale, timeZone, blocked };
    },
    async put({ platform, tenant, id }, contact) {
      const given = (Object.keys(contact) as (keyof Contact)[]).filter((member) => contact[member] !== undefined);
      const names = given.map((member) => columns[member]);
      const sets = [
        ...names.map((name) => `${name} = excluded.${name}`),
        ...(given.includes('blocked') ? [cameBack] : []),
      ];
      await pool.query(
        `insert into contact (${['platform', 'tenant', 'id', ...names].join(', ')})
         values (${[platform, tenant, id, ...given].map((_, index) => `$${index + 1}`).join(', ')})
         on conflict (platform, tenant, id) do ${sets.length > 0 ? `update set ${sets.join(', ')}` : 'nothing'}`,
        [platform, tenant, id, ...given.map((member) => contact[member])],
      );
    },
  };
}
