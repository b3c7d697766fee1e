import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RecordingInbox, recordingInbox } from '../../support/inbox.ts';
import { type SlackBench, slackBench } from './bench.ts';
import { again, command, directText, event, formType, post, press, type Spoilt } from './raw.ts';

let inbox: RecordingInbox;
let bench: SlackBench;
let team: string;
let secret: string;

beforeAll(async () => {
  inbox = recordingInbox();
  bench = await slackBench(inbox);
  team = bench.person.tenant;
  secret = bench.wire.credentials().signingSecret;
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());

const ran = () => inbox.commands.length + inbox.submissions.length + inbox.presences.length;
const send = (body: string, spoilt?: Spoilt) => post(bench.url, secret, body, spoilt);
/** The listener runs a moment after the answer; what must not run is given time to. */
const ranAfter = async (times: number) => {
  if (times === 0) await new Promise((resolve) => setTimeout(resolve, 60));
  await vi.waitFor(() => expect(ran()).toBe(times));
};

describe('signatures', () => {
  const table: [what: string, spoilt: Spoilt, status: number, listeners: number][] = [
    ['as Slack signs it', {}, 200, 1],
    ['295 s old', { age: 295 }, 200, 1],
    ['302 s old', { age: 302 }, 401, 0],
    ['290 s ahead, for a clock that is late', { age: -290 }, 200, 1],
    ['310 s ahead', { age: -310 }, 401, 0],
    ['a day ahead', { age: -86_400 }, 401, 0],
    ['another secret', { secret: 'not-the-secret' }, 401, 0],
    ['a body that was changed', { sent: command('T0RONDTEST', { text: 'other' }) }, 401, 0],
    ['v1=', { alter: (signature) => signature.replace('v0=', 'v1=') }, 401, 0],
    ['upper-case hex', { alter: (signature) => signature.toUpperCase().replace('V0', 'v0') }, 401, 0],
    ['half a signature', { alter: (signature) => signature.slice(0, 30) }, 401, 0],
    ['an empty signature', { alter: () => '' }, 401, 0],
    ['no signature', { headers: { 'x-slack-signature': null } }, 401, 0],
    ['no timestamp', { headers: { 'x-slack-request-timestamp': null } }, 401, 0],
    ['a timestamp of letters', { headers: { 'x-slack-request-timestamp': 'abc' } }, 401, 0],
    ['a timestamp with an exponent', { headers: { 'x-slack-request-timestamp': '1e10' } }, 401, 0],
    ['a charset after the content type', { type: `${formType}; charset=utf-8` }, 200, 1],
  ];
  test.each(table)('%s', async (_what, spoilt, status, listeners) => {
    const answer = await send(command(team), spoilt);
    expect(answer.status).toBe(status);
    await ranAfter(listeners);
  });

  test('url_verification is answered when signed, and only then', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-17' });
    const json = { type: 'application/json' };
    expect(await send(body, json)).toMatchObject({ status: 200, text: JSON.stringify({ challenge: 'c-17' }) });
    expect((await send(body, { ...json, secret: 'other' })).status).toBe(401);
  });

  test('ssl_check does not open a way around the signature', async () => {
    const smuggled = `ssl_check=1&${command(team)}`;
    expect((await send(smuggled, { headers: { 'x-slack-signature': null } })).status).toBe(401);
    await ranAfter(0);
  });

  test('only POST', async () => {
    expect((await fetch(`${bench.url}/slack/events`)).status).toBe(404);
  });
});

describe('the same again', () => {
  test.each([
    ['a command', () => command(team), formType],
    ['a press', () => press(team), formType],
    ['an event', () => event(team, directText('hej')), 'application/json'],
  ])('%s, byte for byte, three times: acknowledged, run once', async (_what, make, type) => {
    const first = await send(make(), { type });
    const rest = [await again(bench.url, first.headers, first.body), await again(bench.url, first.headers, first.body)];
    expect([first, ...rest].map((answer) => answer.status)).toEqual([200, 200, 200]);
    await ranAfter(1);
    await ranAfter(1);
  });

  test("Slack's retry of an event that was taken has a new signature and no second effect", async () => {
    const body = event(team, directText('hej'), 'EvRETRY1');
    await send(body, { type: 'application/json' });
    const retry = await send(body, {
      type: 'application/json',
      age: 1,
      headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' },
    });
    expect(retry.status).toBe(200);
    await ranAfter(1);
  });

  test('a retry of an event that never arrived is taken', async () => {
    const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'connection_failed' };
    await send(event(team, directText('hej')), { type: 'application/json', headers });
    await ranAfter(1);
  });

  test('an event that could not be stored is answered 503, so that Slack delivers it again, and is then taken', async () => {
    inbox.fail(1);
    const body = event(team, directText('hej'), 'EvRETRY2');
    expect((await send(body, { type: 'application/json' })).status).toBe(503);
    expect((await send(body, { type: 'application/json', age: 2 })).status).toBe(200);
    await ranAfter(2);
  });
});

describe('what is not what it says', () => {
  const form = (payload: string) => new URLSearchParams({ payload }).toString();
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const table: [what: string, body: () => string, type: string, status: number][] = [
    ['payload=null', () => form('null'), formType, 400],
    ['payload=[]', () => form('[]'), formType, 400],
    ['payload=17', () => form('17'), formType, 400],
    ['payload is not JSON', () => form('{'), formType, 400],
    ['payload twice', () => 'payload=%7B%7D&payload=%7B%7D', formType, 400],
    ['an empty form', () => '', formType, 400],
    ['a press without actions', () => press(team, { actions: [] }), formType, 400],
    ['a press whose actions are null', () => press(team, { actions: null }), formType, 400],
    ['a press by nobody', () => press(team, { user: null }), formType, 400],
    [
      'a page without a view',
      () => form(JSON.stringify({ type: 'view_submission', user: { id: 'U' } })),
      formType,
      400,
    ],
    ['a payload 20,000 deep', () => form(deep), formType, 400],
    ['garbage JSON', () => '{"type":', 'application/json', 400],
    ['JSON null', () => 'null', 'application/json', 400],
    ['an event that is null', () => event(team, null as unknown as object), 'application/json', 400],
    ['an event that is a string', () => event(team, 'in' as unknown as object), 'application/json', 400],
    ['a kind nobody listens to', () => form(JSON.stringify({ type: 'block_suggestion' })), formType, 200],
    ['an event nobody listens to', () => event(team, { type: 'team_join' }), 'application/json', 200],
    [
      'a closed modal',
      () => form(JSON.stringify({ type: 'view_closed', user: { id: 'U' }, view: { id: 'V' } })),
      formType,
      200,
    ],
    ['5 MiB', () => `payload=${'x'.repeat(5 * 1024 * 1024)}`, formType, 413],
  ];
  test.each(table)('%s', async (_what, body, type, status) => {
    const answer = await send(body(), { type });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('at ');
    await ranAfter(0);
  });

  test('four MiB are read, and not a byte more', async () => {
    const most = `payload=${'x'.repeat(4 * 1024 * 1024 - 'payload='.length)}`;
    // Read to its end, and found to be no JSON.
    expect((await send(most)).status).toBe(400);
    expect((await send(`${most}x`)).status).toBe(413);
    await ranAfter(0);
  });

  test('another workspace is acknowledged and ignored', async () => {
    for (const body of [command('T0OTHER'), press('T0OTHER')]) expect((await send(body)).status).toBe(200);
    const text = event('T0OTHER', directText('hej'));
    expect((await send(text, { type: 'application/json' })).status).toBe(200);
    await ranAfter(0);
  });

  test('the workspace counts, not the one the person comes from', async () => {
    await send(press(team, { user: { id: 'U0GUEST', team_id: 'T0ELSEWHERE' } }));
    await ranAfter(1);
    expect(inbox.submissions[0]?.who).toEqual({ platform: 'slack', tenant: team, user: 'U0GUEST' });
  });

  test('names that mean something to JavaScript are only names', async () => {
    const value = '{"verb":"x.y","values":{"__proto__":"p","constructor":"c","toString":"t"}}';
    await send(press(team, { actions: [{ type: 'button', action_id: 'a', action_ts: '1.2', value }] }));
    await ranAfter(1);
    expect(inbox.submissions[0]?.values).toMatchObject({ constructor: 'c', toString: 't' });
    expect(({} as Record<string, unknown>).p).toBeUndefined();
    expect(Object.getPrototypeOf(inbox.submissions[0]?.values)).toBe(Object.prototype);
  });

  test('a button that is not ours, a link, a select: acknowledged, nothing asked', async () => {
    const action = { action_id: 'a', action_ts: '1.2' };
    for (const odd of [
      { ...action, type: 'button' },
      { ...action, type: 'button', value: 'not json' },
      { ...action, type: 'button', value: '{"verb":17}' },
      { ...action, type: 'button', value: '{"verb":"x","values":{"n":1}}' },
      { ...action, type: 'static_select' },
    ]) {
      expect((await send(press(team, { actions: [odd] }))).status).toBe(200);
    }
    await ranAfter(0);
  });

  test('a response URL that is not Slack is never called', async () => {
    let calls = 0;
    const inside = createServer((_request, response) => {
      calls += 1;
      response.end();
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    const { port } = inside.address() as AddressInfo;
    inbox.answer({ do: 'notice', text: 'psst' });
    for (const host of [`127.0.0.1:${port}`, `hooks.slack.com@127.0.0.1:${port}`]) {
      await send(press(team, { response_url: `http://${host}/inside` }));
    }
    await ranAfter(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => inside.close(resolve));
    expect(calls).toBe(0);
  });
});
