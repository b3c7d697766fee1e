import { type Contact, type ContactKey, type Contacts, plainAddress } from '../../src/ports/contacts.ts';

const nothingKnown: Contact = {
  conversation: null,
  serviceUrl: null,
  account: null,
  locale: null,
  timeZone: null,
  addresses: null,
  blocked: null,
};

/** Contacts in memory, for tests of one adapter. `all` shows what was kept, by "platform/tenant/id". */
export function memoryContacts(): Contacts & { all: Map<string, Contact> } {
  const all = new Map<string, Contact>();
  const name = (key: ContactKey) => `${key.platform}/${key.tenant}/${key.id}`;
  return {
    all,
    async get(key) {
      return all.get(name(key)) ?? null;
    },
    async withAddress(platform, tenant, address) {
      const isTheirs = ([key, { addresses }]: [string, Contact]) =>
        key.startsWith(`${platform}/${tenant}/`) && addresses?.split(' ').includes(plainAddress(address));
      return [...all].filter(isTheirs).map(([key]) => key.slice(`${platform}/${tenant}/`.length));
    },
    async put(key, contact) {
      all.set(name(key), {
        ...(all.get(name(key)) ?? nothingKnown),
        ...contact,
      });
    },
  };
}
