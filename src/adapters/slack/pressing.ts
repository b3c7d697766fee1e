/** `block_actions`: a button in a message or in a modal. Acknowledged before this runs. */

import type { Identity } from '../../domain/group.ts';
import type { Reply, Submission } from '../../ports/chat.ts';
import type { Connection } from './connection.ts';
import type { homes } from './home.ts';
import { localeOf } from './locales.ts';
import { cardIn } from './metadata.ts';
import { type BlockActions, type Intent, intent, type Origin, parsed, privateMetadata } from './payloads.ts';
import { answerVerb, loading, message, modal, notice, referenceTo } from './rendering.ts';
import { showing } from './showing.ts';
import { within } from './within.ts';

type Homes = ReturnType<typeof homes>;

/** Of the trigger's three seconds. */
const atOnceMs = 300;

export function pressing(connection: Connection, home: Homes): (body: BlockActions, tenant: string) => Promise<void> {
  const { client, inbox, remember, words, log } = connection;
  const show = showing(connection);
  const locale = localeOf(connection);

  return async (body, tenant) => {
    const action = body.actions[0];
    const press = parsed(intent, action?.value);
    // A link's button, or an element that says nothing on its own.
    if (!action || !press) return;
    const who: Identity = { platform: 'slack', tenant, user: body.user.id };
    const channel = body.channel?.id ?? body.container.channel_id ?? null;
    if (channel?.startsWith('D')) remember(who, { conversation: channel, blocked: null });
    const from = originOf(body, channel);
    const submission: Submission = {
      who,
      verb: press.verb,
      values: { ...statesOf(body), ...press.values },
      event: `press:${body.user.id}:${body.container.message_ts ?? body.view?.id ?? ''}:${action.action_ts}`,
      message: referenceTo(from, tenant),
      where: (from?.c ?? channel ?? 'D').startsWith('D') ? 'personal' : 'channel',
      locale: null,
      askLocale: () => locale(who),
    };
    if (body.view?.type === 'home') return atHome(body, submission, press);
    if (body.view) return inModal(body, submission, from);
    if (press.verb === answerVerb || press.values.dialog === '1') return intoModal(body, submission, press, from);
    return onMessage(body, submission, from);
  };

  /** The product's answer; `null` when nothing could be stored. */
  async function ask(submission: Submission): Promise<Reply | null> {
    try {
      const reply = await inbox.act(submission);
      if (reply.do === 'finish') home.refresh(submission.who);
      return reply;
    } catch (error) {
      log.error({ err: error instanceof Error ? error.message : String(error) }, 'a press could not be stored');
      return null;
    }
  }

  function privately(body: BlockActions, text: string): Promise<void> {
    const to = { url: body.response_url ?? null, channel: body.channel?.id ?? null, user: body.user.id };
    return show.privately(to, text);
  }

  /**
   * What is answered at once opens as it is. What takes longer is filled in later: the trigger lives three seconds, so the modal
   * is opened while it does.
   */
  async function intoModal(
    body: BlockActions,
    submission: Submission,
    press: Intent,
    from: Origin | null,
  ): Promise<void> {
    const asked = press.verb === answerVerb ? readAgain(from) : ask(submission);
    const quick = await within(atOnceMs, asked);
    const opened = await show.open(body.trigger_id, quick ? pageOf(quick.value, from) : loading(from));
    const reply = await asked;
    if (!opened) return privately(body, words.tooLate);
    if (reply?.do === 'finish' && from) await show.inPlace(from, reply.card);
    if (!quick) await show.fill(opened, pageOf(reply, from));
  }

  /** Something to show for every answer, also for none. */
  function pageOf(reply: Reply | null, from: Origin | null) {
    if (!reply) return notice(words.failed, from);
    return show.page(reply, from) ?? notice('✓', from);
  }

  async function readAgain(from: Origin | null): Promise<Reply | null> {
    const card = await kept(from);
    return card && { do: 'show', card };
  }

  async function onMessage(body: BlockActions, submission: Submission, from: Origin | null): Promise<void> {
    const reply = await ask(submission);
    if (!reply) return privately(body, words.failed);
    if (reply.do === 'nothing') return;
    if (reply.do === 'notice') return privately(body, reply.text);
    const asksForInput = reply.do !== 'finish' && message(reply.card, connection).hasInputs;
    if (asksForInput && (await show.open(body.trigger_id, modal(reply.card, from, log)))) return;
    if (from) await show.inPlace(from, reply.card);
  }

  /** On the App Home: what is opened comes in a modal over it, what is done shows on it. */
  async function atHome(body: BlockActions, submission: Submission, press: Intent): Promise<void> {
    const opening = press.values.dialog === '1' ? show.open(body.trigger_id, loading(null)) : null;
    const reply = await ask(submission);
    const isHome = press.values.home === '1' && reply?.do === 'show';
    if (isHome) return home.publish(submission.who, reply.card);
    const page = reply ? show.page(reply, null) : notice(words.failed, null);
    const view = await opening;
    if (view) await show.fill(view, page ?? notice('✓', null));
    else if (page) await show.open(opening ? undefined : body.trigger_id, page);
  }

  async function inModal(body: BlockActions, submission: Submission, from: Origin | null): Promise<void> {
    const view = body.view;
    if (!view) return;
    const reply = await ask(submission);
    if (!reply) return show.above(body.trigger_id, view.id, words.failed, from);
    if (reply.do === 'notice') return show.above(body.trigger_id, view.id, reply.text, from);
    if (reply.do === 'finish' && from) await show.inPlace(from, reply.card);
    const page = show.page(reply, from);
    if (page) await show.fill(view.id, page, view.hash);
  }

  /** The card whose inputs wait behind the Answer button: the message carries it, so that no memory of ours is needed. */
  async function kept(from: Origin | null) {
    if (!from) return null;
    const history = await client.conversations
      .history({
        channel: from.c,
        latest: from.t,
        oldest: from.t,
        inclusive: true,
        limit: 1,
        include_all_metadata: true,
      })
      .catch(() => null);
    return cardIn(history?.messages?.find((found) => found.ts === from.t)?.metadata);
  }
}

/** The message a press belongs to: its own, or the one its modal was opened from. */
function originOf(body: BlockActions, channel: string | null): Origin | null {
  if (body.view) return parsed(privateMetadata, body.view.private_metadata)?.m ?? null;
  const ts = body.container.message_ts;
  if (!channel || !ts) return null;
  return { c: channel, t: ts, ...(body.container.is_ephemeral && body.response_url ? { u: body.response_url } : {}) };
}

function statesOf(body: BlockActions) {
  return body.view?.state?.values ?? body.state ?? {};
}
