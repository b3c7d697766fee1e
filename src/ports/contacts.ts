/** What an adapter remembers about how to reach a person or a channel; kept from every activity. */

import type { Platform } from '../domain/group.ts';

export type Contact = {
  /** Platform's conversation id for a personal chat (Teams "a:…", Slack "D…"); null until known. */
  conversation: string | null;
  /** Teams: service URL of the tenant's region. */
  serviceUrl: string | null;
  /** Teams: the person's "29:…" id; of a channel that is not its team's General channel, the team's id. */
  account: string | null;
  locale: string | null;
  timeZone: string | null;
  /** Teams: the person's e-mail address and sign-in name, as `addressesText` writes them; null until the platform was asked. */
  addresses: string | null;
  /** Set when the platform said that Rond may not write; cleared by the next activity. */
  blocked: string | null;
};

/** `id` is a user id or a channel id of that tenant. */
export type ContactKey = { platform: Platform; tenant: string; id: string };

export type Contacts = {
  get(key: ContactKey): Promise<Contact | null>;
  /** Merges the given members into what is known. */
  put(key: ContactKey, contact: Partial<Contact>): Promise<void>;
  /** Ids of those in this tenant who were known by this address when they were last asked about. */
  withAddress(platform: Platform, tenant: string, address: string): Promise<string[]>;
};

/** Addresses are the same whatever their case, and have no spaces. */
export const plainAddress = (address: string): string => address.trim().toLowerCase();

/** Several in one text, with a space between; '' for none. */
export const addressesText = (addresses: readonly (string | null | undefined)[]): string =>
  [...new Set(addresses.flatMap((one) => (one ? [plainAddress(one)] : [])))].filter((one) => !/\s/.test(one)).join(' ');
