/** Files that people give to Rond: fetched with the bot's token from Slack's own host, and from nowhere else. */

import { readAtMost } from '../../ports/bounded.ts';
import { type ChatPlatform, type Downloaded, type FileGiven, mostFileBytes } from '../../ports/chat.ts';
import type { Connections } from './connections.ts';
import type { EventCallback } from './payloads.ts';

const slackHost = 'https://files.slack.com';
const withinMs = 30_000;

const failed = (code: Extract<Downloaded, { is: 'failed' }>['code']): Downloaded => ({ is: 'failed', code });

/** `apiUrl`: the sandbox's Web API, whose host then is the one allowed; null for Slack itself. */
export function downloading(connections: Connections, apiUrl: string | null): Pick<ChatPlatform, 'download'> {
  const allowed = apiUrl ? new URL(apiUrl).origin : slackHost;
  return {
    async download({ tenant, url, size }) {
      // The token goes with the request, so the host is judged before anything else.
      if (URL.parse(url)?.origin !== allowed) return failed('forbidden');
      if (size !== null && size > mostFileBytes) return failed('too-big');
      try {
        const connection = await connections.to(tenant);
        if (!connection) return failed('not-authorised');
        const response = await fetch(url, {
          headers: { authorization: `Bearer ${connection.client.token}` },
          redirect: 'manual',
          signal: AbortSignal.timeout(withinMs),
        });
        return await bytesOf(response);
      } catch {
        return failed('again');
      }
    },
  };
}

async function bytesOf(response: Response): Promise<Downloaded> {
  const { status, headers, body } = response;
  // Without the scope files:read Slack leads to its login page, or shows it.
  const login = (status >= 300 && status < 400) || headers.get('content-type')?.startsWith('text/html');
  if (status === 200 && !login) {
    const length = Number(headers.get('content-length') ?? 0);
    const bytes = length > mostFileBytes ? null : await readAtMost(body, mostFileBytes);
    if (length > mostFileBytes) await body?.cancel();
    return bytes ? { is: 'got', bytes } : failed('too-big');
  }
  await body?.cancel();
  if (login || status === 401 || status === 403) return failed('not-authorised');
  return failed(status === 404 || status === 410 ? 'gone' : 'again');
}

/** The files of a message; those that live elsewhere (a link to another service's document) have no bytes here. */
export function filesIn(event: EventCallback['event'], tenant: string): FileGiven[] {
  return (event.files ?? []).flatMap(({ name, url_private_download: direct, url_private: page, size, mode }) => {
    const url = direct ?? page;
    return url && mode !== 'external' ? [{ name: name ?? 'file', tenant, url, size: size ?? null }] : [];
  });
}
