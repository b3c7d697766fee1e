/** Who is in the sandbox's Teams and what they see. */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Card } from '../../ports/chat.ts';
import { homes } from '../newcomers.ts';
import type { Directory, SandboxChannel, SandboxPerson, Shown } from '../wire.ts';

const CardJson = z.custom<Card>((value) => typeof value === 'object' && value !== null);

const Message = z.object({
  id: z.string(),
  conversation: z.string(),
  from: z.enum(['bot', 'person']),
  by: z.string().nullable().default(null),
  at: z.string(),
  text: z.string(),
  card: CardJson.nullable(),
  puts: z.number(),
  gone: z.boolean(),
  /** User → what the bot answered this user's press with: seen by that user only, until the message itself is replaced. */
  views: z.record(z.string(), z.object({ card: CardJson, times: z.number() })),
});
export type Message = z.infer<typeof Message>;

export const SavedWorld = z.object({ messages: z.array(Message), installed: z.array(z.string()), lastId: z.number() });

const hash = (...parts: string[]) => createHash('sha256').update(parts.join('/')).digest('base64url').slice(0, 43);

/** The person's Teams account in the eyes of the bot; not the Entra object id. */
export const accountOf = (person: SandboxPerson) => `29:1${hash('account', person.tenant, person.user)}`;
export const addressOf = (person: SandboxPerson) => `${person.key}@example.com`;
export const chatOf = (person: SandboxPerson) => `a:1${hash('chat', person.tenant, person.user)}`;
/** Teams names group chats so; they are no channels and have no threads. */
export const isGroupChat = (id: string) => id.endsWith('@thread.v2');
const withoutThread = (conversation: string) => conversation.split(';')[0] ?? conversation;

export type World = ReturnType<typeof openWorld>;

export function openWorld(now: () => Temporal.Instant, changed: () => void) {
  let directory: Directory = { people: [], channels: [] };
  let messages: Message[] = [];
  let lastId = 0;
  const installed = new Set<string>();
  /** User ids, and ids of channels, that the bot may not write to, each with what the service then says. */
  const shut = new Map<string, 'blocked' | 'removed' | 'deleted'>();
  /** Users whose client knows no Action.Execute. */
  const oldClients = new Set<string>();

  const newId = () => {
    // Activity ids are milliseconds; each is later than the one before.
    lastId = Math.max(lastId + 1, now().epochMilliseconds);
    return String(lastId);
  };
  const seenBy = (message: Message, user: string | null): Shown => {
    const view = user === null ? undefined : message.views[user];
    const { id, conversation, from, by, at, text } = message;
    const card = view?.card ?? message.card;
    return {
      id,
      conversation,
      from,
      by,
      inThread: conversation.includes(';messageid=') && !conversation.endsWith(`;messageid=${id}`),
      at,
      text,
      card,
      replaced: message.puts + (view?.times ?? 0),
      blocks: null,
      onlyFor: null,
    };
  };

  return {
    installed,
    shut,
    oldClients,
    /** Why a message does not get into this conversation; undefined when it does. */
    shutFor(conversation: string) {
      const person = directory.people.find((one) => chatOf(one) === conversation);
      return shut.get(person?.user ?? withoutThread(conversation));
    },
    rename(id: string, name: string) {
      directory = {
        ...directory,
        channels: directory.channels.map((one) => (one.id === id ? { ...one, name } : one)),
      };
      changed();
    },
    setDirectory(next: Directory) {
      directory = {
        people: next.people.filter((person) => person.platform === 'teams'),
        channels: next.channels.filter((channel) => channel.platform === 'teams'),
      };
      changed();
    },
    people: (): SandboxPerson[] => directory.people,
    channels: (): SandboxChannel[] => directory.channels,
    /** Whoever is made on the page while there is nobody yet lives in the first of them. */
    tenants: () => [...new Set([...directory.people, ...directory.channels].map((one) => one.tenant)).add(homes.teams)],
    person(user: string): SandboxPerson {
      const found = directory.people.find((person) => person.user === user);
      if (!found) throw new Error(`nobody in this Teams is ${user}`);
      return found;
    },
    /** By account, by Entra object id or by sign-in name, as the service accepts them all. */
    findPerson: (id: string) =>
      directory.people.find(
        (person) => person.user === id || accountOf(person) === id || addressOf(person) === id.toLowerCase(),
      ) ?? null,
    findChannel: (conversation: string) =>
      directory.channels.find((channel) => channel.id === withoutThread(conversation)) ?? null,
    /** Who is in a channel. */
    membersIn: ({ tenant, members }: SandboxChannel): SandboxPerson[] =>
      directory.people.filter((one) => one.tenant === tenant && (members?.includes(one.user) ?? true)),
    findChat: (conversation: string) => directory.people.find((person) => chatOf(person) === conversation) ?? null,

    /** Shows a message. In a channel without a thread it begins one. */
    add(message: { conversation: string; by: string | null; text: string; card: Card | null }): Message {
      const id = newId();
      const inChannel = directory.channels.some((channel) => channel.id === message.conversation);
      const conversation =
        inChannel && !isGroupChat(message.conversation)
          ? `${message.conversation};messageid=${id}`
          : message.conversation;
      const from = message.by === null ? 'bot' : 'person';
      const at = now().toString();
      const added: Message = { ...message, from, id, conversation, at, puts: 0, gone: false, views: {} };
      messages.push(added);
      changed();
      return added;
    },
    find: (conversation: string, id: string) =>
      messages.find((message) => !message.gone && message.conversation === conversation && message.id === id) ?? null,
    findById: (id: string) => messages.find((message) => !message.gone && message.id === id) ?? null,
    /** The bot replaces the message: everybody sees the new one. */
    put(message: Message, text: string, card: Card | null) {
      Object.assign(message, { text, card, puts: message.puts + 1, views: {} });
      changed();
    },
    /** The bot answers one person's press with a card. */
    answer(message: Message, user: string, card: Card) {
      message.views[user] = { card, times: (message.views[user]?.times ?? 0) + 1 };
      changed();
    },
    remove(message: Message) {
      message.gone = true;
      changed();
    },
    seenBy,
    personal(user: string): Shown[] {
      const person = directory.people.find((one) => one.user === user);
      const chat = person ? chatOf(person) : '';
      return messages.filter((one) => one.conversation === chat && !one.gone).map((one) => seenBy(one, user));
    },
    channel(id: string, viewer: string | null): Shown[] {
      const here = messages.filter((one) => withoutThread(one.conversation) === id && !one.gone);
      return here.map((one) => seenBy(one, viewer));
    },
    created: () => messages.filter((message) => message.from === 'bot').map((message) => seenBy(message, null)),
    save: (): z.infer<typeof SavedWorld> => ({ messages, installed: [...installed], lastId }),
    load(saved: z.infer<typeof SavedWorld>) {
      messages = saved.messages;
      lastId = saved.lastId;
      installed.clear();
      for (const name of saved.installed) installed.add(name);
    },
  };
}
