import type { Address, ChatPlatform, Outcome } from '../../ports/chat.ts';
import type { Connection } from './connection.ts';
import { troubleOf } from './errors.ts';
import { metadataFor } from './metadata.ts';
import { message as rendered } from './rendering.ts';
import { isOurs } from './workspace.ts';

/** One request each, no repetition; every way it can end is an `Outcome`. */
export function sending(connection: Connection): Pick<ChatPlatform, 'send' | 'replace'> {
  const { client, remember, log } = connection;

  const foreign = async (tenant: string): Promise<Outcome | null> => {
    const workspace = await connection.workspace();
    if (isOurs(workspace, tenant, workspace.enterprise)) return null;
    return { is: 'failed', code: 'not-installed', detail: `the bot token belongs to ${workspace.team}, not ${tenant}` };
  };

  return {
    async send(to, message) {
      try {
        const refusal = await known(() => foreign(to.tenant));
        if (refusal) return refusal;
        const { blocks, text, hasInputs } = rendered(message.card, log);
        const sent = await client.chat.postMessage({
          channel: 'user' in to ? to.user : to.channel,
          blocks,
          text,
          metadata: metadataFor(message.key, hasInputs ? message.card : null),
          unfurl_links: false,
          unfurl_media: false,
        });
        if (!sent.channel || !sent.ts) return { is: 'unknown', why: 'no message in the answer' };
        if ('user' in to) remember(identity(to), { conversation: sent.channel });
        return {
          is: 'sent',
          reference: { platform: 'slack', tenant: to.tenant, conversation: sent.channel, message: sent.ts },
        };
      } catch (error) {
        return troubleOf(error);
      }
    },

    async replace(what, message) {
      try {
        const refusal = await known(() => foreign(what.tenant));
        if (refusal) return refusal;
        const { blocks, text, hasInputs } = rendered(message.card, log);
        await client.chat.update({
          channel: what.conversation,
          ts: what.message,
          blocks,
          text,
          // Left out, Slack keeps what the message carries: the key it was sent with.
          ...(hasInputs ? { metadata: metadataFor(message.key, message.card) } : {}),
        });
        return { is: 'sent', reference: what };
      } catch (error) {
        return troubleOf(error);
      }
    },
  };
}

/** Asking whose the token is shows nobody anything: no answer there means that the send may be made again. */
async function known(ask: () => Promise<Outcome | null>): Promise<Outcome | null> {
  try {
    return await ask();
  } catch (error) {
    const trouble = troubleOf(error);
    return trouble.is === 'unknown' ? { is: 'again', afterMs: 5_000, why: `auth.test: ${trouble.why}` } : trouble;
  }
}

function identity(to: Extract<Address, { user: string }>) {
  return { platform: 'slack' as const, tenant: to.tenant, user: to.user };
}
