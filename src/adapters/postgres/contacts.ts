/** How to reach people and channels, kept from every activity. */

import type { Contacts } from '../../ports/contacts.ts';
import type { Database } from './connect.ts';

export function contacts({ prisma }: Database): Contacts {
  return {
    async get({ platform, tenant, id }) {
      const row = await prisma.contact.findUnique({
        where: { platform_tenant_id: { platform, tenant, id } },
      });
      if (!row) return null;
      const { conversation, serviceUrl, account, locale, timeZone, blocked } = row;
      return { conversation, serviceUrl, account, locale, timeZone, blocked };
    },
    async put(key, contact) {
      await prisma.contact.upsert({
        where: { platform_tenant_id: key },
        create: { ...key, ...contact },
        update: contact,
      });
    },
  };
}
