import type { Contact, ContactKey, Contacts } from '../../ports/contacts.ts';
import { channelOf, type Inbound, identityOf, tenantOf, timeZoneOf } from './inbound.ts';
import { type Log, microsoft, type TeamsOptions } from './options.ts';

/** What was written a moment ago is not written again: every activity would otherwise cost the database a statement or two. */
const rememberedMs = 60_000;
const rememberedAtMost = 20_000;

export type ContactBook = {
  /** Keeps what a verified activity shows about reaching its sender, channel and tenant. Never rejects. */
  keep(activity: Inbound): Promise<void>;
  get(tenant: string, id: string): Promise<Contact | null>;
  put(tenant: string, id: string, contact: Partial<Contact>): Promise<void>;
  /** Users who have written to Rond and are known by this address. */
  withAddress(tenant: string, address: string): Promise<string[]>;
  /** Where requests for this conversation (or, failing that, this tenant) go. */
  serviceUrl(tenant: string, contact: Contact | null): Promise<string>;
};

const isGroupChat = (activity: Inbound) => activity.conversation.conversationType === 'groupChat';

type Entry = { id: string; contact: Partial<Contact> };

/** What a channel's or a team's own news says about writing there. */
const shutBy: Record<string, string> = {
  channelDeleted: 'not-found',
  teamArchived: 'archived',
  teamDeleted: 'not-installed',
  teamHardDeleted: 'not-found',
};

/** Everything one activity tells about contacts; members it does not name are left as they are. */
function entriesOf(activity: Inbound, tenant: string): Entry[] {
  const { serviceUrl } = activity;
  const entries: Entry[] = [{ id: tenant, contact: { serviceUrl } }];
  const gone = activity.type === 'installationUpdate' && activity.action === 'remove';
  const blocked = gone ? 'not-installed' : (shutBy[activity.channelData?.eventType ?? ''] ?? null);
  const channel = channelOf(activity);
  const team = activity.channelData?.team?.id;
  const who = identityOf(activity);
  if (channel !== null) {
    entries.push({
      id: channel,
      contact: {
        serviceUrl,
        blocked,
        ...(isGroupChat(activity) && { conversation: activity.conversation.id }),
        ...(team && team !== channel && { account: team }),
      },
    });
  }
  if (who && activity.from) {
    const timeZone = timeZoneOf(activity);
    entries.push({
      id: who.user,
      contact: {
        serviceUrl,
        account: activity.from.id,
        ...(activity.locale && { locale: activity.locale }),
        ...(timeZone && { timeZone }),
        ...(channel === null && { conversation: activity.conversation.id, blocked }),
      },
    });
  }
  for (const member of activity.membersAdded ?? []) {
    if (member.aadObjectId) entries.push({ id: member.aadObjectId, contact: { serviceUrl, account: member.id } });
  }
  return entries;
}

/** How to reach people and channels: read from every activity, kept in Contacts. */
export function openContactBook(options: TeamsOptions): ContactBook {
  const contacts: Contacts = options.contacts;
  const log: Log | undefined = options.log;
  const written = new Map<string, { contact: Partial<Contact>; at: number }>();
  const keyOf = (tenant: string, id: string): ContactKey => ({ platform: 'teams', tenant, id });

  async function put(tenant: string, id: string, contact: Partial<Contact>): Promise<void> {
    written.delete(`${tenant}/${id}`);
    await contacts.put(keyOf(tenant, id), contact);
  }

  async function putUnlessWritten(tenant: string, { id, contact }: Entry): Promise<void> {
    const name = `${tenant}/${id}`;
    const at = performance.now();
    const before = written.get(name);
    const remembered = before && at - before.at < rememberedMs ? before : { contact: {}, at };
    const known: Partial<Contact> = remembered.contact;
    if (Object.entries(contact).every(([member, value]) => known[member as keyof Contact] === value)) return;
    await contacts.put(keyOf(tenant, id), contact);
    if (written.size >= rememberedAtMost) written.clear();
    written.set(name, { contact: { ...known, ...contact }, at: remembered.at });
  }

  return {
    put,
    get: (tenant, id) => contacts.get(keyOf(tenant, id)),
    withAddress: (tenant, address) => contacts.withAddress('teams', tenant, address),
    async keep(activity) {
      const tenant = tenantOf(activity);
      if (!tenant) return;
      try {
        for (const entry of entriesOf(activity, tenant)) await putUnlessWritten(tenant, entry);
      } catch (error) {
        log?.warn({ err: error }, 'a Teams contact could not be kept');
      }
    },
    async serviceUrl(tenant, contact) {
      const known = contact?.serviceUrl ?? (await contacts.get(keyOf(tenant, tenant)))?.serviceUrl;
      return known ?? (options.endpoints ?? microsoft).serviceUrl;
    },
  };
}
