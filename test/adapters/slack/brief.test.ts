/** Slack repeats whole views and messages in its answers; the client is given only their names. */

import { WebClient } from '@slack/web-api';
import { afterEach, expect, test, vi } from 'vitest';
import { briefly } from '../../../src/adapters/slack/brief.ts';

const said = (body: string, status = 200, headers: Record<string, string> = {}) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status, headers }));
afterEach(() => vi.unstubAllGlobals());

const client = () => new WebClient('xoxb-1', { fetch: briefly, retryConfig: { retries: 0 } });

test('of a view its id and hash', async () => {
  said(JSON.stringify({ ok: true, view: { id: 'V1', hash: '1.2', blocks: [{ type: 'divider' }] } }));
  const opened = await client().views.open({ trigger_id: '1', view: '{}' as never });
  expect(opened).toMatchObject({ ok: true });
  expect(opened.view).toEqual({ id: 'V1', hash: '1.2' });
});

test('of a message where it is', async () => {
  said(JSON.stringify({ ok: true, channel: 'D1', ts: '1.2', message: { text: 'Hej' } }));
  const sent = await client().chat.postMessage({ channel: 'U1', text: 'Hej' });
  expect(sent).toMatchObject({ ok: true, channel: 'D1', ts: '1.2' });
  expect(sent).not.toHaveProperty('message');
});

test('everything that is asked for', async () => {
  said(JSON.stringify({ ok: true, messages: [{ text: 'Hej' }] }));
  expect(await client().conversations.history({ channel: 'D1' })).toMatchObject({ messages: [{ text: 'Hej' }] });
});

test('a refusal, with its reasons and the pause that Slack asks for', async () => {
  said(JSON.stringify({ ok: false, error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] no'] } }), 200, {
    'retry-after': '3',
  });
  const refused = client().chat.update({ channel: 'D1', ts: '1.2', text: 'Hej' });
  await expect(refused).rejects.toMatchObject({
    data: { error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] no'], retryAfter: 3 } },
  });
});

test.each([
  ['a page of a proxy', '<html>'],
  ['null', 'null'],
  ['nothing', ''],
])('%s is no answer, as without us', async (_what, body) => {
  said(body);
  await expect(client().chat.postMessage({ channel: 'U1', text: 'Hej' })).rejects.toThrow();
});
