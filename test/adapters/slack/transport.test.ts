/** The Web API client over our own connection: what Slack is asked, and what the client is told, against a server that answers as Slack. */

import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { behind, beside } from '../../../src/adapters/slack/beside.ts';
import { troubleOf } from '../../../src/adapters/slack/errors.ts';
import { transport } from '../../../src/adapters/slack/transport.ts';

type Asked = { url: string; headers: IncomingHttpHeaders; body: string };

let server: Server;
let asked: Asked[];
let reply: (response: ServerResponse) => void;

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push({ url: String(request.url), headers: request.headers, body: Buffer.concat(chunks).toString() });
    reply(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const says = (body: string, status = 200, headers: Record<string, string> = {}) => {
  reply = (response) => response.writeHead(status, headers).end(body);
};
const client = (timeout = 0) =>
  new WebClient('xoxb-1', {
    slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    fetch: transport,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
  });
const divider = { type: 'divider' } as const;
const view = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Åäö & + = % "så"' },
  blocks: [divider],
} as const;

test('a view goes as JSON, with the token, in its own letters', async () => {
  says('{"ok":true,"view":{"id":"V1","hash":"1.2","blocks":[]}}');
  await beside(view, (ticket) => client().views.open({ trigger_id: '1.2&x', view: ticket as never }));
  expect(asked[0]?.url).toBe('/api/views.open');
  expect(asked[0]?.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    authorization: 'Bearer xoxb-1',
  });
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ trigger_id: '1.2&x', view });
});

test('blocks go in the form, beside the other fields as they are', async () => {
  says('{"ok":true,"channel":"D1","ts":"1.2"}');
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Å & + = %20' } }] as const;
  await beside(blocks, (ticket) =>
    client().chat.postMessage({ channel: 'U1', text: 'a & b + å', blocks: ticket as never, unfurl_links: false }),
  );
  const fields = new URLSearchParams(asked[0]?.body);
  expect(asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(JSON.parse(fields.get('blocks') ?? '')).toEqual(blocks);
  expect(Object.fromEntries(fields)).toMatchObject({ channel: 'U1', text: 'a & b + å', unfurl_links: 'false' });
});

test('a ticket is worth nothing once the call is over, and nobody else’s words are one', async () => {
  let kept = '';
  await expect(
    beside(view, async (ticket) => {
      kept = String(ticket);
      expect(behind(kept)).toBe(JSON.stringify(view));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(behind(kept)).toBeUndefined();
  says('{"ok":true,"channel":"D1","ts":"1.2"}');
  await client().chat.postMessage({ channel: 'U1', text: kept });
  expect(new URLSearchParams(asked[0]?.body).get('text')).toBe(kept);
});

test('of a view its name, though the rest of the answer is long in coming', async () => {
  let end = () => {};
  reply = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"ok":true,"view":{"id":"V1","team_id":"T1","blocks":[');
    end = () => response.end(']}}');
  };
  const opened = await client().views.open({ trigger_id: '1', view: '{}' as never });
  expect(opened.view).toEqual({ id: 'V1' });
  end();
});

test('of a message where it is', async () => {
  says(JSON.stringify({ ok: true, channel: 'D1', ts: '1.2', message: { text: 'Hej' } }));
  const sent = await client().chat.postMessage({ channel: 'U1', text: 'Hej' });
  expect(sent).toMatchObject({ ok: true, channel: 'D1', ts: '1.2' });
  expect(sent).not.toHaveProperty('message');
});

test.each([
  ['in another order', JSON.stringify({ view: { hash: '1', id: 'V1' }, ok: true })],
  ['with spaces', '{"ok": true, "view": {"id": "V1", "hash": "1"}}'],
])('an answer %s is read whole', async (_what, body) => {
  says(body);
  expect((await client().views.open({ trigger_id: '1', view: '{}' as never })).view).toMatchObject({ id: 'V1' });
});

test('everything that is asked for', async () => {
  says(JSON.stringify({ ok: true, messages: [{ text: 'Hej' }] }), 200, { 'x-oauth-scopes': 'chat:write, users:read' });
  const history = await client().conversations.history({ channel: 'D1' });
  expect(history).toMatchObject({ messages: [{ text: 'Hej' }] });
  expect(history.response_metadata?.scopes).toEqual(['chat:write', 'users:read']);
});

test('a refusal, with its reasons and the pause that Slack asks for', async () => {
  says(JSON.stringify({ ok: false, error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] no'] } }), 200, {
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
])('%s is no answer', async (_what, body) => {
  says(body);
  await expect(client().chat.postMessage({ channel: 'U1', text: 'Hej' })).rejects.toThrow();
});

const send = (timeout?: number) =>
  client(timeout)
    .chat.postMessage({ channel: 'U1', text: 'Hej' })
    .then(
      () => null,
      (error: unknown) => troubleOf(error),
    );

test('too much at once: when to come again', async () => {
  says('', 429, { 'retry-after': '7' });
  expect(await send()).toEqual({ is: 'again', afterMs: 7_000, why: 'rate limited' });
});

test('whoever sends us elsewhere is not followed', async () => {
  says('', 302, { location: 'http://127.0.0.1:9/' });
  expect(await send()).toMatchObject({ is: 'unknown' });
  expect(asked).toHaveLength(1);
});

test('Slack’s own trouble: it cannot be told', async () => {
  says('no', 503);
  expect(await send()).toEqual({ is: 'unknown', why: 'HTTP 503' });
});

test('a connection that is cut before the answer, or in it: it cannot be told', async () => {
  reply = (response) => response.socket?.resetAndDestroy();
  expect(await send()).toEqual({ is: 'unknown', why: 'ECONNRESET' });
  reply = (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"ok":tr');
    setImmediate(() => response.socket?.destroy());
  };
  expect(await send()).toMatchObject({ is: 'unknown' });
});

test('an answer that does not come: it cannot be told', async () => {
  reply = () => {};
  expect(await send(50)).toMatchObject({ is: 'unknown' });
});

test('nobody there: nothing has left, so again later', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  const gone = new WebClient('xoxb-1', {
    slackApiUrl: `http://127.0.0.1:${port}/`,
    fetch: transport,
    retryConfig: { retries: 0 },
  });
  const trouble = await gone.chat.postMessage({ channel: 'U1', text: 'Hej' }).then(
    () => null,
    (error: unknown) => troubleOf(error),
  );
  expect(trouble).toEqual({ is: 'again', afterMs: 5_000, why: 'not connected: ECONNREFUSED' });
});
