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

export function contacts({ pool }: Database): Contacts {
  return {
    async get({ platform, tenant, id }) {
      const found = await pool.query({
        name: 'contact',
        text: `select conversation, service_url as "serviceUrl", account, locale, time_zone as "timeZone", blocked
               from contact where platform = $1 and tenant = $2 and id = $3`,
        values: [platform, tenant, id],
      });
      return (found.rows[0] as Contact | undefined) ?? null;
    },
    async put({ platform, tenant, id }, contact) {
      const given = (Object.keys(contact) as (keyof Contact)[])
        .filter((member) => contact[member] !== undefined)
        .sort();
      const names = given.map((member) => columns[member]);
      await pool.query({
        name: `contact ${given.join(' ')}`,
        text: putStatement(names),
        values: [platform, tenant, id, ...given.map((member) => contact[member])],
      });
    },
  };
}

/** Every activity brings what is known already: then nothing is written, and nothing has to reach the disk. */
function putStatement(names: string[]): string {
  const keys = ['platform', 'tenant', 'id'];
  const value = (index: number) => `$${index + 1}::text`;
  const same = [
    ...keys.map((name, index) => `${name} = ${value(index)}`),
    ...names.map((name, index) => `${name} is not distinct from ${value(keys.length + index)}`),
    // Lost once more: it has not come back after all.
    ...(names.includes(columns.blocked) ? ['(blocked is null or returned_at is null)'] : []),
  ];
  const sets = [
    ...names.map((name) => `${name} = excluded.${name}`),
    ...(names.includes(columns.blocked) ? [cameBack] : []),
  ];
  const all = [...keys, ...names];
  return `insert into contact (${all.join(', ')}) select ${all.map((_, index) => value(index)).join(', ')}
    where not exists (select 1 from contact where ${same.join(' and ')})
    on conflict (platform, tenant, id) do ${sets.length > 0 ? `update set ${sets.join(', ')}` : 'nothing'}`;
}
