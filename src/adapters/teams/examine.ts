/** Whether Microsoft's login knows the bot, and whether the keys that its requests are checked with can be had. */

import { microsoft, type TeamsEndpoints } from './options.ts';
import { NoToken, openTokens } from './tokens.ts';

export type TokenSaid = { is: 'good' } | { is: 'refused'; why: string } | { is: 'no-answer'; why: string };
export type KeysSaid =
  | { is: 'good'; keys: number; date: string | null }
  | { is: 'no-answer'; url: string; why: string };

const withinMs = 10_000;

/** Fetches a token as the first message would. */
export async function askForToken(
  bot: { appId: string; password: string; tenant: string | null },
  endpoints: TeamsEndpoints | null,
): Promise<TokenSaid> {
  const credentials = { password: bot.password, ...(bot.tenant ? { tenant: bot.tenant } : {}) };
  try {
    const tokens = openTokens({ appId: bot.appId, credentials, endpoints, timeoutMs: withinMs });
    // The SDK keeps tokens for the whole process; this one is to be asked for.
    tokens.renew();
    await tokens.ready();
    return { is: 'good' };
  } catch (error) {
    const why = reason(error);
    if (!(error instanceof NoToken) || !error.refused) return { is: 'no-answer', why };
    // Of MSAL's sentence, Entra ID's own.
    return { is: 'refused', why: /AADSTS\d+:[^.]*/.exec(why)?.[0] ?? why };
  }
}

/** The issuer's metadata and the keys it leads to. */
export async function askForKeys(endpoints: TeamsEndpoints | null): Promise<KeysSaid> {
  let url = (endpoints ?? microsoft).openIdMetadataUrl;
  try {
    const metadata = await get(url);
    url = String(metadata.body.jwks_uri);
    const { body } = await get(url);
    return { is: 'good', keys: Array.isArray(body.keys) ? body.keys.length : 0, date: metadata.date };
  } catch (error) {
    return { is: 'no-answer', url, why: reason(error) };
  }
}

async function get(url: string): Promise<{ body: Record<string, unknown>; date: string | null }> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(withinMs) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return { body: (await response.json()) as Record<string, unknown>, date: response.headers.get('date') };
}

/** The innermost reason: "fetch failed" says nothing. */
function reason(error: unknown): string {
  let at: unknown = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (!(at instanceof Error)) return 'no answer';
  const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
  return (code || at.message || at.name).split('\n')[0]?.slice(0, 300) ?? '';
}
