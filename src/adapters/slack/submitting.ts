/** `view_submission`: a page is handed in. Slack waits three seconds for what becomes of the modal. */

import { createHash } from 'node:crypto';
import type { ViewResponseAction } from '@slack/bolt';
import type { Reply, Submission } from '../../ports/chat.ts';
import type { Connection } from './connection.ts';
import { broken, flatten } from './convert/convert.ts';
import type { homes } from './home.ts';
import { localeOf } from './locales.ts';
import { type Origin, parsed, privateMetadata, type ViewSubmission } from './payloads.ts';
import { loading, modal, notice, referenceTo } from './rendering.ts';
import { showing } from './showing.ts';
import { within } from './within.ts';

/** Of Slack's three seconds; the rest is the way back. */
const patience = 2_500;

/** Resolves with what to acknowledge with; undefined closes the modal. What takes longer goes on in the background. */
export function submitting(connection: Connection, home: ReturnType<typeof homes>) {
  const { inbox, later, words, log } = connection;
  const show = showing(connection);
  const locale = localeOf(connection);

  return async (body: ViewSubmission, tenant: string): Promise<ViewResponseAction | undefined> => {
    const carried = parsed(privateMetadata, body.view.private_metadata);
    const from = carried?.m ?? null;
    // A page without a submit of ours: nothing to take.
    if (!carried?.s) return undefined;
    const typed = body.view.state?.values ?? {};
    const refused = besideInputs(body, broken(carried.r ?? {}, typed));
    if (refused) return refused;
    const who = { platform: 'slack' as const, tenant, user: body.user.id };
    const submission: Submission = {
      who,
      verb: carried.s.verb,
      values: { ...typed, ...carried.s.values },
      event: eventOf(body),
      message: referenceTo(from, tenant),
      where: (from?.c ?? 'D').startsWith('D') ? 'personal' : 'channel',
      locale: null,
      askLocale: () => locale(who),
    };
    const asked = inbox.act(submission).catch((error: unknown) => {
      log.error({ err: error instanceof Error ? error.message : String(error) }, 'a page could not be stored');
      return null;
    });
    asked.then((reply) => reply?.do === 'finish' && home.refresh(who));
    const answered = await within(patience, asked);
    if (answered) return inTime(body, answered.value, from);
    later(
      'show the answer to a slow page',
      asked.then((answer) => late(body, answer, from)),
    );
    return { response_action: 'update', view: loading(from) };
  };

  function inTime(body: ViewSubmission, reply: Reply | null, from: Origin | null): ViewResponseAction | undefined {
    // Beside an input, so that what was typed stays and can be handed in again.
    if (!reply) return besideFirstInput(body, words.failed) ?? update(notice(words.failed, from));
    switch (reply.do) {
      case 'nothing':
        return undefined;
      case 'notice':
        return update(notice(reply.text, from));
      case 'show':
        return update(modal(reply.card, from, log));
      case 'refuse':
        return besideInputs(body, reply.errors) ?? update(modal(reply.card, from, log));
      case 'finish':
        // Without a message to show the end in, the modal itself shows it.
        if (!from) return update(modal(reply.card, from, log));
        if (!reply.recorded) later('show the end of a dialogue', show.inPlace(from, reply.card));
        return { response_action: 'clear' };
    }
  }

  async function late(body: ViewSubmission, reply: Reply | null, from: Origin | null): Promise<void> {
    if (!reply) return show.fill(body.view.id, notice(words.failed, from));
    if (reply.do === 'finish' && from && !reply.recorded) await show.inPlace(from, reply.card);
    await show.fill(body.view.id, show.page(reply, from) ?? notice('✓', from));
  }
}

const update = (view: ReturnType<typeof notice>): ViewResponseAction => ({ response_action: 'update', view });

/** Null when an error belongs to no input of this page: the page must then be shown anew to say it. */
function besideInputs(body: ViewSubmission, errors: Record<string, string>): ViewResponseAction | null {
  if (Object.keys(errors).length === 0) return null;
  const blocks = new Map(inputs(body).map(({ input, block }) => [input, block]));
  const found: Record<string, string> = {};
  for (const [input, text] of Object.entries(errors)) {
    const block = blocks.get(input);
    if (block === undefined) return null;
    found[block] = text;
  }
  return Object.keys(found).length > 0 ? { response_action: 'errors', errors: found } : null;
}

function besideFirstInput(body: ViewSubmission, text: string): ViewResponseAction | null {
  const first = inputs(body)[0];
  return first ? { response_action: 'errors', errors: { [first.block]: text } } : null;
}

/** The page's inputs by their names; a name comes out of the ids the same way as with what was typed. */
function inputs(body: ViewSubmission): { input: string; block: string }[] {
  return (body.view.state?.inputs ?? []).flatMap(([block, action]) => {
    const [input] = Object.keys(flatten({ [block]: { [action]: {} } }));
    return input === undefined ? [] : [{ input, block }];
  });
}

/**
 * A page that was refused keeps its id and hash, so the corrected one bears the same: what was typed tells them apart, and
 * a repetition of the same page is still the same event.
 */
function eventOf({ user, view }: ViewSubmission): string {
  const typed = createHash('sha256')
    .update(JSON.stringify(view.state?.values ?? {}))
    .digest('base64url')
    .slice(0, 16);
  return `page:${user.id}:${view.id}:${view.hash}:${typed}`;
}
