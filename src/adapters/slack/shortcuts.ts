/** Shortcuts from anywhere in Slack: one press, and the answer opens in a modal. */

import type { Connection } from './connection.ts';
import { localeOf } from './locales.ts';
import type { Shortcut } from './payloads.ts';
import { loading, notice } from './rendering.ts';
import { showing } from './showing.ts';

/** `callback_id` in the app's manifest → what is shown. */
const verbs: Record<string, string> = {
  'rond.surveys': 'surveys.show',
  'rond.status': 'status.show',
  'rond.plan': 'plan.show',
};

export function shortcuts(connection: Connection): (body: Shortcut, tenant: string) => Promise<void> {
  const { inbox, words, log } = connection;
  const show = showing(connection);
  const locale = localeOf(connection);

  return async (body, tenant) => {
    const verb = verbs[body.callback_id];
    if (!verb) return;
    const who = { platform: 'slack' as const, tenant, user: body.user.id };
    const opening = show.open(body.trigger_id, loading(null));
    const event = `shortcut:${body.trigger_id}`;
    const asked = { who, verb, values: {}, event, message: null, where: 'personal', locale: null } as const;
    const reply = await inbox.act({ ...asked, askLocale: () => locale(who) }).catch((error: unknown) => {
      log.error({ err: error instanceof Error ? error.message : String(error) }, 'a shortcut could not be answered');
      return null;
    });
    const view = await opening;
    if (view) await show.fill(view, (reply && show.page(reply, null)) ?? notice(reply ? '✓' : words.failed, null));
  };
}
