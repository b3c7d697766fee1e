/** What stands in front of every route: there is no login, so only this machine's own programs and page get through. */

import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';

/** A refusal with an HTTP status and words for whoever asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostName(authority: string | undefined): string | null {
  const url = authority ? URL.parse(`http://${authority}`) : null;
  return url && url.pathname === '/' && url.username === '' ? url.hostname : null;
}

/** Whether a request was made to loopback, and by no other site's script. */
export function isThisMachine({ host, origin }: { host?: string | undefined; origin?: string | undefined }): boolean {
  const name = hostName(host);
  return name !== null && loopback.has(name) && (origin === undefined || origin === `http://${host}`);
}

/** Refuses a Host that is not loopback (DNS rebinding) and an Origin that is not this very page (another site's script). */
export const onlyThisMachine: RequestHandler = (request, response, next) => {
  const host = hostName(request.headers.host);
  if (!host || !loopback.has(host)) {
    refuse(
      response,
      new Refusal(403, 'host', 'The sandbox answers on loopback only: open it as localhost or 127.0.0.1.'),
    );
    return;
  }
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== `http://${request.headers.host}`) {
    refuse(response, new Refusal(403, 'origin', 'The sandbox does not answer pages of other sites.'));
    return;
  }
  next();
};

/** `botUrl`: the pictures on the bot's cards lie with the bot. */
const policyFor = (botUrl: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: ${botUrl}`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const secureHeaders =
  (botUrl: () => string): RequestHandler =>
  (_request, response, next) => {
    response.set({
      'Content-Security-Policy': policyFor(botUrl()),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
    next();
  };

/** Parses with `shape`, or refuses with what is wrong and where. */
export function parsed<Shape extends z.ZodType>(shape: Shape, value: unknown): z.infer<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal(400, 'malformed', z.prettifyError(result.error));
}

export function refuse(response: Response, refusal: Refusal): void {
  response.status(refusal.status).json({ error: { code: refusal.code, message: refusal.message } });
}

/** Every error leaves as JSON with a code and a sentence; never a stack. */
export const errorsAsJson: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof Refusal) return refuse(response, error);
  const status = typeof error?.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 500;
  if (status === 413) return refuse(response, new Refusal(413, 'too-big', 'The request body is too big.'));
  if (status < 500) return refuse(response, new Refusal(status, 'malformed', 'The request could not be read as JSON.'));
  process.stderr.write(`sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  refuse(response, new Refusal(500, 'fault', 'The sandbox failed to do this; its log says why.'));
};
