/** Who is in a channel or group chat, page by page, as the Bot Connector tells it. */

import type { ConnectorClient } from 'botframework-connector';
import type { ChannelMember } from '../../ports/chat.ts';
import { addressesText } from '../../ports/contacts.ts';
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
    members.push(...(answer.members ?? []).flatMap((account) => personFrom(account) ?? []));
    continuationToken = answer.continuationToken;
    if (!continuationToken) break;
  }
  return members;
}

function personFrom(account: Account): Omit<ChannelMember, 'locale' | 'timeZone'> | null {
  const user = account.aadObjectId ?? account.objectId;
  if (!user) return null;
  return {
    user,
    ...(account.id ? { mention: account.id } : {}),
    name: account.name || user,
    mail: account.email ?? account.userPrincipalName ?? null,
  };
}

/** One person of a conversation, by account, Entra object id or sign-in name. Rejects when nobody of that name is in it. */
export async function memberOf(
  connector: ConnectorClient,
  conversation: string,
  name: string,
  options: Options,
): Promise<{ person: Omit<ChannelMember, 'locale' | 'timeZone'> | null; addresses: string }> {
  const account = (await connector.conversations.getConversationMember(conversation, name, options)) as Account;
  return { person: personFrom(account), addresses: addressesText([account.email, account.userPrincipalName]) };
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
