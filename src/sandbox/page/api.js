/** Talks to the sandbox's JSON API; a refusal becomes an Error with the sandbox's own words. */

export async function get(path, query = {}) {
  return answerOf(await fetch(`api/${path}?${new URLSearchParams(query)}`));
}

export async function post(path, body) {
  return answerOf(
    await fetch(`api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

/** @param file a File of the browser's; it goes as it is. */
export async function give(query, file) {
  return answerOf(
    await fetch(`api/give?${new URLSearchParams({ ...query, name: file.name })}`, { method: 'POST', body: file }),
  );
}

async function answerOf(answer) {
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(body?.error?.message ?? `The sandbox answered HTTP ${answer.status}.`);
  return body;
}

/** Calls back when something has changed, and with true or false when the sandbox comes and goes. */
export function listen(changed, connected) {
  const stream = new EventSource('api/events');
  stream.addEventListener('changed', changed);
  stream.addEventListener('open', () => connected(true));
  stream.addEventListener('error', () => connected(false));
}
