/**
 * The Bot Connector's oddities and faults by name: what the sandbox does is what the service is recorded or documented to do,
 * and what the real adapter makes of it. Every fault of the list has its test here; the last one holds the list to that.
 */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../src/ports/chat.ts';
import { teamsRates } from '../../src/sandbox/teams/rates.ts';
import { channel, openTeamsBench, other, person, type TeamsBench, tenant } from '../adapters/teams/bench.ts';
import { cardWith } from '../contracts/chat-platform.ts';
import { recordingInbox } from '../support/inbox.ts';

const inbox = recordingInbox();
let bench: TeamsBench;
let serial = 0;

beforeAll(async () => {
  bench = await openTeamsBench({ inbox });
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());
afterEach(() => {
  for (const { name } of bench.wire.faults.list()) bench.wire.faults.set(name, false);
});

const toPerson = { platform: 'teams' as const, tenant, user: person.user };
const toChannel = { platform: 'teams' as const, tenant, channel: channel.id };
const on = (fault: string) => expect(bench.wire.faults.set(fault, true)).toBe(true);
const lit = (fault: string) => bench.wire.faults.list().find(({ name }) => name === fault)?.on;
const says = (text: string) => bench.wire.created().filter((one) => JSON.stringify(one.card).includes(text)).length;

async function send(to: Parameters<TeamsBench['chat']['send']>[0] = toPerson, from = bench) {
  serial += 1;
  const text = `message number ${serial}.`;
  const outcome = await from.chat.send(to, { card: cardWith(text), key: `key-${serial}` });
  return { outcome, shown: () => says(text) };
}
async function ask(method: string, path: string, body?: object) {
  const response = await fetch(`${bench.wire.credentials().endpoints.serviceUrl}v3/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bench.wire.issuer.grant().token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

const tested = new Set<string>();
const faultTest = (fault: string, name: string, run: () => Promise<void>) => {
  tested.add(fault);
  test(`${fault}: ${name}`, run);
};

describe('recorded behaviour of the real service', () => {
  const activity = { type: 'message', text: 'hello' };
  const chat = { isGroup: false, members: [{ id: person.user }], tenantId: tenant };

  test('creating a 1:1 conversation with an activity shows it and does not say which it was', async () => {
    const before = bench.wire.personal(person.user).length;
    const { status, body } = await ask('POST', 'conversations', { ...chat, activity });
    expect([status, Object.keys(body)]).toEqual([201, ['id']]);
    expect(bench.wire.personal(person.user)).toHaveLength(before + 1);
  });

  test('so the adapter creates first and posts then, and knows which message it was', async () => {
    const fresh = await openTeamsBench({ inbox, installed: false });
    fresh.wire.setDirectory({ people: [person], channels: [channel] }).catch(() => undefined);
    await vi.waitFor(() => expect(fresh.wire.credentials().tenants).toContain(tenant));
    const { outcome } = await send(toPerson, fresh);
    if (outcome.is !== 'sent') throw new Error(JSON.stringify(outcome));
    expect(fresh.wire.personal(person.user).map(({ id }) => id)).toContain(outcome.reference.message);
    await fresh.close();
  });

  test('the same 1:1 conversation every time it is created', async () => {
    const [first, second] = [await ask('POST', 'conversations', chat), await ask('POST', 'conversations', chat)];
    expect(second.body).toEqual(first.body);
  });

  test('a channel thread needs an activity, and names the thread and the activity', async () => {
    const thread = { isGroup: true, channelData: { channel: { id: channel.id } } };
    expect(await ask('POST', 'conversations', thread)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax', message: 'Incorrect conversation creation parameters' } },
    });
    const { status, body } = await ask('POST', 'conversations', { ...thread, activity });
    expect([status, body.id]).toEqual([201, `${channel.id};messageid=${body.activityId}`]);
  });

  test.each([
    ['a group chat', { isGroup: true, activity, channelData: { channel: { id: '19:x@thread.v2' } } }],
    ['two people', { ...chat, members: [{ id: person.user }, { id: other.user }] }],
    ['a person without a tenant', { isGroup: false, members: [{ id: person.user }] }],
  ])('%s cannot be created', async (_name, parameters) => {
    expect(await ask('POST', 'conversations', parameters)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax' } },
    });
  });

  test('conversations are not listed: 405, attachments are not known: 404', async () => {
    expect((await ask('GET', 'conversations')).status).toBe(405);
    expect((await ask('GET', 'attachments/1')).status).toBe(404);
  });
});

describe('the next message', () => {
  const once: [string, string, Partial<Outcome>, number][] = [
    ['throttled', 'is tried again after the wait the service names', { is: 'again', afterMs: 3_000 }, 0],
    ['precondition', 'is tried again', { is: 'again' }, 0],
    ['too-big', 'is too big, for good', { is: 'failed', code: 'too-big' }, 0],
    ['server-error', 'may or may not have been shown', { is: 'unknown' }, 0],
    ['bad-gateway-after', 'may or may not have been shown', { is: 'unknown' }, 1],
    ['reset', 'may or may not have been shown', { is: 'unknown' }, 1],
    ['silence', 'may or may not have been shown', { is: 'unknown' }, 1],
  ];
  for (const [fault, what, outcome, copies] of once) {
    faultTest(fault, `${what}; the one after it goes through`, async () => {
      on(fault);
      const first = await send();
      expect(first.outcome).toMatchObject(outcome);
      expect(first.shown()).toBe(copies);
      expect(lit(fault)).toBe(0);
      const second = await send();
      expect([second.outcome.is, second.shown()]).toEqual(['sent', 1]);
    });
  }

  faultTest('edit-refused', 'a message that is gone is not replaced', async () => {
    const { outcome } = await send();
    if (outcome.is !== 'sent') throw new Error('not sent');
    on('edit-refused');
    const replace = (text: string) => bench.chat.replace(outcome.reference, { card: cardWith(text), key: 'k' });
    expect(await replace('Refused.')).toMatchObject({ is: 'failed', code: 'not-found' });
    expect(await replace('Taken.')).toMatchObject({ is: 'sent' });
    expect([says('Refused.'), says('Taken.')]).toEqual([0, 1]);
  });
});

describe('as long as it lasts', () => {
  const refusals: [string, string][] = [
    ['blocked', 'blocked'],
    ['not-in-roster', 'not-installed'],
    ['disabled-by-admin', 'disabled-by-admin'],
    ['not-found', 'not-found'],
    ['unregistered', 'not-authorised'],
  ];
  for (const [fault, code] of refusals) {
    faultTest(fault, `messages fail with "${code}" each time, and go through afterwards`, async () => {
      on(fault);
      for (const to of [toPerson, toChannel]) {
        const { outcome, shown } = await send(to);
        expect(outcome).toMatchObject({ is: 'failed', code });
        expect(shown()).toBe(0);
      }
      bench.wire.faults.set(fault, false);
      expect((await send()).outcome.is).toBe('sent');
    });
  }

  test('blocked: the reason lies in JSON within the message, and no code stands beside it', async () => {
    on('blocked');
    const { status, body } = await ask('POST', 'conversations/a:1x/activities', { type: 'message', text: 'x' });
    expect([status, body.code, body.errorCode]).toEqual([403, undefined, 209]);
    expect(JSON.parse(String(body.message))).toMatchObject({ subCode: 'MessageWritesBlocked' });
  });

  faultTest('repeated-activities', 'a press that comes twice is one event', async () => {
    const card = cardWith('Press me', [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]);
    const sent = await bench.chat.send(toPerson, { card, key: 'twice' });
    if (sent.is !== 'sent') throw new Error('not sent');
    on('repeated-activities');
    await bench.wire.press(person.user, { message: sent.reference.message }, { verb: 'x.y' });
    await vi.waitFor(() => expect(inbox.submissions.length).toBeGreaterThan(0));
    expect(new Set(inbox.submissions.map(({ event }) => event)).size).toBe(1);
    await bench.wire.say(person.user, 'plan');
    await vi.waitFor(() => expect(inbox.commands.length).toBeGreaterThan(0));
    expect(new Set(inbox.commands.map(({ event }) => event)).size).toBe(1);
  });

  faultTest('rates', 'seven messages a second in one thread, and the adapter is told how long to wait', async () => {
    on('rates');
    const outcomes = await Promise.all(Array.from({ length: 10 }, async () => (await send()).outcome));
    expect(outcomes.filter(({ is }) => is === 'sent').length).toBeLessThanOrEqual(8);
    expect(outcomes.find(({ is }) => is === 'again')).toMatchObject({
      is: 'again',
      why: expect.stringContaining('Throttled'),
    });
    const refused = outcomes.flatMap((outcome) => (outcome.is === 'again' ? [outcome.afterMs] : []));
    expect(refused.every((wait) => wait >= 1_000)).toBe(true);
    expect((await send({ ...toPerson, user: other.user })).outcome.is).toBe('sent');
  });
});

describe('rates by the clock', () => {
  const run = (start: number) => {
    let now = start;
    const rates = teamsRates(() => now);
    const burst = (thread: string, method = 'POST') => {
      let passed = 0;
      while (passed < 5_000 && rates.wait(method, `/v3/conversations/${thread}/activities`) === 0) passed += 1;
      return passed;
    };
    const later = (ms: number) => {
      now += ms;
    };
    return { burst, later, rates };
  };

  test('7 in one second, 8 in two, 60 in thirty: for each thread by itself', () => {
    const { burst, later } = run(0);
    expect(burst('a')).toBe(7);
    expect(burst('b')).toBe(7);
    later(1_000);
    expect(burst('a')).toBe(1);
    let sent = 8;
    for (let seconds = 0; seconds < 28; seconds += 1) {
      later(1_000);
      sent += burst('a');
    }
    expect(sent).toBe(60);
  });

  test('reading has its own, larger numbers', () => {
    const { burst } = run(0);
    expect(burst('a', 'GET')).toBe(14);
    expect(burst('a')).toBe(7);
  });

  test('all threads of a tenant together: 50 in a second', () => {
    const { burst } = run(0);
    const passed = Array.from({ length: 20 }, (_, index) => burst(`thread-${index}`));
    expect(passed.reduce((sum, one) => sum + one, 0)).toBe(50);
  });

  test('the wait is said in whole seconds, at least one', () => {
    const { burst, later, rates } = run(0);
    burst('a');
    expect(rates.wait('POST', '/v3/conversations/a/activities')).toBe(1);
    later(950);
    expect(rates.wait('POST', '/v3/conversations/a/activities')).toBe(1);
  });
});

test('every fault has its test, and a name nobody knows is refused', () => {
  expect(
    bench.wire.faults
      .list()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...tested].toSorted());
  for (const { says: words } of bench.wire.faults.list()) expect(words).toMatch(/^\p{Lu}.{10}/u);
  expect(bench.wire.faults.set('no-such-fault', true)).toBe(false);
  expect(bench.wire.faults.set('constructor', true)).toBe(false);
});
