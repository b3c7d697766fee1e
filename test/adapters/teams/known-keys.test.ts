/** The quick way to a yes says yes to nothing that the long way would refuse. */

import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type KnownKeys, knownKeys } from '../../../src/adapters/teams/known-keys.ts';
import { openIssuer } from '../../../src/sandbox/teams/issuer.ts';

const issuer = openIssuer('https://issuer.example');
const stranger = openIssuer('https://issuer.example');
const service = 'https://smba.trafficmanager.net/emea/';
const appId = issuer.appId();
let server: Server;
let address = '';
let asked = 0;
let now = 0;
let keys: KnownKeys;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url?.endsWith('/keys') ? issuer.keys() : { jwks_uri: `${address}/keys` }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

let runs = 0;
beforeEach(async () => {
  now = Date.now();
  runs += 1;
  keys = knownKeys({ issuer: issuer.name, appId, metadataUrl: `${address}/openid/${runs}`, clock: () => now });
});

const token = (claims: object = {}, header: object = {}) => issuer.authorization(service, claims, header);

test('a key is known once a token signed with it was accepted, and fetched once', async () => {
  expect(keys.accepts(token(), service)).toBe(false);
  const before = asked;
  await keys.learn(token());
  await keys.learn(token());
  expect(asked - before).toBe(2);
  expect(keys.accepts(token({ jti: 'another' }), service)).toBe(true);
});

test('ten minutes later it has to be accepted anew', async () => {
  await keys.learn(token());
  now += 599_000;
  expect(keys.accepts(token(), service)).toBe(true);
  now += 1_001;
  expect(keys.accepts(token(), service)).toBe(false);
});

const seconds = () => now / 1000;
test.each<[string, () => [authorization: string, service: string]]>([
  ['another service', () => [token(), 'https://smba.trafficmanager.net/amer/']],
  ['another bot', () => [token({ aud: randomUUID() }), service]],
  ['two bots', () => [token({ aud: [appId] }), service]],
  ['another issuer', () => [token({ iss: 'https://api.botframework.com' }), service]],
  ['no end', () => [token({ exp: undefined }), service]],
  ['ended now', () => [token({ exp: seconds() }), service]],
  ['not begun', () => [token({ nbf: seconds() + 1 }), service]],
  ['between bots', () => [token({ appid: appId, ver: '1.0' }), service]],
  ['from the emulator', () => [token({ azp: appId }), service]],
  ['another algorithm', () => [token({}, { alg: 'RS512' }), service]],
  ['no algorithm', () => [token({}, { alg: 'none' }), service]],
  ['an extension', () => [token({}, { crit: ['b64'], b64: false }), service]],
  ['a key of its own', () => [token({}, { jwk: {} }), service]],
  ['an unknown key', () => [token({}, { kid: 'other' }), service]],
  ["a stranger's signature", () => [forged(), service]],
  ['no signature', () => [token().replace(/[^.]+$/, ''), service]],
  ['another scheme', () => [token().replace('Bearer', 'bearer'), service]],
  ['something behind it', () => [`${token()} x`, service]],
  ['four parts', () => [`${token()}.e30`, service]],
  ['nothing', () => ['', service]],
  ['no JSON', () => ['Bearer YQ.YQ.YQ', service]],
])('%s is left to the SDK', async (_, given) => {
  await keys.learn(token());
  expect(keys.accepts(...given())).toBe(false);
});

/** The right header and claims, signed by somebody else. */
function forged(): string {
  const [head, body] = token().split('.');
  return `${head}.${body}.${stranger.authorization(service).split('.')[2]}`;
}

test('changing any letter of the claims breaks it', async () => {
  await keys.learn(token());
  const good = token();
  expect(keys.accepts(good, service)).toBe(true);
  const from = good.indexOf('.') + 1;
  for (let at = from; at < good.lastIndexOf('.'); at += 7) {
    const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
    expect(keys.accepts(changed, service)).toBe(false);
  }
});

test('keys that cannot be had are no failure', async () => {
  const away = knownKeys({ issuer: issuer.name, appId, metadataUrl: 'http://127.0.0.1:9/', clock: () => now });
  await away.learn(token());
  expect(away.accepts(token(), service)).toBe(false);
});
