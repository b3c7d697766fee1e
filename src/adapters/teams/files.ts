/** Files that people give to Rond in their own chat: Teams puts them into the person's OneDrive and hands over a link to that. */

import { z } from 'zod';
import { readAtMost } from '../../ports/bounded.ts';
import { type Downloaded, type FileGiven, mostFileBytes } from '../../ports/chat.ts';
import type { TeamsEndpoints } from './options.ts';
import { isStandIn } from './service-hosts.ts';

/** Where OneDrive and SharePoint live; each tenant has a name below one of these. */
const domains = ['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us', 'sharepoint.cn', 'sharepoint.de'];
const withinMs = 30_000;

const Given = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(500).nullish(),
  content: z.object({ downloadUrl: z.string().min(1).max(10_000) }),
});

/** The files of a message. The link carries its own short-lived permission: it is never logged. */
export function filesIn(attachments: unknown[] | null | undefined, tenant: string): FileGiven[] {
  return (attachments ?? []).flatMap((attachment) => {
    const given = Given.safeParse(attachment).data;
    return given ? [{ name: given.name ?? 'file', tenant, url: given.content.downloadUrl, size: null }] : [];
  });
}

/** Whether a file may be fetched from there: SharePoint, or in the sandbox its own host. */
export function allowedFileUrl(address: string, endpoints: TeamsEndpoints | null): boolean {
  const url = URL.parse(address);
  if (url?.username !== '' || url.password !== '') return false;
  if (endpoints) return isStandIn(url, endpoints);
  return url.protocol === 'https:' && url.port === '' && domains.some((domain) => url.hostname.endsWith(`.${domain}`));
}

/** No token goes along. Never rejects. */
export async function download({ url }: FileGiven, endpoints: TeamsEndpoints | null): Promise<Downloaded> {
  if (!allowedFileUrl(url, endpoints)) return failed('forbidden');
  try {
    const { status, headers, body } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(withinMs) });
    if (status === 200 && Number(headers.get('content-length') ?? 0) <= mostFileBytes) {
      const bytes = await readAtMost(body, mostFileBytes);
      return bytes ? { is: 'got', bytes } : failed('too-big');
    }
    await body?.cancel();
    if (status === 200) return failed('too-big');
    if (status >= 300 && status < 400) return failed('forbidden');
    if (status === 401 || status === 403) return failed('not-authorised');
    return failed(status === 404 || status === 410 ? 'gone' : 'again');
  } catch {
    return failed('again');
  }
}

const failed = (code: Extract<Downloaded, { is: 'failed' }>['code']): Downloaded => ({ is: 'failed', code });
