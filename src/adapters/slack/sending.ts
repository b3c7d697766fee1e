import type { Address, ChatPlatform, Outcome } from '../../ports/chat.ts';
import { beside } from './beside.ts';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import { troubleOf } from './errors.ts';
import { metadataFor } from './metadata.ts';
import { message as rendered } from './rendering.ts';

/** One request each, no repetition; every way it can end is an `Outcome`. */
export function sending(connections: Connections): Pick<ChatPlatform, 'send' | 'replace'> {
  /** Finding the token shows nobody anything: no answer there means that the send may be made again. */
  async function connected(tenant: string): Promise<Connection | Outcome> {
    try {
      const connection = await connections.to(tenant);
      return connection ?? { is: 'failed', code: 'not-installed', detail: `Rond is not installed in ${tenant}` };
    } catch (error) {
      const trouble = failed(error);
      return trouble.is === 'unknown' ? { is: 'again', afterMs: 5_000, why: `auth.test: ${trouble.why}` } : trouble;
    }
  }

  function failed(error: unknown): Exclude<Outcome, { is: 'sent' }> {
    const trouble = troubleOf(error);
    if (trouble.is === 'failed' && trouble.code === 'not-authorised') connections.forget();
    return trouble;
  }

  return {
    async send(to, message) {
      const connection = await connected(to.tenant);
      if ('is' in connection) return connection;
      const { client, remember } = connection;
      try {
        const { blocks, text, hasInputs } = rendered(message.card, connection);
        const sent = await beside(blocks, (ticket) =>
          client.chat.postMessage({
            channel: 'user' in to ? to.user : to.channel,
            blocks: ticket,
            text,
            metadata: metadataFor(message.key, hasInputs ? message.card : null),
            unfurl_links: false,
            unfurl_media: false,
          }),
        );
        if (!sent.channel || !sent.ts) return { is: 'unknown', why: 'no message in the answer' };
        if ('user' in to) remember(identity(to), { conversation: sent.channel });
        return {
          is: 'sent',
          reference: { platform: 'slack', tenant: to.tenant, conversation: sent.channel, message: sent.ts },
        };
      } catch (error) {
        return failed(error);
      }
    },

    async replace(what, message) {
      const connection = await connected(what.tenant);
      if ('is' in connection) return connection;
      const { client } = connection;
      try {
        const { blocks, text, hasInputs } = rendered(message.card, connection);
        await beside(blocks, (ticket) =>
          client.chat.update({
            channel: what.conversation,
            ts: what.message,
            blocks: ticket,
            text,
            // Left out, Slack keeps what the message carries: the key it was sent with.
            ...(hasInputs ? { metadata: metadataFor(message.key, message.card) } : {}),
          }),
        );
        return { is: 'sent', reference: what };
      } catch (error) {
        return failed(error);
      }
    },
  };
}

function identity(to: Extract<Address, { user: string }>) {
  return { platform: 'slack' as const, tenant: to.tenant, user: to.user };
}
