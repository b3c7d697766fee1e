import type { Arguments, Method } from './api.ts';
import { SlackError } from './api.ts';
import { messageFaults } from './block-limits.ts';
import type { Desk } from './desk.ts';
import { type Block, directId, directUser, find, nextTs, type StoredMessage } from './state.ts';

/** chat.postMessage, chat.update, chat.delete, chat.postEphemeral. */
export function chatMethods(desk: Desk): Record<string, Method> {
  const { state, options, settling } = desk;

  const changed = (conversation: string) => {
    settling.happened({ conversation });
    options.changed();
  };

  function store(channel: string, args: Arguments, onlyFor: string | null): StoredMessage {
    const { text, blocks } = content(args);
    const message: StoredMessage = {
      channel,
      ts: nextTs(state, options.now()),
      from: 'bot',
      author: state.bot.user,
      at: options.now().toString(),
      text,
      blocks,
      metadata: metadataOf(args) ?? null,
      thread: typeof args.thread_ts === 'string' ? args.thread_ts : null,
      onlyFor,
      replaced: 0,
      deleted: false,
    };
    state.messages.push(message);
    changed(channel);
    return message;
  }

  return {
    'chat.postMessage': (args) => {
      const channel = writable(desk, args.channel);
      const message = store(channel, args, null);
      return { channel, ts: message.ts, message: asMessage(desk, message) };
    },
    'chat.postEphemeral': (args) => {
      const channel = writable(desk, args.channel);
      const user = String(args.user ?? '');
      if (!state.people.has(user)) throw new SlackError('user_not_in_channel');
      return { message_ts: store(channel, args, user).ts };
    },
    'chat.update': (args) => {
      const channel = writable(desk, args.channel);
      const message = find(state, String(args.ts ?? ''), channel);
      if (!message || message.onlyFor) throw new SlackError('message_not_found');
      if (message.from !== 'bot') throw new SlackError('cant_update_message');
      const { text, blocks } = content(args);
      if (text.length > 4_000) throw new SlackError('msg_too_long');
      const metadata = metadataOf(args);
      Object.assign(message, { text, blocks, replaced: message.replaced + 1 });
      if (metadata !== undefined) message.metadata = metadata;
      changed(channel);
      return { channel, ts: message.ts, text, message: asMessage(desk, message) };
    },
    'chat.delete': (args) => {
      const channel = writable(desk, args.channel);
      const message = find(state, String(args.ts ?? ''), channel);
      if (!message) throw new SlackError('message_not_found');
      if (message.from !== 'bot') throw new SlackError('cant_delete_message');
      message.deleted = true;
      changed(channel);
      return { channel, ts: message.ts };
    },
  };
}

/** The conversation one writes to: a person's id means the direct conversation with them. */
function writable({ state }: Desk, to: unknown): string {
  const id = String(to ?? '');
  const user = state.people.has(id) ? id : directUser(id);
  if (user !== null) {
    const person = state.people.get(user);
    if (!person) throw new SlackError('channel_not_found');
    if (!person.active) throw new SlackError('user_disabled');
    return directId(user);
  }
  const channel = state.channels.get(id);
  if (!channel) throw new SlackError('channel_not_found');
  if (channel.archived) throw new SlackError('is_archived');
  if (!channel.botIsIn) throw new SlackError('not_in_channel');
  return channel.id;
}

function content(args: Arguments): { text: string; blocks: Block[] | null } {
  const text = typeof args.text === 'string' ? args.text : '';
  if (args.blocks === undefined) {
    if (!text) throw new SlackError('no_text');
    return { text: text.slice(0, 40_000), blocks: null };
  }
  const [fault] = messageFaults(args.blocks);
  if (fault) {
    const said = `${fault.message} [json-pointer:${fault.pointer}]`;
    throw new SlackError(fault.code, { errors: [said], response_metadata: { messages: [`[ERROR] ${said}`] } });
  }
  return { text: text.slice(0, 40_000), blocks: args.blocks as Block[] };
}

/** Undefined when none was given: an update then keeps what the message has. */
function metadataOf(args: Arguments): unknown {
  const metadata = args.metadata;
  if (metadata === undefined) return undefined;
  if (typeof metadata !== 'object' || metadata === null) throw new SlackError('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return null;
  if (!('event_type' in metadata) || !('event_payload' in metadata)) throw new SlackError('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > 16_000) throw new SlackError('metadata_too_large');
  return metadata;
}

/** A message as conversations.history and the answers of chat.* show it. */
export function asMessage({ state }: Desk, message: StoredMessage, withMetadata = true): Record<string, unknown> {
  return {
    type: 'message',
    user: message.author,
    ts: message.ts,
    text: message.text,
    team: state.team,
    ...(message.from === 'bot' ? { bot_id: state.bot.bot, app_id: state.bot.app } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.thread ? { thread_ts: message.thread } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}
