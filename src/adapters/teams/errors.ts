/** Every way in which the Bot Connector can fail, in the words of the port. Nothing else in this folder knows a status. */

import type { FailureCode, Outcome } from '../../ports/chat.ts';
import { connectTimeout } from './connections.ts';
import { NoToken } from './tokens.ts';

/** A service URL that may not be given a token; thrown before any request. */
export class ForbiddenService extends Error {}

/**
 * How a request may be repeated. `message`: creating a message, where a second time is a second copy. `harmless`: finding
 * or creating a 1:1 conversation and replacing a message, where a second time changes nothing.
 */
export type Repeating = 'message' | 'harmless';

/** When the service names no wait of its own. */
export const defaultWaitMs = 5000;
const longestWaitMs = 24 * 3600 * 1000;

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  connectTimeout,
]);
const badCertificate = /^CERT_|^ERR_TLS_|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

/** Lower case; compared with codes and sub-codes wherever they stand in the body. */
const codes: Record<string, FailureCode> = {
  messagewritesblocked: 'blocked',
  conversationblockedbyuser: 'blocked',
  botnotinconversationroster: 'not-installed',
  botdisabledbyadmin: 'disabled-by-admin',
  botnotregistered: 'not-authorised',
  conversationnotfound: 'not-found',
  messagesizetoobig: 'too-big',
};
const byStatus: Record<number, FailureCode> = { 401: 'not-authorised', 404: 'not-found', 413: 'too-big' };

type Failure = {
  code?: unknown;
  message?: unknown;
  name?: unknown;
  statusCode?: unknown;
  response?: { status?: unknown; bodyAsText?: unknown; headers?: { get(name: string): string | undefined } };
};

/** Codes named in an error body, also inside JSON that is carried as a string: `{"message":"{\"subCode\":\"…\"}"}`. */
export function codesIn(body: unknown, depth = 0): string[] {
  if (depth > 4) return [];
  if (typeof body === 'string') {
    if (!/^\s*\{/.test(body)) return [];
    try {
      return codesIn(JSON.parse(body), depth + 1);
    } catch {
      return [];
    }
  }
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => [
    ...(/code$/i.test(key) && typeof value === 'string' ? [value] : []),
    ...codesIn(value, depth + 1),
  ]);
}

/**
 * Retry-After in ms: seconds or an HTTP date (measured against the answer's own Date, so our clock does not matter);
 * anything else is the default wait.
 */
export function waitMs(retryAfter: string | undefined, date: string | undefined): number {
  const text = (retryAfter ?? '').trim();
  if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Math.min(Math.round(Number(text) * 1000), longestWaitMs);
  const wait = text.includes(':') ? Date.parse(text) - Date.parse(date ?? '') : Number.NaN;
  return wait > 0 ? Math.min(wait, longestWaitMs) : defaultWaitMs;
}

const again = (why: string, afterMs = defaultWaitMs): Outcome => ({ is: 'again', afterMs, why });

function withoutAnswer(error: Failure, repeating: Repeating): Outcome {
  const code = typeof error.code === 'string' ? error.code : '';
  const why = `no answer: ${code || String(error.name)}`;
  const message = typeof error.message === 'string' ? error.message : '';
  if (neverConnected.has(code) || badCertificate.test(code) || message.startsWith('connect ')) return again(why);
  return repeating === 'harmless' ? again(why) : { is: 'unknown', why };
}

/** What a failed call comes to. Takes whatever was thrown. */
export function outcomeOf(thrown: unknown, repeating: Repeating): Outcome {
  if (thrown instanceof NoToken) {
    return thrown.refused
      ? { is: 'failed', code: 'not-authorised', detail: `no token: ${thrown.message}` }
      : again(`no token: ${thrown.message}`);
  }
  if (thrown instanceof ForbiddenService) return { is: 'failed', code: 'refused', detail: thrown.message };
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Failure;
  const status = Number(error.response?.status ?? error.statusCode ?? 0);
  if (!status) return withoutAnswer(error, repeating);

  const header = (name: string) => error.response?.headers?.get(name);
  const body = typeof error.response?.bodyAsText === 'string' ? error.response.bodyAsText : '';
  const named = codesIn(body);
  const detail = [status, ...named].join(' ');
  if (status === 429) return again(detail, waitMs(header('retry-after'), header('date')));
  if (status === 412) return again(detail);
  // Success that could not be read, or a failure after which the message may stand there.
  if (status < 300 || status === 408 || status >= 500) {
    return repeating === 'harmless'
      ? again(detail, waitMs(header('retry-after'), header('date')))
      : { is: 'unknown', why: detail };
  }
  const known = named.map((name) => codes[name.toLowerCase()]).find((code) => code !== undefined);
  return { is: 'failed', code: known ?? byStatus[status] ?? 'refused', detail };
}
