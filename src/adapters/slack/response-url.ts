import type { KnownBlock } from '@slack/types';

export type ResponseBody = {
  text: string;
  blocks?: KnownBlock[];
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  delete_original?: boolean;
};
/** Rejects when Slack did not take it (five uses in thirty minutes). */
export type Respond = (url: string, body: ResponseBody) => Promise<void>;

/**
 * Posts to a response URL, and to nothing but Slack's own: the URL comes from outside. With `apiUrl` (the sandbox), the
 * sandbox's origin is the one allowed.
 */
export function responder(apiUrl: string | null, timeoutMs: number): Respond {
  const allowed = apiUrl ? new URL(apiUrl).origin : 'https://hooks.slack.com';
  return async (url, body) => {
    if (!URL.canParse(url) || new URL(url).origin !== allowed) throw new Error('response URL outside Slack');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`response URL answered ${response.status}`);
  };
}
