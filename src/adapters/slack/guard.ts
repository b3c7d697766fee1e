/**
 * Stands before Bolt on HTTP and takes what Bolt would trip over: stamps from the future, replays, payloads that are not
 * what they say, other workspaces, and kinds nobody listens to (Bolt would keep those waiting for three seconds).
 */

import { parse } from 'node:querystring';
import type { Request, RequestHandler } from 'express';
import type { Admit } from './admission.ts';
import { type Payload, payloadOf } from './payloads.ts';
import { rawBody } from './raw-body.ts';
import { signature } from './signature.ts';

const form = 'application/x-www-form-urlencoded';
const limit = 4 * 1024 * 1024;

export type GuardOptions = {
  signingSecret: string;
  admit: Admit;
  /** Real time in milliseconds. */
  clock: () => number;
};

/** A request the guard has let through, as Bolt and the listeners read it. */
export type Guarded = Request & { slack: Payload };

export function guard({ signingSecret, admit, clock }: GuardOptions): RequestHandler {
  const signed = signature(signingSecret);
  return async (request, response, next) => {
    const body = await rawBody(request, limit);
    if (!(body instanceof Buffer)) return void response.status(body === 'too-big' ? 413 : 400).end();
    if (!signed(request.headers, body, Math.floor(clock() / 1000))) return void response.status(401).end();
    const payload = payloadOf(contentOf(request, body));
    if (!payload) return void response.status(400).end();
    if (payload.kind !== 'handshake') {
      const admission = await admit(payload, String(request.headers['x-slack-signature']));
      if (admission.is !== 'admitted') return void response.status(admission.is === 'not-now' ? 503 : 200).end();
      response.on('finish', () => {
        if (response.statusCode >= 500) admission.undone();
      });
    }
    // Of a modal with all its blocks only what Rond reads is kept: hundreds may wait here for the database at the same time.
    (request as Guarded).slack = payload;
    next();
  };
}

/** The body as JSON, or a form's fields; undefined when it cannot be read. */
function contentOf(request: Request, body: Buffer): unknown {
  const type = request.headers['content-type'] ?? '';
  try {
    const text = body.toString();
    // Proxies like to add a charset.
    if (type.split(';')[0]?.trim().toLowerCase() !== form) return JSON.parse(text);
    if (text.startsWith('payload=') && !text.includes('&'))
      return JSON.parse(decoded(withoutBlocks(text).slice('payload='.length)));
    const fields = parse(text);
    return typeof fields.payload === 'string' ? JSON.parse(fields.payload) : { ...fields };
  } catch {
    return undefined;
  }
}

/**
 * A page comes back with all its blocks, four fifths of what is said, and nobody reads them. Between these two marks, which no text
 * in them can hold (its own quotes are escaped), they are left out before anything is made of them; in another order all is read.
 */
export function withoutBlocks(text: string): string {
  if (!text.startsWith(page)) return text;
  const from = text.indexOf(blocksBegin);
  const to = from < 0 ? -1 : text.indexOf(blocksEnd, from);
  return to < 0 ? text : text.slice(0, from + blocksBegin.length) + text.slice(to);
}
const page = `payload=${encodeURIComponent('{"type":"view_submission",')}`;
const blocksBegin = encodeURIComponent(',"blocks":[');
const blocksEnd = encodeURIComponent('],"private_metadata":"');

/** One form value, in half the time of the parser of whole forms. */
const decoded = (value: string) => decodeURIComponent(value.replaceAll('+', ' '));
