/** What goes wrong with the Bot Connector, as the service is recorded or documented to behave: each a switch. */

import type { Request, RequestHandler } from 'express';
import { type Troubles, troubles } from '../faults.ts';
import type { WireFault } from '../wire.ts';
import type { TeamsRates } from './rates.ts';

const told = (code: string, message: string) => ({ error: { code, message } });
const send = (status: number, after: boolean, body?: unknown, headers?: Record<string, string>): WireFault => ({
  on: 'send',
  how: 'status',
  status,
  after,
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { headers }),
});

const once = {
  throttled: {
    says: 'The next message is too fast: 429, wait 3 s',
    fault: send(429, false, told('Throttled', 'Too many requests.'), { 'retry-after': '3' }),
  },
  precondition: {
    says: 'The next message meets a 412, which may be tried again',
    fault: send(412, false, told('PreconditionFailed', 'Precondition failed, please try again.')),
  },
  'too-big': {
    says: 'The next message is too big: 413',
    fault: send(413, false, told('MessageSizeTooBig', 'Message size too large.')),
  },
  'server-error': { says: 'The next message meets a 500 and is not shown', fault: send(500, false) },
  'bad-gateway-after': { says: 'The next message is shown, and answered with a 502', fault: send(502, true) },
  reset: {
    says: 'The next message is shown, and the connection drops',
    fault: { on: 'send', how: 'reset', after: true },
  },
  silence: {
    says: 'The next message is shown, and nothing answers',
    fault: { on: 'send', how: 'hang', after: true },
  },
  'edit-refused': {
    says: 'The next replacement is refused: the message is gone',
    fault: {
      on: 'replace',
      how: 'status',
      status: 404,
      after: false,
      body: told('ActivityNotFoundInConversation', 'Activity not found.'),
    },
  },
} satisfies Record<string, { says: string; fault: WireFault }>;

const lasting = {
  rates: { says: 'Requests above the published rates get 429 with Retry-After' },
  'repeated-activities': { says: 'Each press and each text comes twice, as when no answer was seen' },
  blocked: { says: 'Everybody has blocked Rond (403 MessageWritesBlocked)' },
  'not-in-roster': { says: 'Rond is installed nowhere (403 BotNotInConversationRoster)' },
  'disabled-by-admin': { says: 'An administrator has switched Rond off (403 BotDisabledByAdmin)' },
  'not-found': { says: 'Every conversation is gone (404 ConversationNotFound)' },
  unregistered: { says: "Rond's token is not accepted (401 BotNotRegistered)" },
};

export type TeamsTroubles = Troubles<typeof lasting>;

export function teamsTroubles(queue: WireFault[], changed: () => void): TeamsTroubles {
  return troubles(queue, once, lasting, changed);
}

const refusals: [keyof typeof lasting, number, object][] = [
  ['unregistered', 401, told('BotNotRegistered', 'The bot is not registered.')],
  // As it has been seen: no error code outside, and JSON within the message.
  ['blocked', 403, { errorCode: 209, message: '{"subCode":"MessageWritesBlocked","details":null,"errorCode":null}' }],
  ['not-in-roster', 403, told('BotNotInConversationRoster', 'The bot is not part of the conversation roster.')],
  ['disabled-by-admin', 403, told('BotDisabledByAdmin', 'The bot is disabled by the tenant administrator.')],
  ['not-found', 404, told('ConversationNotFound', 'Conversation not found.')],
];

/** Stands before the connector and answers in its place while a trouble lasts. */
export function troubled(has: TeamsTroubles, rates: TeamsRates, seen: (request: Request) => void): RequestHandler {
  return (request, response, next) => {
    const writes = request.method !== 'GET';
    for (const [name, status, body] of refusals) {
      if (!has.is(name) || !(writes || name === 'unregistered')) continue;
      seen(request);
      response.status(status).json(body);
      return;
    }
    const wait = has.is('rates') ? rates.wait(request.method, request.path) : 0;
    if (wait === 0) return next();
    seen(request);
    response.status(429).set('retry-after', String(wait)).json(told('Throttled', 'Too many requests.'));
  };
}
