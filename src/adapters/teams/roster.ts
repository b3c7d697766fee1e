/** Who is in a channel or group chat, page by page, as the Bot Connector tells it. */

import type { ConnectorClient } from 'botframework-connector';
import type { ChannelMember, Found, Pointer, Roster } from '../../ports/chat.ts';
import type { ContactBook } from './contact-book.ts';

const pageSize = 500;
const pagesAtMost = 200;
/** Up to here what is known of each person's language and zone is looked up. */
const knownAtMost = 200;

type Account = {
  id?: string;
  aadObjectId?: string;
  objectId?: string;
  name?: string;
  email?: string;
  userPrincipalName?: string;
};
type Options = { abortSignal: AbortSignal };
type Page = { members?: Account[]; continuationToken?: string };

/** One page after the other; programs have no Entra object id of a person and are left out. */
export async function rosterOf(
  connector: ConnectorClient,
  conversation: string,
  options: () => Options,
): Promise<Omit<ChannelMember, 'locale' | 'timeZone'>[]> {
  const members: Omit<ChannelMember, 'locale' | 'timeZone'>[] = [];
  let continuationToken: string | undefined;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const asked = { pageSize, ...(continuationToken ? { continuationToken } : {}), ...options() };
    const answer = (await connector.conversations.getConversationPagedMembers(conversation, asked as never)) as Page;
    for (const account of answer.members ?? []) {
      const user = account.aadObjectId ?? account.objectId;
      if (user)
        members.push({
          user,
          ...(account.id ? { mention: account.id } : {}),
          name: account.name || user,
          mail: account.email ?? account.userPrincipalName ?? null,
        });
    }
    continuationToken = answer.continuationToken;
    if (!continuationToken) break;
  }
  return members;
}

/** Addresses are the same whatever their case. */
export function foundIn(roster: Roster, who: Pointer): Found {
  if (roster.is !== 'known') return roster;
  const isMeant = ({ mention, mail }: ChannelMember) =>
    'mail' in who ? mail?.toLowerCase() === who.mail.toLowerCase() : mention === who.mention;
  const person = roster.members.find(isMeant);
  return person ? { is: 'found', person } : { is: 'nobody' };
}

/** Language and zone stand in no roster: they are known of those who have been heard from. */
export async function withContacts(
  members: Omit<ChannelMember, 'locale' | 'timeZone'>[],
  tenant: string,
  book: ContactBook,
): Promise<ChannelMember[]> {
  return Promise.all(
    members.map(async (member) => {
      const contact = members.length > knownAtMost ? null : await book.get(tenant, member.user);
      return { ...member, locale: contact?.locale ?? null, timeZone: contact?.timeZone ?? null };
    }),
  );
}
