import { setTimeout as pause } from 'node:timers/promises';
import type { Address, ChatPlatform, Recall } from '../../ports/chat.ts';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import { troubleOf } from './errors.ts';
import type { Log } from './log.ts';
import { keyIn } from './metadata.ts';

/** Clocks differ: a message may bear a stamp a little older than the intent it came of. */
const slackSeconds = 60;
const pagesAtMost = 10;

function recallingIn(connection: Connection, gapMs: number): ChatPlatform['recall'] {
  const { client, contacts, remember } = connection;

  async function conversationOf(to: Address): Promise<string | null> {
    if ('channel' in to) return to.channel;
    const contact = await contacts.get({ platform: 'slack', tenant: to.tenant, id: to.user });
    if (contact?.conversation) return contact.conversation;
    const opened = await client.conversations.open({ users: to.user });
    const channel = opened.channel?.id ?? null;
    if (channel) remember({ platform: 'slack', tenant: to.tenant, user: to.user }, { conversation: channel });
    return channel;
  }

  /** The message's ts, null when no page has it, "too-long" when there is more than is reasonable to read. */
  async function read(channel: string, key: string, oldest: string): Promise<string | null | 'too-long'> {
    let cursor = '';
    for (let page = 0; page < pagesAtMost; page++) {
      const history = await client.conversations.history({
        channel,
        oldest,
        inclusive: true,
        include_all_metadata: true,
        limit: 200,
        ...(cursor ? { cursor } : {}),
      });
      const found = history.messages?.find((message) => keyIn(message.metadata) === key);
      if (found?.ts) return found.ts;
      cursor = history.response_metadata?.next_cursor ?? '';
      if (!cursor) return null;
    }
    return 'too-long';
  }

  return async (to, key, since): Promise<Recall> => {
    const channel = await conversationOf(to);
    if (!channel) return { is: 'not-now' };
    const oldest = (since.epochMilliseconds / 1000 - slackSeconds).toFixed(6);
    for (const reading of [1, 2]) {
      if (reading === 2) await pause(gapMs);
      const ts = await read(channel, key, oldest);
      if (ts === 'too-long') return { is: 'cannot-tell' };
      if (ts) {
        return {
          is: 'found',
          reference: { platform: 'slack', tenant: to.tenant, conversation: channel, message: ts },
        };
      }
    }
    return { is: 'absent' };
  };
}

/**
 * Reads the conversation back by message metadata. "absent" only after two full readings, `gapMs` apart: a message that
 * was taken may need a moment to be readable. A conversation that Rond may not read is "cannot-tell"; one that
 * cannot be read because Slack does not answer is "not-now".
 */
export function recalling(connections: Connections, gapMs: number, log: Log): Pick<ChatPlatform, 'recall'> {
  return {
    async recall(to, key, since) {
      try {
        const connection = await connections.to(to.tenant);
        return connection ? await recallingIn(connection, gapMs)(to, key, since) : { is: 'cannot-tell' };
      } catch (error) {
        return unread(error, log);
      }
    },
  };
}

function unread(error: unknown, log: Log): Recall {
  log.warn({ err: error instanceof Error ? error.message : String(error) }, 'could not read a Slack conversation back');
  return troubleOf(error).is === 'failed' ? { is: 'cannot-tell' } : { is: 'not-now' };
}
