import { type Method, SlackError } from './api.ts';
import type { Desk } from './desk.ts';
import { asMessage } from './methods-chat.ts';
import { type Channel, directId, directUser } from './state.ts';

/** conversations.open, history, info, members, list. */
export function conversationMethods(desk: Desk): Record<string, Method> {
  const { state } = desk;
  return {
    'conversations.open': (args) => {
      const user = String(args.users ?? '');
      if (!state.people.has(user)) throw new SlackError('user_not_found');
      return { channel: { id: directId(user) } };
    },
    'conversations.history': (args) => {
      const id = conversation(desk, args.channel);
      const oldest = micros(args.oldest ?? '0');
      const latest = micros(args.latest ?? '99999999999');
      const inclusive = String(args.inclusive) === 'true';
      const limit = Math.min(999, Number(args.limit ?? 100) || 100);
      const from = Number.parseInt(String(args.cursor ?? '0'), 36) || 0;
      const all = state.messages
        .filter((message) => message.channel === id && !message.deleted && !message.onlyFor)
        .filter(({ ts }) => {
          const at = micros(ts);
          return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
        })
        .reverse();
      const more = all.length > from + limit;
      return {
        messages: all
          .slice(from, from + limit)
          .map((message) => asMessage(desk, message, String(args.include_all_metadata) === 'true')),
        has_more: more,
        ...(more ? { response_metadata: { next_cursor: (from + limit).toString(36) } } : {}),
      };
    },
    'conversations.info': (args) => {
      const id = conversation(desk, args.channel);
      const channel = state.channels.get(id);
      return { channel: channel ? described(channel) : { id, is_im: true, user: directUser(id) } };
    },
    'conversations.members': (args) => {
      const id = conversation(desk, args.channel);
      const user = directUser(id);
      const inside = state.channels.get(id)?.members ?? [...state.people.keys()];
      return paged('members', [...(user ? [user] : inside), state.bot.user], args);
    },
    'conversations.list': () => ({ channels: [...state.channels.values()].map(described) }),
  };
}

function conversation({ state }: Desk, id: unknown): string {
  const name = String(id ?? '');
  const user = directUser(name);
  if (user !== null && state.people.has(user)) return name;
  const channel = state.channels.get(name);
  if (!channel) throw new SlackError('channel_not_found');
  if (!channel.botIsIn) throw new SlackError('not_in_channel');
  return name;
}

/** One page of a list, with the cursor of the next. */
export function paged(name: string, all: readonly unknown[], { cursor, limit }: Record<string, unknown>) {
  const from = Number.parseInt(String(cursor ?? ''), 36) || 0;
  const to = from + Math.min(999, Number(limit ?? 100) || 100);
  return {
    [name]: all.slice(from, to),
    response_metadata: { next_cursor: to < all.length ? to.toString(36) : '' },
  };
}

/** A stamp as a whole number: as floating point, two stamps of one microsecond's distance can be equal. */
function micros(ts: unknown): bigint {
  const [seconds = '0', part = ''] = String(ts).split('.');
  return /^\d*$/.test(seconds + part)
    ? BigInt(seconds || '0') * 1_000_000n + BigInt(part.padEnd(6, '0').slice(0, 6))
    : 0n;
}

function described(channel: Channel) {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: true,
    is_archived: channel.archived,
    is_member: channel.botIsIn,
  };
}
