/** Words to Rond: in a direct message, with a mention in a channel, or after /rond. */

import type { Command, Reply } from '../../ports/chat.ts';
import type { Connection } from './connection.ts';
import { filesIn } from './files.ts';
import { localeOf } from './locales.ts';
import { metadataFor } from './metadata.ts';
import { pastedTables } from './pasted.ts';
import type { EventCallback, SlashCommand } from './payloads.ts';
import { escaped, literal, message, modal } from './rendering.ts';
import { showing } from './showing.ts';

type Event = EventCallback['event'];

export function commanding(connection: Connection) {
  const { client, inbox, later, remember, words, log } = connection;
  const show = showing(connection);
  const locale = localeOf(connection);

  return {
    /** Rejects when nothing was stored: Slack then delivers the event again. */
    async text(event: Event, eventId: string, tenant: string): Promise<void> {
      const { user, channel } = event;
      // Rond's own messages, edits, joins and other programs' words are not commands.
      if (typeof user !== 'string' || typeof channel !== 'string' || event.bot_id) return;
      if (event.subtype && event.subtype !== 'file_share') return;
      const mention = event.type === 'app_mention';
      if (mention === channel.startsWith('D') || (!mention && event.channel_type !== 'im')) return;
      const who = { platform: 'slack' as const, tenant, user };
      if (!mention) remember(who, { conversation: channel, blocked: null });
      const said = written(event.text, (await connection.workspace()).botUser);
      const command: Command = {
        who,
        text: oneLine(said),
        lines: [said, ...pastedTables(event.blocks, event.attachments)].join('\n'),
        ...mentionsIn(said),
        files: filesIn(event, tenant),
        event: `event:${eventId}`,
        where: mention ? 'channel' : 'personal',
        channel: mention ? channel : null,
        locale: null,
        askLocale: () => locale(who),
      };
      const reply = await inbox.command(command);
      later('answer a text', post(reply, channel, user, mention, event.thread_ts));
    },

    /** After the acknowledgement: only this person sees what was typed and what is answered. */
    async slash(body: SlashCommand, tenant: string): Promise<void> {
      const personal = body.channel_id.startsWith('D');
      const who = { platform: 'slack' as const, tenant, user: body.user_id };
      const said = written(body.text, '');
      const command: Command = {
        who,
        text: oneLine(said),
        lines: said,
        ...mentionsIn(said),
        event: `command:${body.trigger_id}`,
        where: 'personal',
        channel: personal ? null : body.channel_id,
        locale: null,
        askLocale: () => locale(who),
      };
      const to = { url: body.response_url, channel: body.channel_id, user: body.user_id };
      const reply = await inbox.command(command).catch((error: unknown) => {
        log.error({ err: error instanceof Error ? error.message : String(error) }, 'a command could not be taken');
        return null;
      });
      if (!reply) return show.privately(to, words.failed);
      if (reply.do === 'nothing') return;
      if (reply.do === 'notice') return show.privately(to, reply.text);
      const { blocks, text, hasInputs } = message(reply.card, connection);
      if (hasInputs && (await show.open(body.trigger_id, modal(reply.card, null, log)))) return;
      await connection.respond(body.response_url, { response_type: 'ephemeral', text, blocks });
    },
  };

  async function post(reply: Reply, channel: string, user: string, mention: boolean, thread?: string): Promise<void> {
    if (reply.do === 'nothing') return;
    if (reply.do === 'notice') {
      if (mention) return show.privately({ url: null, channel, user }, reply.text);
      await client.chat.postMessage({ channel, text: escaped(reply.text), blocks: literal(reply.text) });
      return;
    }
    const { blocks, text, hasInputs } = message(reply.card, connection);
    const metadata = hasInputs ? { metadata: metadataFor(null, reply.card) } : {};
    await client.chat.postMessage({
      channel,
      text,
      blocks,
      unfurl_links: false,
      unfurl_media: false,
      ...metadata,
      ...(thread ? { thread_ts: thread } : {}),
    });
  }
}

/** Without the mention of Rond, with Slack's three escapes undone; its lines and tabs stay. */
function written(text: string, botUser: string): string {
  const without = botUser ? text.replaceAll(new RegExp(`<@${botUser}(\\|[^>]*)?>`, 'g'), ' ') : text;
  return without.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** "<@U0123>", and behind a slash command "<@U0123|anna>". */
function mentionsIn(said: string): Pick<Command, 'mentions'> {
  const mentions = [...said.matchAll(/<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>/g)].map(([text, id = '']) => ({ text, id }));
  return mentions.length === 0 ? {} : { mentions };
}
