/** Bolt's receiver on the one web server. The guard before it has verified and parsed: neither is done a second time. */

import type { App, Receiver } from '@slack/bolt';
import type { Express, RequestHandler, Response } from 'express';
import type { Guarded } from './guard.ts';

/** `POST path` goes through `guard` to Bolt. The answer waits for the listener: what could not be stored comes again. */
export function receiving(web: Express, path: string, guard: RequestHandler): Receiver {
  let app: App | null = null;
  web.post(path, guard, async (request, response) => {
    const { slack: payload } = request as unknown as Guarded;
    // url_verification wants its challenge back, ssl_check any answer at all.
    if (payload.kind === 'handshake') {
      return answer(response, payload.challenge === undefined ? undefined : { challenge: payload.challenge });
    }
    // Only acknowledged, and by the guard.
    if (payload.kind === 'closed' || payload.kind === 'other') return void response.status(200).end();
    let said: { with: unknown } | null = null;
    try {
      await app?.processEvent({
        body: payload.body,
        customProperties: { payload },
        ack: async (words: unknown) => {
          said = { with: words };
        },
      });
    } catch {
      return void response.status(503).end();
    }
    // Narrowed to null by the compiler, which does not see the call of `ack`.
    const given = said as { with: unknown } | null;
    if (given) answer(response, given.with);
    else response.status(404).end();
  });
  return {
    init(bolt) {
      app = bolt;
    },
    start: async () => {},
    stop: async () => {},
  };
}

/** An empty body closes a modal, or says nothing more. */
function answer(response: Response, body: unknown): void {
  response.status(200);
  if (!body) return void response.end();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
