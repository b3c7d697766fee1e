/** What went wrong on the way to Slack, in the port's words: may it be repeated, was it refused, or can it not be told? */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { FailureCode, Outcome } from '../../ports/chat.ts';

export type Trouble = Exclude<Outcome, { is: 'sent' }>;

const codes: Record<string, FailureCode> = {
  channel_not_found: 'not-found',
  user_not_found: 'not-found',
  users_not_found: 'not-found',
  user_disabled: 'not-found',
  message_not_found: 'not-found',
  not_in_channel: 'not-in-channel',
  is_archived: 'archived',
  invalid_auth: 'not-authorised',
  not_authed: 'not-authorised',
  token_revoked: 'not-authorised',
  // Of the token, not of the receiver: the workspace or the app is gone.
  account_inactive: 'not-authorised',
  token_expired: 'not-authorised',
  missing_scope: 'not-authorised',
  not_allowed_token_type: 'not-authorised',
  messages_tab_disabled: 'disabled-by-admin',
  restricted_action: 'disabled-by-admin',
  restricted_action_read_only_channel: 'disabled-by-admin',
  restricted_action_thread_only_channel: 'disabled-by-admin',
  restricted_action_non_threadable_channel: 'disabled-by-admin',
  team_access_not_granted: 'not-installed',
  msg_blocks_too_long: 'too-big',
  invalid_blocks: 'too-big',
  msg_too_long: 'too-big',
  metadata_too_large: 'too-big',
};

/** Refused before anything was done: the same call may be made again after a while. */
const notNow: Record<string, number> = {
  ratelimited: 30_000,
  rate_limited: 30_000,
  message_limit_exceeded: 60_000,
  request_timeout: 5_000,
  team_added_to_org: 60_000,
};

/** Slack's own words: "some aspect of the operation may have succeeded before the error was raised". */
const mayHaveHappened = new Set(['internal_error', 'fatal_error', 'service_unavailable']);

/** No byte of the request had left when these came. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Slack's error code ("channel_not_found"), or null when the error is not Slack's answer. */
export function platformCode(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

/** Total: every error, also one that is not an Error, has a meaning. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof WebAPIRateLimitedError) {
    return { is: 'again', afterMs: Math.max(1, error.retryAfter) * 1000, why: 'rate limited' };
  }
  if (error instanceof WebAPIPlatformError) return refused(error);
  if (error instanceof WebAPIHTTPError) return http(error.statusCode);
  if (error instanceof WebAPIRequestError) {
    const code = causeCode(error.original);
    if (code && neverConnected.has(code)) return { is: 'again', afterMs: 5_000, why: `not connected: ${code}` };
    return { is: 'unknown', why: code ?? error.original.name };
  }
  // The client's words for a 429 whose Retry-After is missing or not a number.
  if (error instanceof Error && error.message.startsWith('Retry header')) {
    return { is: 'again', afterMs: 30_000, why: 'rate limited, without a wait' };
  }
  return { is: 'unknown', why: error instanceof Error ? error.name : 'not an error' };
}

function refused(error: WebAPIPlatformError): Trouble {
  const code = error.data.error;
  const wait = notNow[code];
  if (wait !== undefined) {
    const named = error.data.response_metadata?.retryAfter;
    return { is: 'again', afterMs: named ? named * 1000 : wait, why: code };
  }
  // The client turns a body that is not JSON into an "error" too: a proxy's page says nothing about the message.
  if (mayHaveHappened.has(code) || !/^[a-z][a-z0-9_]*$/.test(code)) return { is: 'unknown', why: 'no clear answer' };
  const detail = [code, ...(error.data.response_metadata?.messages ?? [])].join(' ').slice(0, 300);
  return { is: 'failed', code: codes[code] ?? 'refused', detail };
}

function http(status: number): Trouble {
  if (status >= 500 || status === 408) return { is: 'unknown', why: `HTTP ${status}` };
  if (status === 413) return { is: 'failed', code: 'too-big', detail: 'HTTP 413' };
  if (status === 401 || status === 403) return { is: 'failed', code: 'not-authorised', detail: `HTTP ${status}` };
  return { is: 'failed', code: 'refused', detail: `HTTP ${status}` };
}

/** `fetch failed` hides the system's code one or two causes down; with several addresses, in a list. */
function causeCode(error: unknown): string | null {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if ('errors' in at && Array.isArray(at.errors) && at.errors.length > 0) at = at.errors[0];
    else at = 'cause' in at ? at.cause : null;
  }
  return null;
}
