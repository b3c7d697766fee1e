/** What Slack says of a token; shows nobody anything. */

import { WebClient } from '@slack/web-api';
import { platformCode, troubleOf } from './errors.ts';
import { sdkLogger, silent } from './log.ts';

export type Said =
  | { is: 'good'; team: string; enterprise: string | null; scopes: string[]; date: string | null }
  /** Slack's code: "invalid_auth". */
  | { is: 'refused'; code: string }
  | { is: 'no-answer'; why: string };

const withinMs = 10_000;

/** A bot token: whose it is and what it may. */
export async function askOfBotToken(token: string, apiUrl: string | null): Promise<Said> {
  let date: string | null = null;
  const client = clientWith(token, apiUrl, (answered) => {
    date = answered.headers.get('date');
  });
  try {
    const said = await client.auth.test();
    return {
      is: 'good',
      team: said.team_id ?? '',
      enterprise: said.enterprise_id ?? null,
      scopes: said.response_metadata?.scopes ?? [],
      date,
    };
  } catch (error) {
    return no(error);
  }
}

/** An app token: may it open a connection? None is opened. */
export async function askOfAppToken(
  token: string,
  apiUrl: string | null,
): Promise<Exclude<Said, { is: 'good' }> | null> {
  try {
    await clientWith(token, apiUrl).apps.connections.open({});
    return null;
  } catch (error) {
    return no(error);
  }
}

function clientWith(
  token: string,
  apiUrl: string | null,
  answered: (response: Response) => void = () => {},
): WebClient {
  return new WebClient(token, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: withinMs,
    logger: sdkLogger(silent),
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      answered(response);
      return response;
    },
  });
}

function no(error: unknown): Exclude<Said, { is: 'good' }> {
  const code = platformCode(error);
  if (code) return { is: 'refused', code };
  const trouble = troubleOf(error);
  return { is: 'no-answer', why: trouble.is === 'failed' ? trouble.detail : trouble.why };
}
