/** What goes wrong with Slack, as it has been recorded or is documented: each a switch. */

import { type Troubles, troubles } from '../faults.ts';
import type { WireFault } from '../wire.ts';
import type { Rates } from './rates.ts';

const send = (fault: {
  status: number;
  after: boolean;
  headers?: Record<string, string>;
  body?: unknown;
}): WireFault => ({
  on: 'send',
  how: 'status',
  ...fault,
});

const once = {
  throttled: {
    says: 'The next message is too fast: 429, wait 3 s',
    fault: send({
      status: 429,
      after: false,
      headers: { 'retry-after': '3' },
      body: { ok: false, error: 'ratelimited' },
    }),
  },
  'server-error': {
    says: 'The next message meets a 500 and is not stored',
    fault: send({ status: 500, after: false }),
  },
  'server-error-after': {
    says: 'The next message is shown, and answered with a 500',
    fault: send({ status: 500, after: true }),
  },
  reset: {
    says: 'The next message is shown, and the connection drops',
    fault: { on: 'send', how: 'reset', after: true },
  },
  silence: {
    says: 'The next message is shown, and nothing answers',
    fault: { on: 'send', how: 'hang', after: true },
  },
  'edit-refused': {
    says: 'The next replacement is refused: edit_window_closed',
    fault: {
      on: 'replace',
      how: 'status',
      status: 200,
      after: false,
      body: { ok: false, error: 'edit_window_closed' },
    },
  },
} satisfies Record<string, { says: string; fault: WireFault }>;

const lasting = {
  rates: { says: 'Calls above the published rates get 429 with Retry-After' },
  'repeated-events': { says: 'Each event comes twice, the second time with x-slack-retry-num' },
  'expired-triggers': { says: 'Triggers have expired when they are used (3 s)' },
  'stale-views': { says: 'Modals have changed when they are updated: hash_conflict' },
  'used-response-urls': { says: 'Response URLs are used up (5 uses, 30 minutes)' },
  archived: { says: 'Every channel is archived' },
  'not-in-channel': { says: 'Rond is in no channel' },
  'user-disabled': { says: 'Every person is deactivated' },
  'token-revoked': { says: "Rond's token is revoked" },
  'missing-scope': { says: 'Rond may not write: chat:write is missing' },
};

export type SlackTroubles = Troubles<typeof lasting>;

export function slackTroubles(queue: WireFault[], rates: Rates, changed: () => void): SlackTroubles {
  const told = (on: boolean) => {
    rates.on = on;
  };
  return troubles(queue, once, { ...lasting, rates: { ...lasting.rates, told } }, changed);
}

/** Slack's error code for this call while a trouble lasts; null when the call may go on. */
export function refusalOf(
  has: SlackTroubles,
  method: string,
  args: Record<string, unknown>,
): { code: string; more?: Record<string, unknown> } | null {
  if (has.is('token-revoked')) return { code: 'token_revoked' };
  const triggered = method === 'views.open' || method === 'views.push';
  if (triggered && has.is('expired-triggers')) return { code: 'expired_trigger_id' };
  if (method === 'views.update' && args.hash !== undefined && has.is('stale-views')) return { code: 'hash_conflict' };
  if (!method.startsWith('chat.')) return null;
  if (has.is('missing-scope')) {
    return { code: 'missing_scope', more: { needed: 'chat:write', provided: 'im:write,users:read' } };
  }
  const toChannel = /^[CG]/.test(String(args.channel ?? ''));
  if (toChannel && has.is('archived')) return { code: 'is_archived' };
  if (toChannel && has.is('not-in-channel')) return { code: 'not_in_channel' };
  if (!toChannel && method === 'chat.postMessage' && has.is('user-disabled')) return { code: 'user_disabled' };
  return null;
}
