/** Slack's answers, without what it repeats of the question. */

import type { WebClientOptions } from '@slack/web-api';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** They answer with the whole view or message, of which its name is all that Rond wants. */
const repeating = new Set([
  'views.open',
  'views.update',
  'views.push',
  'views.publish',
  'chat.postMessage',
  'chat.update',
]);

/**
 * For the Web API client: it copies every answer, key by key, for a log that is off, and of a page of a survey that takes longer
 * than everything else about opening it.
 */
export const briefly: Fetch = async (url, init) => {
  const response = await fetch(url, init);
  const method = String(url).slice(String(url).lastIndexOf('/') + 1);
  if (response.status !== 200 || !repeating.has(method)) return response;
  return new Response(shortened(await response.text()), { headers: response.headers });
};

/** What cannot be read is left as it is: the client says what that means. */
function shortened(text: string): string {
  try {
    const { view, message: _, ...answer } = JSON.parse(text);
    return JSON.stringify(view ? { ...answer, view: { id: view.id, hash: view.hash } } : answer);
  } catch {
    return text;
  }
}
