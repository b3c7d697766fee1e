/** What the bot says to its sandbox: who are you, this is who there is, this is the time. */

import type { Sandbox } from './server.ts';
import type { Directory } from './wire.ts';

/** How long a sandbox may take to come up. */
const patienceMs = 10_000;
/** Telling a bot of one person takes some milliseconds. */
const patienceForEachMs = 20;

/** Credentials for both wires and the shared token. Waits up to 10 s for a sandbox that is coming up. */
export async function sandboxCredentials(
  url: string,
  patience = patienceMs,
): Promise<ReturnType<Sandbox['credentials']>> {
  return (await ask(url, '/credentials', undefined, patience)) as ReturnType<Sandbox['credentials']>;
}

/** Everybody the loaded groups name; what is already known stays. Answered when the bot has been told of each who is new. */
export async function putDirectory(url: string, directory: Directory): Promise<void> {
  await ask(url, '/directory', directory, patienceMs + directory.people.length * patienceForEachMs);
}

/** Sandbox time from here on. */
export async function putNow(url: string, now: Temporal.Instant): Promise<void> {
  await ask(url, '/now', { now: now.toString() });
}

/** GET, or PUT when there is a body. A sandbox that is not there yet is asked again; one that refuses is not. */
async function ask(url: string, path: string, body?: unknown, patience = patienceMs): Promise<unknown> {
  const started = performance.now();
  for (;;) {
    const left = patience - (performance.now() - started);
    try {
      return await once(new URL(path, url), body, Math.max(Math.ceil(left), 1));
    } catch (error) {
      if (error instanceof SandboxRefused) throw error;
      if (left <= 250) {
        throw new Error(`The sandbox at ${url} did not answer within ${patience / 1000} s. Is it running?`, {
          cause: error,
        });
      }
      await new Promise((wait) => setTimeout(wait, 150));
    }
  }
}

class SandboxRefused extends Error {}

async function once(url: URL, body: unknown, timeoutMs: number): Promise<unknown> {
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined
      ? {}
      : {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new SandboxRefused(`The sandbox refused ${url.pathname} (HTTP ${answer.status}): ${text.slice(0, 300)}`);
  return JSON.parse(text);
}
