/** How to reach people and channels, kept from every activity. */

import { type Contact, type ContactKey, type Contacts, plainAddress } from '../../ports/contacts.ts';
import type { Database } from './connect.ts';
import { gathering } from './gathering.ts';

const columns: Record<keyof Contact, string> = {
  conversation: 'conversation',
  serviceUrl: 'service_url',
  account: 'account',
  locale: 'locale',
  timeZone: 'time_zone',
  addresses: 'addresses',
  blocked: 'blocked',
};
/** Whoever stops being blocked has come back: what waited for them is looked through. */
const cameBack = `returned_at = case
  when excluded.blocked is not null then null when contact.blocked is not null then now() else contact.returned_at end`;

type News = { key: ContactKey; contact: Partial<Contact> };

/** When a survey opens, hundreds are heard of for the first time in the same minute. */
const together = { most: 64, flights: 1 };

export function contacts({ pool }: Database): Contacts {
  const put = gathering<News, void>({
    ...together,
    nameOf: ({ key: { platform, tenant, id } }) => `${platform}/${tenant}/${id}`,
    async ask(batch) {
      for (const [members, alike] of Map.groupBy(batch, ({ contact }) => membersOf(contact).join(' '))) {
        const given = (members === '' ? [] : members.split(' ')) as (keyof Contact)[];
        const rows = alike.map(({ key: { platform, tenant, id }, contact }) => [
          ...[platform, tenant, id],
          ...given.map((member) => contact[member] ?? null),
        ]);
        const columnsOf = (at: number) => rows.map((row) => row[at]);
        await pool.query({
          name: `contact ${members}`,
          text: putStatement(given.map((member) => columns[member])),
          values: Array.from({ length: keys.length + given.length }, (_, at) => columnsOf(at)),
        });
      }
      return batch.map(() => undefined);
    },
  });
  return {
    async get({ platform, tenant, id }) {
      const found = await pool.query({
        name: 'contact',
        text: `select conversation, service_url as "serviceUrl", account, locale, time_zone as "timeZone", addresses, blocked
               from contact where platform = $1 and tenant = $2 and id = $3`,
        values: [platform, tenant, id],
      });
      return (found.rows[0] as Contact | undefined) ?? null;
    },
    put: (key, contact) => put({ key, contact }),
    async withAddress(platform, tenant, address) {
      const found = await pool.query(
        `select id from contact where platform = $1 and tenant = $2 and $3 = any(string_to_array(addresses, ' ')) order by id`,
        [platform, tenant, plainAddress(address)],
      );
      return found.rows.map((row) => row.id as string);
    },
  };
}

const membersOf = (contact: Partial<Contact>) =>
  (Object.keys(contact) as (keyof Contact)[]).filter((member) => contact[member] !== undefined).sort();

const keys = ['platform', 'tenant', 'id'];

/**
 * Every activity brings what is known already: then nothing is written, and nothing has to reach the disk. A list for each column;
 * written in order, or two statements could wait for each other.
 */
function putStatement(names: string[]): string {
  const all = [...keys, ...names];
  const same = [
    ...keys.map((name) => `c.${name} = g.${name}`),
    ...names.map((name) => `c.${name} is not distinct from g.${name}`),
    // Lost once more: it has not come back after all.
    ...(names.includes(columns.blocked) ? ['(c.blocked is null or c.returned_at is null)'] : []),
  ];
  const sets = [
    ...names.map((name) => `${name} = excluded.${name}`),
    ...(names.includes(columns.blocked) ? [cameBack] : []),
  ];
  return `insert into contact (${all.join(', ')})
    select ${all.map((name) => `g.${name}`).join(', ')}
    from unnest(${all.map((_, index) => `$${index + 1}::text[]`).join(', ')}) as g(${all.join(', ')})
    where not exists (select 1 from contact c where ${same.join(' and ')})
    order by g.platform, g.tenant, g.id
    on conflict (platform, tenant, id) do ${sets.length > 0 ? `update set ${sets.join(', ')}` : 'nothing'}`;
}
