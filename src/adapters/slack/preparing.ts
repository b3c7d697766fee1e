import type { ChatPlatform } from '../../ports/chat.ts';
import type { Connections } from './connections.ts';
import { troubleOf } from './errors.ts';

/** The direct conversation is found or made; nobody sees anything of it. A channel needs nothing. */
export function preparing(connections: Connections): Pick<ChatPlatform, 'prepare'> {
  return {
    async prepare(to) {
      if ('channel' in to) return { is: 'ready' };
      const { tenant, user } = to;
      try {
        const connection = await connections.to(tenant);
        if (!connection) return { is: 'failed', code: 'not-installed', detail: `Rond is not installed in ${tenant}` };
        const { client, contacts, remember } = connection;
        const contact = await contacts.get({ platform: 'slack', tenant, id: user });
        if (contact?.conversation) return { is: 'ready' };
        const { channel } = await client.conversations.open({ users: user });
        if (!channel?.id) return { is: 'again', afterMs: 5_000, why: 'no conversation in the answer' };
        remember({ platform: 'slack', tenant, user }, { conversation: channel.id });
        return { is: 'ready' };
      } catch (error) {
        const trouble = troubleOf(error);
        return trouble.is === 'unknown' ? { is: 'again', afterMs: 5_000, why: trouble.why } : trouble;
      }
    },
  };
}
