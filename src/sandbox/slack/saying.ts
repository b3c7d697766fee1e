import { withMentions } from '../mentions.ts';
import type { Desk } from './desk.ts';
import { makeResponseUrl } from './response-urls.ts';
import { directId, nextId, nextTs } from './state.ts';

const answerMs = 2_000;

/** A file as an event names it: its bytes lie behind the bot's token. */
type Shared = { name: string; url: string; size: number };

/** The person writes in the direct conversation, or mentions Rond in a channel. Resolves when an answer is there, or after a while. */
export async function say(desk: Desk, user: string, text: string, channel?: string, file?: Shared): Promise<void> {
  const { state, options, settling } = desk;
  const to = channel ?? directId(user);
  const ts = nextTs(state, options.now());
  const words = mentioning(desk, text);
  const said = channel ? `<@${state.bot.user}> ${words}` : words;
  state.messages.push({
    channel: to,
    ts,
    from: 'person',
    author: user,
    at: options.now().toString(),
    text: [channel ? '@Rond' : '', text, file?.name ?? ''].filter(Boolean).join(' '),
    blocks: null,
    metadata: null,
    thread: null,
    onlyFor: null,
    replaced: 0,
    deleted: false,
  });
  options.changed();
  const event = channel
    ? { type: 'app_mention', user, text: said, ts, channel, event_ts: ts, team: state.team }
    : { type: 'message', channel_type: 'im', user, text: said, ts, channel: to, event_ts: ts, team: state.team };
  const answered = settling.watch((effect) => effect.conversation === to);
  const answer = await desk.delivery.event(
    file ? withFile(event, file, nextId(state, 'F')) : event,
    nextId(state, 'Ev'),
  );
  if (answer.status >= 200 && answer.status < 300) await answered(answerMs);
}

function withFile(event: object, { name, url, size }: Shared, id: string): object {
  const file = { id, name, size, mode: 'hosted', file_access: 'visible', url_private: url, url_private_download: url };
  return { ...event, subtype: 'file_share', upload: true, files: [file] };
}

/** `/rond text`, typed in a channel or in the direct conversation. */
export async function slash(desk: Desk, user: string, text: string, channel?: string): Promise<number> {
  const { state, settling } = desk;
  const to = channel ?? directId(user);
  const { url, token } = makeResponseUrl(desk, user, to, null);
  const answered = settling.watch((effect) => effect.response === token || effect.viewOf === user);
  const answer = await desk.delivery.command({
    token: 'sandbox',
    team_id: state.team,
    team_domain: 'sandbox',
    channel_id: to,
    channel_name: channel ? (state.channels.get(channel)?.name ?? 'unknown') : 'directmessage',
    user_id: user,
    user_name: user.toLowerCase(),
    command: '/rond',
    text: mentioning(desk, text),
    api_app_id: state.bot.app,
    is_enterprise_install: String(desk.access.organisation !== null),
    ...(desk.access.organisation ? { enterprise_id: desk.access.organisation } : {}),
    response_url: url,
    trigger_id: desk.triggers.make({ user, from: null, view: null }),
  });
  if (answer.status >= 200 && answer.status < 300) await answered(answerMs);
  return answer.status;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** As the client sends what somebody typed: escaped, with "@Anna Ek" as a mention. */
function mentioning({ state }: Desk, text: string): string {
  return withMentions(escaped(text), [...state.people.values()], ({ user }) => `<@${user}>`).text;
}
