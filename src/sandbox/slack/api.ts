/** The Web API: `POST <base>/api/<method>` with a bearer token, answered with `{ok:…}` as Slack does. */

import express, { type Request, type Response, Router } from 'express';
import type { WireFault } from '../wire.ts';
import type { Desk } from './desk.ts';
import { chatMethods } from './methods-chat.ts';
import { conversationMethods } from './methods-conversations.ts';
import { userMethods } from './methods-users.ts';
import { viewMethods } from './methods-views.ts';
import { postToResponseUrl } from './response-urls.ts';
import { refusalOf } from './troubles.ts';

export type Arguments = Record<string, unknown>;
export type Method = (args: Arguments) => Record<string, unknown>;

/** Slack's way of saying no: HTTP 200 and an error code. */
export class SlackError extends Error {
  readonly code: string;
  readonly more: Record<string, unknown>;
  constructor(code: string, more: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}

const jsonArguments = ['blocks', 'view', 'metadata', 'attachments'];

export function apiRouter(desk: Desk): Router {
  const methods: Record<string, Method> = {
    ...desk.access.methods,
    'api.test': () => ({}),
    ...chatMethods(desk),
    ...conversationMethods(desk),
    ...userMethods(desk),
    ...viewMethods(desk),
  };

  const router = Router();
  router.post(
    '/api/:method',
    express.urlencoded({ extended: false, limit: '2mb' }),
    express.json({ limit: '2mb' }),
    (request: Request, response: Response) => {
      const name = String(request.params.method);
      response.set('x-oauth-scopes', desk.access.scopes.join(','));
      const args = read(request.body);
      desk.calls.push({ method: name, args });
      if (desk.calls.length > 20_000) desk.calls.splice(0, 10_000);
      const run = () => call(name, args, request);
      const wait = desk.rates.wait(name, typeof args.channel === 'string' ? args.channel : null);
      if (wait > 0) {
        response.set('retry-after', String(wait)).status(429).json({ ok: false, error: 'ratelimited' });
        return;
      }
      const fault = takeFault(desk.faults, name);
      if (fault) return meet(fault, run, response);
      response.json(run());
    },
  );
  router.post('/response/:token', express.json({ limit: '2mb' }), (request: Request, response: Response) => {
    const usedUp = desk.troubles.is('used-response-urls');
    const status = usedUp ? 404 : postToResponseUrl(desk, String(request.params.token), request.body);
    response
      .status(status)
      .type('text')
      .send(status === 200 ? 'ok' : 'used_url');
  });
  return router;

  function call(name: string, args: Arguments, request: Request): Record<string, unknown> {
    try {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? args.token;
      desk.access.judge(token, name);
      const refusal = refusalOf(desk.troubles, name, args);
      if (refusal) throw new SlackError(refusal.code, refusal.more);
      const method = methods[name];
      if (!method) throw new SlackError('unknown_method', { req_method: name });
      return { ok: true, ...method(args) };
    } catch (error) {
      if (error instanceof SlackError) return { ok: false, error: error.code, ...error.more };
      throw error;
    }
  }
}

/** Form fields as Slack reads them: the structured ones are JSON. */
function read(body: unknown): Arguments {
  const args: Arguments = { ...(typeof body === 'object' && body !== null ? body : {}) };
  for (const name of jsonArguments) {
    const value = args[name];
    if (typeof value !== 'string') continue;
    try {
      args[name] = JSON.parse(value);
    } catch {
      // Left as text: the method refuses it.
    }
  }
  return args;
}

const faultable: Record<string, WireFault['on']> = { 'chat.postMessage': 'send', 'chat.update': 'replace' };

function takeFault(faults: WireFault[], method: string): WireFault | null {
  const index = faults.findIndex((fault) => fault.on === faultable[method]);
  return index < 0 ? null : (faults.splice(index, 1)[0] ?? null);
}

function meet(fault: WireFault, run: () => unknown, response: Response): void {
  if (fault.after) run();
  if (fault.how !== 'status') {
    if (fault.how === 'reset') response.socket?.resetAndDestroy();
    return;
  }
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.set(name, value);
  response.status(fault.status);
  if (fault.body === undefined) response.type('text').send('');
  else response.json(fault.body);
}
