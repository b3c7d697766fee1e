/** What comes in at POST /api/messages: who is let in, and that nothing that is not lets the process die. */

import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { recordingInbox } from '../../support/inbox.ts';
import { openTeamsBench, person, type TeamsBench, tenant } from './bench.ts';

const inbox = recordingInbox();
let bench: TeamsBench;
let serviceUrl: string;
let appId: string;

beforeAll(async () => {
  bench = await openTeamsBench({ inbox });
  const credentials = bench.wire.credentials();
  ({ appId } = credentials);
  ({ serviceUrl } = credentials.endpoints);
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());

const press = (changes: object = {}) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  id: randomUUID(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:1x', aadObjectId: person.user },
  recipient: { id: `28:${appId}` },
  conversation: { id: 'a:1x', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
  replyToId: '17',
  value: { action: { type: 'Action.Execute', verb: 'x.y', data: { ref: 'r' } } },
  ...changes,
});

const seconds = () => Math.floor(Date.now() / 1000);
const base64 = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url');
const rightClaims = () => ({
  iss: bench.wire.issuer.name,
  aud: appId,
  serviceurl: serviceUrl,
  exp: seconds() + 600,
});
const kid = () => (bench.wire.issuer.keys() as { keys: { kid: string }[] }).keys[0]?.kid;
const signed = (header: object, sign: (text: string) => string, claims: object = {}) => {
  const text = `${base64(header)}.${base64({ ...rightClaims(), ...claims })}`;
  return `Bearer ${text}.${sign(text)}`;
};
const issue = (claims: object, header: object = {}) => bench.wire.issuer.authorization(serviceUrl, claims, header);

describe('tokens', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const byStranger = (text: string) => createSign('sha256').update(text).sign(stranger.privateKey, 'base64url');
  const byPublicKey = (text: string) => {
    const { keys } = bench.wire.issuer.keys() as { keys: { n: string }[] };
    return createHmac('sha256', keys[0]?.n ?? '')
      .update(text)
      .digest('base64url');
  };

  const table: [string, () => string, number][] = [
    ['the right one', () => issue({}), 200],
    ['none', () => '', 401],
    ['Basic', () => 'Basic dXNlcjpwYXNz', 401],
    ['garbage', () => 'Bearer garbage', 401],
    ['three dots of garbage', () => 'Bearer a.b.c', 401],
    ['no scheme', () => issue({}).replace('Bearer ', ''), 401],
    ['wrong audience', () => issue({ aud: randomUUID() }), 401],
    ['wrong issuer', () => issue({ iss: 'https://api.botframework.com' }), 401],
    [
      'issuer of the local emulator',
      () => issue({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: appId, ver: '1.0' }),
      401,
    ],
    ['token of another bot', () => issue({ aud: randomUUID(), appid: appId, ver: '1.0' }), 401],
    ['skill token', () => issue({ ver: '1.0', appid: randomUUID() }), 401],
    ['unknown key', () => issue({}, { kid: 'nobody' }), 401],
    ['no key', () => issue({}, { kid: undefined }), 401],
    ['expired ten minutes ago', () => issue({ exp: seconds() - 600 }), 401],
    ['expired four minutes ago: clocks differ', () => issue({ exp: seconds() - 240 }), 200],
    ['not valid before next hour', () => issue({ nbf: seconds() + 3600 }), 401],
    ['no service URL in it', () => issue({ serviceurl: undefined }), 401],
    ['another service URL in it', () => issue({ serviceurl: 'https://smba.trafficmanager.net/emea/' }), 401],
    ['algorithm none', () => signed({ alg: 'none', kid: kid() }, () => ''), 401],
    ['HS256 with the public key', () => signed({ alg: 'HS256', kid: kid() }, byPublicKey), 401],
    ["somebody else's key under our kid", () => signed({ alg: 'RS256', kid: kid() }, byStranger), 401],
    ['a signature cut short', () => issue({}).slice(0, -8), 401],
    ['junk among the signature', () => `${issue({}).slice(0, -8)}!${issue({}).slice(-8)}`, 401],
    ['two audiences', () => issue({ aud: [appId, randomUUID()] }), 401],
    ['an end in words', () => issue({ exp: '2099-01-01' }), 401],
    ['an extension that must be understood', () => issue({}, { crit: ['exp'], kid: 'nobody' }), 401],
    ['a key of its own', () => signed({ alg: 'RS256', kid: kid(), jwk: {} }, byStranger), 401],
  ];
  test.each(table.map(([name, authorization, status]) => ({ name, authorization, status })))(
    '$name: $status',
    async ({ authorization, status }) => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => {});
      const answer = await bench.wire.deliver(press(), authorization());
      // Nobody outside can fill the operator's terminal; the SDK would print the key for each of these.
      expect(said.mock.calls).toEqual([]);
      said.mockRestore();
      expect(answer.status).toBe(status);
      expect(inbox.submissions).toHaveLength(status === 200 ? 1 : 0);
      if (status !== 200) expect(answer.body).toEqual({ error: { code: 'Unauthorized', message: 'No valid token.' } });
    },
  );

  test('one token for many activities: each is judged by its own service, and a changed token is another', async () => {
    const token = issue({});
    for (let time = 0; time < 3; time += 1) expect((await bench.wire.deliver(press(), token)).status).toBe(200);
    const elsewhere = serviceUrl.replace('/emea/', '/amer/');
    expect((await bench.wire.deliver(press({ serviceUrl: elsewhere }), token)).status).toBe(401);
    const [head, , seal] = token.split('.');
    const longer = `${head}.${base64({ ...rightClaims(), exp: seconds() + 86_400 })}.${seal}`;
    expect((await bench.wire.deliver(press(), longer)).status).toBe(401);
    expect((await bench.wire.deliver(press(), `${token}x`)).status).toBe(401);
    expect((await bench.wire.deliver(press(), token)).status).toBe(200);
  });

  test('keys that cannot be fetched refuse nobody for good: 503', async () => {
    const endpoints = { ...bench.wire.credentials().endpoints, openIdMetadataUrl: 'http://127.0.0.1:1/metadata' };
    const away = await openTeamsBench({ inbox, endpoints, installed: false, appId });
    const answer = await fetch(`${away.botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: issue({}) },
      body: JSON.stringify(press()),
    });
    expect(answer.status).toBe(503);
    await away.close();
  });
});

describe('who and where from', () => {
  const table: [string, object, number][] = [
    ['our tenant', {}, 200],
    [
      'another tenant',
      { channelData: { tenant: { id: 'other' } }, conversation: { id: 'a:1', tenantId: 'other' } },
      403,
    ],
    ['two tenants', { conversation: { id: 'a:1', tenantId: 'other' } }, 403],
    ['no tenant', { channelData: {}, conversation: { id: 'a:1' } }, 403],
    ['tenant of the card, not of Teams', { channelData: {}, conversation: { id: 'a:1' }, value: { tenant } }, 403],
    ['another channel than Teams', { channelId: 'emulator' }, 400],
    ['the unauthenticated test channel', { channelId: 'AseChannel' }, 400],
  ];
  test.each(table.map(([name, changes, status]) => ({ name, changes, status })))(
    '$name: $status',
    async ({ changes, status }) => {
      const answer = await bench.wire.deliver(press(changes));
      expect(answer.status).toBe(status);
      expect(inbox.submissions).toHaveLength(status === 200 ? 1 : 0);
    },
  );

  test.each([
    'http://169.254.169.254/',
    'http://localhost/',
    'https://smba.trafficmanager.net.evil.test/emea/',
    'https://evil@smba.trafficmanager.net/emea/',
    'file:///etc/passwd',
    'no url at all',
  ])('service %s, even when the token agrees: 403 and no request to it', async (evil) => {
    const before = bench.wire.requests().length;
    const answer = await bench.wire.deliver(press({ serviceUrl: evil }), bench.wire.issuer.authorization(evil));
    expect(answer.status).toBe(403);
    expect(inbox.submissions).toEqual([]);
    expect(bench.wire.requests()).toHaveLength(before);
    expect([...bench.contacts.all.values()].some((contact) => contact.serviceUrl === evil)).toBe(false);
  });

  test('without an Entra object id the person is told, and nothing is stored', async () => {
    const answer = await bench.wire.deliver(press({ from: { id: '29:1x' }, locale: 'sv-SE' }));
    expect(answer).toMatchObject({ status: 200, body: { type: 'application/vnd.microsoft.activity.message' } });
    expect(JSON.stringify(answer.body)).toContain('Rond kan inte se vem du är');
    expect(inbox.submissions).toEqual([]);
  });

  test('who it is comes from Teams, whatever the card says', async () => {
    const data = { aadObjectId: 'somebody else', from: 'somebody else', who: 'somebody else' };
    await bench.wire.deliver(press({ value: { action: { type: 'Action.Execute', verb: 'x.y', data } } }));
    expect(inbox.submissions[0]?.who).toEqual({ platform: 'teams', tenant, user: person.user });
  });
});

describe('bodies', () => {
  const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${bench.botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: issue({}), ...headers },
      body: body as never,
    });
  const withValue = (value: string) => JSON.stringify(press({ value: '@' })).replace('"@"', value);
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  const table: [string, () => Promise<Response>, number][] = [
    ['{} with a token', () => post('{}'), 400],
    ['{} without a token', () => post('{}', { authorization: '' }), 400],
    ['[]', () => post('[]'), 400],
    ['null', () => post('null'), 400],
    ['nothing', () => post(''), 400],
    ['half a document', () => post('{"type":'), 400],
    ['a number', () => post('7'), 400],
    ['text/plain', () => post(JSON.stringify(press()), { 'content-type': 'text/plain' }), 400],
    ['2 MB', () => post(JSON.stringify(press({ text: 'x'.repeat(2_000_000) }))), 413],
    ['an encoding we do not speak', () => post('{}', { 'content-encoding': 'br2' }), 400],
    ['gzip that is none', () => post('{}', { 'content-encoding': 'gzip' }), 400],
    ['20,000 deep instead of an activity', () => post(deep), 400],
    ['20,000 deep as value', () => post(withValue(deep)), 200],
    ['null as value', () => post(withValue('null')), 200],
    ['a verb that is no text', () => post(withValue('{"action":{"type":"Action.Execute","verb":{"a":1}}}')), 200],
    ['no verb', () => post(withValue('{"action":{"type":"Action.Execute"}}')), 200],
    [
      'entities of the wrong kind',
      () => post(JSON.stringify(press({ type: 'message', entities: {}, text: 'hej' }))),
      200,
    ],
    [
      'a mention of nothing',
      () => post(JSON.stringify(press({ type: 'message', entities: [null, { type: 'mention' }], text: 'hej' }))),
      200,
    ],
    ['a type nobody knows', () => post(JSON.stringify(press({ type: 'surprise' }))), 200],
    ['another invoke', () => post(JSON.stringify(press({ name: 'task/fetch' }))), 200],
    ['no sender', () => post(JSON.stringify(press({ type: 'message', from: null, text: 'hej' }))), 200],
  ];
  test.each(table.map(([name, send, status]) => ({ name, send, status })))(
    '$name: $status, and the next one is served',
    async ({ send, status }) => {
      const response = await send();
      const text = await response.text();
      expect(response.status).toBe(status);
      expect(text).not.toMatch(/node_modules|at .*:\d+:\d+|<html/i);
      if (status >= 400) expect(JSON.parse(text)).toHaveProperty('error.code');
      inbox.clear();
      expect((await bench.wire.deliver(press())).status).toBe(200);
      expect(inbox.submissions).toHaveLength(1);
    },
  );

  test('__proto__ and constructor in the data change nothing and reach nobody', async () => {
    const data = '{"ref":"r","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":"x"}';
    const response = await post(withValue(`{"action":{"type":"Action.Execute","verb":"x.y","data":${data}}}`));
    expect(response.status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(inbox.submissions[0]?.values).toEqual({ ref: 'r' });
    expect(Object.getPrototypeOf(inbox.submissions[0]?.values)).toBe(Object.prototype);
  });

  test('what a database cannot hold is taken out; numbers, switches and lists become text', async () => {
    const data = { a: 'x\u0000y', b: '\ud800z', n: 5, yes: true, list: ['p', 2], none: null, object: { c: 1 } };
    await bench.wire.deliver(press({ value: { action: { type: 'Action.Execute', verb: 'x.y', data } } }));
    expect(inbox.submissions[0]?.values).toEqual({ a: 'xy', b: '\ufffdz', n: '5', yes: 'true', list: 'p,2' });
  });

  test('a button nobody knows is answered with a sentence, in the language of the client', async () => {
    const answer = await bench.wire.deliver(press({ value: {}, locale: 'fi-FI' }));
    expect(answer).toEqual({
      status: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest', message: 'Rond ei tunnista tätä painiketta. Kortti voi olla vanha.' },
      },
    });
  });

  test('a text that could not be stored is asked for again: 503, without a word about why', async () => {
    inbox.fail(1);
    const answer = await bench.wire.deliver(press({ type: 'message', value: undefined, text: 'hjälp' }));
    expect(answer).toEqual({ status: 503, body: { error: { code: 'ServiceUnavailable', message: 'Try again.' } } });
  });
});
