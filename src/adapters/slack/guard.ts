/**
 * Stands before Bolt and takes what Bolt would trip over: stamps from the future, replays, payloads that are not what
 * they say, other workspaces, and kinds nobody listens to (Bolt would keep those waiting for three seconds).
 */

import { parse } from 'node:querystring';
import type { Request, RequestHandler } from 'express';
import type { Log } from './log.ts';
import { type Payload, payloadOf, tenantOf } from './payloads.ts';
import { rawBody } from './raw-body.ts';
import { seen } from './seen.ts';
import { isSigned } from './signature.ts';
import { isOurs, type Workspace } from './workspace.ts';

const form = 'application/x-www-form-urlencoded';
const limit = 4 * 1024 * 1024;
/** Slack repeats an event at once, after one minute and after five. */
const tenMinutes = 600_000;

export type GuardOptions = {
  signingSecret: string;
  workspace: () => Promise<Workspace>;
  /** Real time in milliseconds. */
  clock: () => number;
  log: Log;
};

/** A request the guard has let through, as Bolt and the listeners read it. */
export type Guarded = Request & { rawBody: Buffer; slack: Payload };

export function guard({ signingSecret, workspace, clock, log }: GuardOptions): RequestHandler {
  const signatures = seen(tenMinutes, clock);
  const events = seen(tenMinutes, clock);

  return async (request, response, next) => {
    const body = await rawBody(request, limit);
    if (!(body instanceof Buffer)) return void response.status(body === 'too-big' ? 413 : 400).end();
    if (!isSigned(signingSecret, request.headers, body, Math.floor(clock() / 1000))) {
      return void response.status(401).end();
    }
    const payload = payloadOf(content(request, body));
    if (!payload) return void response.status(400).end();
    if (payload.kind === 'other' || payload.kind === 'closed') return void response.status(200).end();
    if (payload.kind !== 'handshake') {
      const ours = await belongs(payload, workspace);
      if (ours === null) {
        log.error({ kind: payload.kind }, 'Slack does not say whose the bot token is: nothing can be taken in');
        return void response.status(503).end();
      }
      if (!ours) {
        log.warn({ team: tenantOf(payload)?.team }, 'ignored a Slack workspace that is not ours');
        return void response.status(200).end();
      }
      const signature = String(request.headers['x-slack-signature']);
      const event = payload.kind === 'event' ? payload.body.event_id : null;
      if (!signatures.add(signature)) return void response.status(200).end();
      if (event !== null && !events.add(event)) return void response.status(200).end();
      response.on('finish', () => {
        if (response.statusCode < 500) return;
        signatures.forget(signature);
        if (event !== null) events.forget(event);
      });
    }
    Object.assign(request, { rawBody: body, slack: payload } satisfies Pick<Guarded, 'rawBody' | 'slack'>);
    next();
  };
}

/** The body as Bolt will read it; undefined when it cannot be read. */
function content(request: Request, body: Buffer): unknown {
  const type = request.headers['content-type'] ?? '';
  try {
    if (type.split(';')[0]?.trim().toLowerCase() !== form) return JSON.parse(body.toString());
    // Bolt compares the whole header with the bare type, and proxies like to add a charset.
    request.headers['content-type'] = form;
    const fields = parse(body.toString());
    return typeof fields.payload === 'string' ? JSON.parse(fields.payload) : { ...fields };
  } catch {
    return undefined;
  }
}

/** Null when Slack could not be asked. */
async function belongs(payload: Payload, workspace: () => Promise<Workspace>): Promise<boolean | null> {
  const tenant = tenantOf(payload);
  if (!tenant) return false;
  try {
    return isOurs(await workspace(), tenant.team, tenant.enterprise);
  } catch {
    // Once the app is removed the token answers nothing any more, and this news is all that still comes.
    const type = payload.kind === 'event' ? payload.body.event.type : '';
    return type === 'app_uninstalled' || type === 'tokens_revoked' ? true : null;
  }
}
