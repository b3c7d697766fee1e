import { randomBytes } from 'node:crypto';
import { messageFaults } from './block-limits.ts';
import type { Desk } from './desk.ts';
import { type Block, find, nextTs, type StoredMessage } from './state.ts';

const halfAnHour = 30 * 60_000;
const usesAtMost = 5;

/** A URL at which the bot may answer one press or command, and the token it goes by. */
export function makeResponseUrl(
  desk: Desk,
  user: string,
  channel: string,
  ts: string | null,
): { url: string; token: string } {
  const token = randomBytes(12).toString('hex');
  desk.responseUrls.set(token, { user, channel, ts, uses: 0, until: performance.now() + halfAnHour });
  return { url: `${desk.options.baseUrl}/response/${token}`, token };
}

/** What Slack answers with: 200, 404 for a URL that is used up or unknown, 400 for a body it cannot show. */
export function postToResponseUrl(desk: Desk, token: string, body: unknown): number {
  const { state, options, settling } = desk;
  const url = desk.responseUrls.get(token);
  if (!url || url.uses >= usesAtMost || url.until < performance.now()) return 404;
  if (typeof body !== 'object' || body === null) return 400;
  const { text, blocks, replace_original, delete_original } = body as Record<string, unknown>;
  if (blocks !== undefined && messageFaults(blocks).some((fault) => fault.code === 'invalid_blocks')) return 400;
  url.uses += 1;
  const original = url.ts ? find(state, url.ts, url.channel) : undefined;
  if (original && delete_original === true) original.deleted = true;
  else if (original && replace_original === true) {
    original.text = String(text ?? '');
    original.blocks = Array.isArray(blocks) ? (blocks as Block[]) : null;
    original.replaced += 1;
  } else {
    const inChannel = (body as Record<string, unknown>).response_type === 'in_channel';
    state.messages.push({
      channel: url.channel,
      ts: nextTs(state, options.now()),
      from: 'bot',
      author: state.bot.user,
      at: options.now().toString(),
      text: String(text ?? ''),
      blocks: Array.isArray(blocks) ? (blocks as Block[]) : null,
      metadata: null,
      thread: null,
      onlyFor: inChannel ? null : url.user,
      replaced: 0,
      deleted: false,
    } satisfies StoredMessage);
  }
  settling.happened({ conversation: url.channel, response: token });
  options.changed();
  return 200;
}
