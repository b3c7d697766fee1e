import type { Activity, ConversationParameters } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Address, Card, Found, Outcome, Pointer, Readiness, Reference, Roster } from '../../ports/chat.ts';
import { plainAddress } from '../../ports/contacts.ts';
import { openConnections } from './connections.ts';
import { openConnector } from './connector.ts';
import type { ContactBook } from './contact-book.ts';
import { ForbiddenService, outcomeOf, type Repeating } from './errors.ts';
import type { TeamsOptions } from './options.ts';
import { memberOf, rosterOf, withContacts } from './roster.ts';
import { allowedServiceUrl } from './service-hosts.ts';
import type { Tokens } from './tokens.ts';

export type Outbound = {
  /** Finds or makes the personal chat; shows nothing. */
  prepare(to: Address): Promise<Readiness>;
  send(to: Address, activity: Partial<Activity>): Promise<Outcome>;
  replace(what: Reference, activity: Partial<Activity>): Promise<Outcome>;
  roster(tenant: string, channel: string): Promise<Roster>;
  /** In the channel's team, or among those who have written to Rond. */
  find(tenant: string, channel: string, who: Pointer): Promise<Found>;
  /** By which addresses whoever wrote in their personal chat may be named: asked once. Never rejects. */
  learn(tenant: string, user: string, conversation: string): Promise<void>;
  /** Into a conversation that exists, e.g. the one a command came from. */
  reply(tenant: string, conversation: string, serviceUrl: string, activity: Partial<Activity>): Promise<Outcome>;
  close(): void;
};

/** A card as a message. `summary` is what notifications show; without it they say "sent a card". */
export function messageWith(card: Card): Partial<Activity> {
  const summary = [card.fallbackText, card.speak].find((text) => typeof text === 'string' && text !== '');
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
    ...(typeof summary === 'string' && { summary }),
  };
}

/** Shown as it is, never as Markdown. */
export const messageOf = (text: string): Partial<Activity> => ({ type: 'message', text, textFormat: 'plain' });

type RequestOptions = { abortSignal: AbortSignal };
type Call<T> = (connector: ConnectorClient, options: RequestOptions) => Promise<T>;

/** The requests to the Bot Connector. One call of a function here makes one request that shows something. */
export function openOutbound(options: TeamsOptions, book: ContactBook, tokens: Tokens): Outbound {
  const connections = openConnections();
  const connectors = new Map<string, ConnectorClient>();
  const bot = { id: `28:${options.appId}`, name: 'Rond' };

  async function call<T>(serviceUrl: string, run: Call<T>): Promise<T> {
    if (!allowedServiceUrl(serviceUrl, options.endpoints)) throw new ForbiddenService(`no token for ${serviceUrl}`);
    await tokens.ready();
    let connector = connectors.get(serviceUrl);
    if (!connector) {
      connector = openConnector(serviceUrl, options, tokens, connections);
      connectors.set(serviceUrl, connector);
    }
    // Over the whole request; the SDK's own `timeout` ends with the headers.
    return run(connector, { abortSignal: AbortSignal.timeout(options.timeoutMs ?? 10_000) });
  }

  function outcome(error: unknown, repeating: Repeating): Outcome {
    const result = outcomeOf(error, repeating);
    options.log?.warn({ outcome: result }, 'a request to Teams failed');
    const tokenRefused = (error as { statusCode?: unknown }).statusCode === 401;
    return tokenRefused && tokens.renew() ? { is: 'again', afterMs: 1000, why: 'the token had ended' } : result;
  }

  async function post(tenant: string, conversation: string, serviceUrl: string, activity: Partial<Activity>) {
    const full = { ...activity, from: bot };
    const sent = await call(serviceUrl, (connector, request) =>
      connector.conversations.sendToConversation(conversation, full, request),
    );
    return sentAs(tenant, conversation, sent.id);
  }

  function sentAs(tenant: string, conversation: string | undefined, message: string | undefined): Outcome {
    if (!conversation || !message) return { is: 'unknown', why: 'the service named no message' };
    return { is: 'sent', reference: { platform: 'teams', tenant, conversation, message } };
  }

  const create = (serviceUrl: string, parameters: object) =>
    call(serviceUrl, (connector, request) =>
      connector.conversations.createConversation({ bot, ...parameters } as ConversationParameters, request),
    );

  /** Finds or makes the personal chat; the service gives the same one every time. */
  async function personalChat(tenant: string, user: string, account: string | null, serviceUrl: string) {
    const made = await create(serviceUrl, {
      isGroup: false,
      members: [{ id: account ?? user }],
      tenantId: tenant,
      channelData: { tenant: { id: tenant } },
    });
    await book.put(tenant, user, { conversation: made.id, serviceUrl });
    return made.id;
  }

  async function sendToPerson(tenant: string, user: string, activity: Partial<Activity>): Promise<Outcome> {
    let repeating: Repeating = 'harmless';
    try {
      const contact = await book.get(tenant, user);
      const serviceUrl = await book.serviceUrl(tenant, contact);
      // In two steps: a personal chat made together with its first message does not tell that message's id.
      const conversation =
        contact?.conversation ?? (await personalChat(tenant, user, contact?.account ?? null, serviceUrl));
      repeating = 'message';
      return await post(tenant, conversation, serviceUrl, activity);
    } catch (error) {
      const result = outcome(error, repeating);
      if (result.is === 'failed') await remember(tenant, user, result.code);
      return result;
    }
  }

  async function sendToChannel(tenant: string, channel: string, activity: Partial<Activity>): Promise<Outcome> {
    let repeating: Repeating = 'harmless';
    try {
      const contact = await book.get(tenant, channel);
      const serviceUrl = await book.serviceUrl(tenant, contact);
      repeating = 'message';
      // A group chat is a conversation already; in a channel each message begins a thread.
      if (contact?.conversation) return await post(tenant, contact.conversation, serviceUrl, activity);
      const made = await create(serviceUrl, {
        isGroup: true,
        activity: { ...activity, from: bot },
        tenantId: tenant,
        channelData: { channel: { id: channel }, tenant: { id: tenant } },
      });
      return sentAs(tenant, made.id, made.activityId || made.id?.split(';messageid=')[1]);
    } catch (error) {
      const result = outcome(error, repeating);
      if (result.is === 'failed') await remember(tenant, channel, result.code);
      return result;
    }
  }

  /** Why a question was not answered. */
  function untold(error: unknown) {
    const result = outcome(error, 'harmless');
    return result.is === 'failed' || result.is === 'again'
      ? result
      : { is: 'again' as const, afterMs: 5000, why: 'no clear answer' };
  }

  /** Null when there is nobody of that name. */
  async function member(tenant: string, conversation: string, serviceUrl: string, name: string) {
    try {
      const found = await call(serviceUrl, (connector, request) => memberOf(connector, conversation, name, request));
      const [person = null] = found.person ? await withContacts([found.person], tenant, book) : [];
      return { person, addresses: found.addresses };
    } catch (error) {
      const result = outcomeOf(error, 'harmless');
      if (result.is === 'failed' && (result.code === 'not-found' || result.code === 'refused')) return null;
      throw error;
    }
  }

  /** As their platform names them at this moment: what was learnt once may be somebody else's by now. */
  async function writer(tenant: string, address: string) {
    for (const user of await book.withAddress(tenant, address)) {
      const contact = await book.get(tenant, user);
      if (!contact?.conversation) continue;
      const found = await member(tenant, contact.conversation, await book.serviceUrl(tenant, contact), user);
      if (found && found.addresses !== contact.addresses) await book.put(tenant, user, { addresses: found.addresses });
      if (found?.addresses.split(' ').includes(plainAddress(address))) return found.person;
    }
    return null;
  }

  /** Why it did not go; a conversation that is gone is looked for anew the next time. Never rejects. */
  async function remember(tenant: string, id: string, code: string): Promise<void> {
    const learnt =
      code === 'not-found'
        ? { conversation: null }
        : ['blocked', 'not-installed', 'disabled-by-admin'].includes(code)
          ? { blocked: code }
          : null;
    if (!learnt) return;
    await book.put(tenant, id, learnt).catch((error: unknown) => {
      options.log?.warn({ err: error }, 'a Teams contact could not be kept');
    });
  }

  return {
    async prepare(to) {
      if ('channel' in to) return { is: 'ready' };
      try {
        const contact = await book.get(to.tenant, to.user);
        const serviceUrl = await book.serviceUrl(to.tenant, contact);
        if (!contact?.conversation) await personalChat(to.tenant, to.user, contact?.account ?? null, serviceUrl);
        return { is: 'ready' };
      } catch (error) {
        const result = outcome(error, 'harmless');
        if (result.is === 'failed') await remember(to.tenant, to.user, result.code);
        return result.is === 'failed' || result.is === 'again'
          ? result
          : { is: 'again', afterMs: 5000, why: 'no clear answer' };
      }
    },
    send(to, activity) {
      return 'user' in to ? sendToPerson(to.tenant, to.user, activity) : sendToChannel(to.tenant, to.channel, activity);
    },
    async replace(what, activity) {
      try {
        const channel = await book.get(what.tenant, what.conversation.split(';')[0] ?? '');
        const serviceUrl = await book.serviceUrl(what.tenant, channel);
        await call(serviceUrl, (connector, request) =>
          connector.conversations.updateActivity(
            what.conversation,
            what.message,
            { ...activity, id: what.message, from: bot },
            request,
          ),
        );
        return { is: 'sent', reference: what };
      } catch (error) {
        return outcome(error, 'harmless');
      }
    },
    async roster(tenant, channel) {
      try {
        const serviceUrl = await book.serviceUrl(tenant, await book.get(tenant, channel));
        const members = await call(serviceUrl, (connector) =>
          rosterOf(connector, channel, () => ({ abortSignal: AbortSignal.timeout(options.timeoutMs ?? 10_000) })),
        );
        return { is: 'known', name: null, members: await withContacts(members, tenant, book) };
      } catch (error) {
        return untold(error);
      }
    },
    async find(tenant, channel, who) {
      try {
        const serviceUrl = await book.serviceUrl(tenant, await book.get(tenant, channel));
        const name = 'mail' in who ? who.mail : who.mention;
        const here = await member(tenant, channel, serviceUrl, name);
        const person = here?.person ?? ('mail' in who ? await writer(tenant, who.mail) : null);
        return person ? { is: 'found', person } : { is: 'nobody' };
      } catch (error) {
        return untold(error);
      }
    },
    async learn(tenant, user, conversation) {
      try {
        const contact = await book.get(tenant, user);
        if (contact && contact.addresses !== null) return;
        const found = await member(tenant, conversation, await book.serviceUrl(tenant, contact), user);
        if (found) await book.put(tenant, user, { addresses: found.addresses });
      } catch (error) {
        options.log?.warn({ outcome: outcomeOf(error, 'harmless') }, 'whose chat this is was not told');
      }
    },
    async reply(tenant, conversation, serviceUrl, activity) {
      try {
        return await post(tenant, conversation, serviceUrl, activity);
      } catch (error) {
        return outcome(error, 'message');
      }
    },
    close() {
      connections.close();
      connectors.clear();
    },
  };
}
