/** What goes out to the Bot Connector: one logical send, one request, and what each kind of failure comes to. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Address, Outcome } from '../../../src/ports/chat.ts';
import type { WireFault } from '../../../src/sandbox/wire.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { recordingInbox } from '../../support/inbox.ts';
import { channel, openTeamsBench, other, person, type TeamsBench, tenant } from './bench.ts';

const inbox = recordingInbox();
const toPerson: Address = { platform: 'teams', tenant, user: person.user };
const toChannel: Address = { platform: 'teams', tenant, channel: channel.id };
let bench: TeamsBench;
let serial = 0;
const message = (text = `Text ${++serial}`) => ({ card: cardWith(text), key: `key ${serial}` });

beforeAll(async () => {
  bench = await openTeamsBench({ inbox });
  expect(await bench.chat.send(toPerson, message())).toMatchObject({ is: 'sent' });
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());

const during = async <T>(work: () => Promise<T>) => {
  const before = bench.wire.requests().length;
  const result = await work();
  return { result, requests: bench.wire.requests().slice(before) };
};
const status = (code: number, rest: { headers?: Record<string, string>; body?: unknown; after?: boolean } = {}) =>
  ({ on: 'send', how: 'status', status: code, after: false, ...rest }) satisfies WireFault;
const subCode = (code: string) => ({ errorCode: 209, message: JSON.stringify({ subCode: code, details: null }) });

describe('failures', () => {
  const httpDate = (inSeconds: number) => new Date(Date.now() + inSeconds * 1000).toUTCString();
  const again = (afterMs: number) => ({ is: 'again', afterMs });
  const failed = (code: string) => ({ is: 'failed', code });

  const table: { name: string; fault: WireFault; outcome: object; copies?: number }[] = [
    { name: '429, Retry-After 1', fault: status(429, { headers: { 'retry-after': '1' } }), outcome: again(1000) },
    {
      name: '429, Retry-After 3600',
      fault: status(429, { headers: { 'retry-after': '3600' } }),
      outcome: again(3_600_000),
    },
    { name: '429, Retry-After 0', fault: status(429, { headers: { 'retry-after': '0' } }), outcome: again(0) },
    { name: '429 without Retry-After', fault: status(429), outcome: again(5000) },
    { name: '429, garbage', fault: status(429, { headers: { 'retry-after': 'soon: maybe' } }), outcome: again(5000) },
    { name: '429, negative', fault: status(429, { headers: { 'retry-after': '-7' } }), outcome: again(5000) },
    { name: '429, infinite', fault: status(429, { headers: { 'retry-after': '1e309' } }), outcome: again(5000) },
    {
      name: '429, a date gone by',
      fault: status(429, { headers: { 'retry-after': httpDate(-60) } }),
      outcome: again(5000),
    },
    { name: '412', fault: status(412), outcome: again(5000) },
    { name: '500 after storing', fault: status(500, { after: true }), outcome: { is: 'unknown' }, copies: 1 },
    { name: '502 after storing', fault: status(502, { after: true }), outcome: { is: 'unknown' }, copies: 1 },
    {
      name: '504 with Retry-After',
      fault: status(504, { headers: { 'retry-after': '1' } }),
      outcome: { is: 'unknown' },
    },
    { name: 'reset', fault: { on: 'send', how: 'reset', after: true }, outcome: { is: 'unknown' }, copies: 1 },
    { name: 'silence', fault: { on: 'send', how: 'hang', after: true }, outcome: { is: 'unknown' }, copies: 1 },
    {
      name: 'success without an id',
      fault: status(201, { after: true, body: {} }),
      outcome: { is: 'unknown' },
      copies: 1,
    },
    {
      name: 'redirect on the same host: not followed either',
      fault: status(307, { headers: { location: '/teams/emea/v3/conversations/elsewhere' } }),
      outcome: failed('refused'),
    },
    {
      name: 'redirect into the house: not followed',
      fault: status(307, { headers: { location: 'http://169.254.169.254/' } }),
      outcome: failed('refused'),
    },
    {
      name: '403 MessageWritesBlocked, nested',
      fault: status(403, { body: subCode('MessageWritesBlocked') }),
      outcome: failed('blocked'),
    },
    {
      name: '403 ConversationBlockedByUser',
      fault: status(403, { body: { error: { code: 'ConversationBlockedByUser' } } }),
      outcome: failed('blocked'),
    },
    {
      name: '403 BotNotInConversationRoster',
      fault: status(403, { body: { error: { code: 'BotNotInConversationRoster' } } }),
      outcome: failed('not-installed'),
    },
    {
      name: '403 BotDisabledByAdmin, nested',
      fault: status(403, { body: subCode('BotDisabledByAdmin') }),
      outcome: failed('disabled-by-admin'),
    },
    {
      name: '403 with another body',
      fault: status(403, { body: { error: { code: 'Forbidden' } } }),
      outcome: failed('refused'),
    },
    { name: '403 with a list', fault: status(403, { body: [1, null] }), outcome: failed('refused') },
    { name: '404', fault: status(404, { body: {} }), outcome: failed('not-found') },
    { name: '413', fault: status(413, { body: { error: { code: 'MessageSizeTooBig' } } }), outcome: failed('too-big') },
    { name: '401 with a new token', fault: status(401), outcome: failed('not-authorised') },
    {
      name: '401 BotNotRegistered',
      fault: status(401, { body: { error: { code: 'BotNotRegistered' } } }),
      outcome: failed('not-authorised'),
    },
    { name: '400', fault: status(400, { body: { error: { code: 'BadSyntax' } } }), outcome: failed('refused') },
  ];

  test.each(table)('$name', async ({ fault, outcome, copies = 0 }) => {
    const shown = bench.wire.created().length;
    await bench.contacts.put({ platform: 'teams', tenant, id: person.user }, { conversation: personalChat() });
    bench.wire.fault(fault);
    const { result, requests } = await during(() => bench.chat.send(toPerson, message()));
    expect(result).toMatchObject(outcome);
    expect(requests).toHaveLength(1);
    expect(bench.wire.created()).toHaveLength(shown + copies);
  });

  test('429 with a date waits until then', async () => {
    bench.wire.fault(status(429, { headers: { 'retry-after': httpDate(30) } }));
    const outcome = await bench.chat.send(toPerson, message());
    expect(outcome.is === 'again' && outcome.afterMs > 27_000 && outcome.afterMs <= 31_000).toBe(true);
  });

  test('a card as big as Teams takes goes, a bigger one is too big', async () => {
    expect(await bench.chat.send(toPerson, message('å'.repeat(12_000)))).toMatchObject({ is: 'sent' });
    expect(await bench.chat.send(toPerson, message('å'.repeat(18_000)))).toMatchObject(failed('too-big'));
  });

  test.each([
    { on: 'replace', how: 'status', status: 500, after: true },
    { on: 'replace', how: 'reset', after: true },
    { on: 'replace', how: 'hang', after: false },
  ] satisfies WireFault[])('replacing may simply be repeated after $how', async (fault) => {
    const sent = await bench.chat.send(toPerson, message());
    if (sent.is !== 'sent') throw new Error('not sent');
    bench.wire.fault(fault);
    const { result, requests } = await during(() => bench.chat.replace(sent.reference, message()));
    expect(result).toMatchObject({ is: 'again' });
    expect(requests).toHaveLength(1);
    expect(await bench.chat.replace(sent.reference, message())).toMatchObject({ is: 'sent' });
  });

  test('replacing what is not there: not found', async () => {
    const nothing = { platform: 'teams', tenant, conversation: personalChat(), message: '1' } as const;
    expect(await bench.chat.replace(nothing, message())).toMatchObject(failed('not-found'));
  });
});

const personalChat = () => {
  const [first] = bench.wire.personal(person.user);
  if (!first) throw new Error('no personal chat yet');
  return first.conversation;
};

describe('reaching people', () => {
  test('somebody known costs one request; a channel too', async () => {
    await bench.chat.send(toPerson, message());
    const personal = await during(() => bench.chat.send(toPerson, message()));
    expect(personal.requests.map(({ method }) => method)).toEqual(['POST']);
    expect(personal.requests[0]?.path).toMatch(/\/activities$/);
    const inChannel = await during(() => bench.chat.send(toChannel, message()));
    expect(inChannel.requests).toEqual([{ method: 'POST', path: '/v3/conversations' }]);
  });

  test('somebody never heard from is found by object id, once, and then known', async () => {
    const fresh = await openTeamsBench({ inbox, installed: false });
    await fresh.wire.setDirectory({ people: [person, other], channels: [] });
    // As if the bot had been told nothing.
    fresh.contacts.all.clear();
    expect(await fresh.chat.send(toPerson, message('First words'))).toMatchObject({ is: 'sent' });
    expect(fresh.wire.requests().map(({ path }) => path.replace(/a%3A[^/]+/, 'CHAT'))).toEqual([
      '/v3/conversations',
      '/v3/conversations/CHAT/activities',
    ]);
    expect(await fresh.chat.send(toPerson, message('More words'))).toMatchObject({ is: 'sent' });
    expect(fresh.wire.requests()).toHaveLength(3);
    expect(fresh.wire.personal(person.user).map((shown) => shown.card?.fallbackText)).toEqual([
      'First words',
      'More words',
    ]);
    await fresh.close();
  });

  test('somebody without the app: not installed, in plain code', async () => {
    const to: Address = { ...toPerson, user: 'a0000000-0000-4000-8000-00000000ffff' };
    expect(await bench.chat.send(to, message())).toMatchObject({ is: 'failed', code: 'not-installed' });
  });

  test('a person of another tenant is not reached by a guessed id', async () => {
    const to: Address = { ...toPerson, tenant: 'another' };
    expect(await bench.chat.send(to, message())).toMatchObject({ is: 'failed' });
  });

  test('blocked is remembered with the person, and forgotten at their next word', async () => {
    const known = () => bench.contacts.all.get(`teams/${tenant}/${person.user}`);
    bench.wire.fault(status(403, { body: subCode('MessageWritesBlocked') }));
    await bench.chat.send(toPerson, message());
    expect(known()?.blocked).toBe('blocked');
    await bench.wire.say(person.user, 'hej');
    expect(known()?.blocked).toBeNull();
  });

  test('a conversation that is gone is looked for anew', async () => {
    const key = { platform: 'teams', tenant, id: other.user } as const;
    await bench.contacts.put(key, { conversation: 'a:gone' });
    const to: Address = { ...toPerson, user: other.user };
    expect(await bench.chat.send(to, message())).toMatchObject({ is: 'failed', code: 'not-found' });
    expect(await bench.chat.send(to, message('Found again'))).toMatchObject({ is: 'sent' });
    expect(bench.wire.personal(other.user).at(-1)?.card?.fallbackText).toBe('Found again');
  });

  test('a group chat is written to where it is, since it cannot be created', async () => {
    const chat = { ...channel, id: '19:chat@thread.v2', name: 'Gruppchatt' };
    await bench.wire.setDirectory({ people: [person, other], channels: [channel, chat] });
    const sent = await bench.chat.send({ ...toChannel, channel: chat.id }, message('To the chat'));
    expect(sent).toMatchObject({ is: 'sent', reference: { conversation: chat.id } });
    expect(bench.wire.channel(chat.id).map((shown) => shown.card?.fallbackText)).toEqual(['To the chat']);
  });
});

describe('tokens', () => {
  const outcomeWith = async (options: Parameters<typeof openTeamsBench>[0], text: string) => {
    const other = await openTeamsBench(options);
    try {
      const outcome: Outcome = await other.chat.send(toPerson, message(text));
      return {
        outcome,
        shown: other.wire.created().length,
        requests: other.wire.requests().length,
        logged: other.logged,
      };
    } finally {
      await other.close();
    }
  };

  test('a wrong secret is named as such, and nothing was asked of the connector', async () => {
    const { outcome, requests } = await outcomeWith({ inbox, credentials: { password: 'wrong' } }, 'x');
    expect(outcome).toMatchObject({ is: 'failed', code: 'not-authorised' });
    expect(requests).toBe(0);
  });

  test('a login service that is away: later, and nothing was asked of the connector', async () => {
    const { endpoints } = bench.wire.credentials();
    const away = { ...endpoints, loginUrl: 'http://127.0.0.1:1', serviceHosts: ['127.0.0.1:1'] };
    const { outcome } = await outcomeWith(
      { inbox, endpoints: { ...away, serviceUrl: 'http://127.0.0.1:1/' }, installed: false, appId: 'away' },
      'x',
    );
    expect(outcome).toMatchObject({ is: 'again' });
  });

  test('one token serves many sends that begin together', async () => {
    const fresh = await openTeamsBench({ inbox });
    const before = fresh.logins();
    const sends = Array.from({ length: 10 }, (_, index) => fresh.chat.send(toPerson, message(`Together ${index}`)));
    expect((await Promise.all(sends)).every((outcome) => outcome.is === 'sent')).toBe(true);
    expect(fresh.logins() - before).toBe(1);
    await fresh.close();
  });

  test('neither the secret nor a token nor a text is logged', async () => {
    const password = 'canary-secret';
    const { logged } = await outcomeWith({ inbox, credentials: { password } }, 'canary text');
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toMatch(/canary|Bearer /);
    bench.wire.fault(status(500));
    await bench.chat.send(toPerson, message('canary text'));
    expect(bench.logged.join('\n')).not.toMatch(/canary|Bearer |client_secret/);
  });
});

describe('services', () => {
  test('a service that cannot be reached at all: later, since nothing was shown', async () => {
    const away = await openTeamsBench({ inbox });
    const endpoints = away.wire.credentials().endpoints;
    await away.close();
    const nobody = await openTeamsBench({
      inbox,
      installed: false,
      endpoints: { ...endpoints, loginUrl: bench.wire.credentials().endpoints.loginUrl },
      appId: bench.wire.credentials().appId,
      credentials: bench.wire.credentials().credentials,
    });
    expect(await nobody.chat.send(toChannel, message())).toMatchObject({ is: 'again', why: 'no answer: ECONNREFUSED' });
    await nobody.close();
  });

  test('a service URL that got into the contacts is asked about again before a token goes there', async () => {
    const key = { platform: 'teams', tenant, id: person.user } as const;
    await bench.contacts.put(key, { serviceUrl: 'https://smba.trafficmanager.net.evil.test/' });
    const { result, requests } = await during(() => bench.chat.send(toPerson, message()));
    expect(result).toMatchObject({ is: 'failed', code: 'refused' });
    expect(requests).toEqual([]);
    await bench.contacts.put(key, { serviceUrl: bench.wire.credentials().endpoints.serviceUrl });
  });
});
