/**
 * Slack's faults by name: what the sandbox does is what Slack is recorded or documented to do, and what the real adapter makes
 * of it. Every fault of the list has its test here; the first one holds the list to that.
 */

import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../src/ports/chat.ts';
import { rates } from '../../src/sandbox/slack/rates.ts';
import { createSlackWire } from '../../src/sandbox/slack/wire.ts';
import { type SlackBench, slackBench } from '../adapters/slack/bench.ts';
import { cardWith } from '../contracts/chat-platform.ts';
import { recordingInbox } from '../support/inbox.ts';

const inbox = recordingInbox();
let bench: SlackBench;
let serial = 0;

beforeAll(async () => {
  bench = await slackBench(inbox);
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());
afterEach(() => {
  for (const { name } of bench.wire.faults.list()) bench.wire.faults.set(name, false);
});

const on = (fault: string) => expect(bench.wire.faults.set(fault, true)).toBe(true);
const lit = (fault: string) => bench.wire.faults.list().find(({ name }) => name === fault)?.on;
const says = (text: string) => bench.wire.created().filter((one) => JSON.stringify(one.blocks).includes(text)).length;
const person = () => {
  const { platform, tenant, user } = bench.person;
  return { platform, tenant, user };
};
const channel = () => ({ platform: 'slack' as const, tenant: bench.channel.tenant, channel: bench.channel.id });

async function send(to = person() as Parameters<SlackBench['chat']['send']>[0]) {
  serial += 1;
  const text = `message number ${serial}.`;
  const outcome = await bench.chat.send(to, { card: cardWith(text), key: `key-${serial}` });
  return { outcome, shown: () => says(text) };
}
async function call(method: string, args: object): Promise<{ status: number; wait: string | null; error?: string }> {
  const { apiUrl, botToken } = bench.wire.credentials();
  const response = await fetch(`${apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const body = response.headers.get('content-type')?.includes('json') ? await response.json() : {};
  return { status: response.status, wait: response.headers.get('retry-after'), ...(body as { error?: string }) };
}

const tested = new Set<string>();
const faultTest = (fault: string, name: string, run: () => Promise<void>) => {
  tested.add(fault);
  test(`${fault}: ${name}`, run);
};

describe('the next message', () => {
  const once: [string, string, Partial<Outcome>, number][] = [
    ['throttled', 'is tried again after the wait Slack names', { is: 'again', afterMs: 3_000 }, 0],
    ['server-error', 'may or may not have been shown', { is: 'unknown' }, 0],
    ['server-error-after', 'may or may not have been shown', { is: 'unknown' }, 1],
    ['reset', 'may or may not have been shown', { is: 'unknown' }, 1],
    ['silence', 'may or may not have been shown', { is: 'unknown' }, 1],
  ];
  for (const [fault, what, outcome, copies] of once) {
    faultTest(fault, `${what}; the one after it goes through`, async () => {
      on(fault);
      expect(lit(fault)).toBe(1);
      const first = await send();
      expect(first.outcome).toMatchObject(outcome);
      expect(first.shown()).toBe(copies);
      expect(lit(fault)).toBe(0);
      const second = await send();
      expect(second.outcome.is).toBe('sent');
      expect(second.shown()).toBe(1);
    });
  }

  faultTest('edit-refused', 'a replacement that Slack refuses changes nothing, once', async () => {
    const { outcome } = await send();
    if (outcome.is !== 'sent') throw new Error('not sent');
    on('edit-refused');
    const replace = (text: string) => bench.chat.replace(outcome.reference, { card: cardWith(text), key: 'k' });
    expect(await replace('Refused.')).toMatchObject({ is: 'failed', detail: 'edit_window_closed' });
    expect(says('Refused.')).toBe(0);
    expect(await replace('Taken.')).toMatchObject({ is: 'sent' });
    expect(says('Taken.')).toBe(1);
  });

  test('a fault that waits can be taken away again', async () => {
    on('throttled');
    on('throttled');
    on('reset');
    expect([lit('throttled'), lit('reset')]).toEqual([2, 1]);
    bench.wire.faults.set('throttled', false);
    expect([lit('throttled'), lit('reset')]).toEqual([0, 1]);
  });
});

describe('as long as it lasts', () => {
  const refusals: [string, 'person' | 'channel', string][] = [
    ['archived', 'channel', 'archived'],
    ['not-in-channel', 'channel', 'not-in-channel'],
    ['user-disabled', 'person', 'not-found'],
    ['token-revoked', 'person', 'not-authorised'],
    ['missing-scope', 'person', 'not-authorised'],
  ];
  for (const [fault, to, code] of refusals) {
    faultTest(fault, `a message to a ${to} fails with "${code}" each time, and goes through afterwards`, async () => {
      const where = to === 'person' ? person() : channel();
      on(fault);
      for (let times = 0; times < 2; times += 1) {
        const { outcome, shown } = await send(where);
        expect(outcome).toMatchObject({ is: 'failed', code });
        expect(shown()).toBe(0);
      }
      bench.wire.faults.set(fault, false);
      expect((await send(where)).outcome.is).toBe('sent');
    });
  }

  test('an archived channel says nothing about a person, and a person nothing about a channel', async () => {
    on('archived');
    expect((await send(person())).outcome.is).toBe('sent');
    bench.wire.faults.set('archived', false);
    on('user-disabled');
    expect((await send(channel())).outcome.is).toBe('sent');
  });

  test('a missing scope is named, beside what the token has', async () => {
    on('missing-scope');
    expect(await call('chat.postMessage', { channel: bench.channel.id, text: 'x' })).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: expect.any(String),
    });
  });

  faultTest('repeated-events', 'an event that comes twice is one command', async () => {
    on('repeated-events');
    await bench.wire.say(bench.person.user, 'hjälp');
    await vi.waitFor(() => expect(inbox.commands.length).toBeGreaterThan(0));
    expect(new Set(inbox.commands.map(({ event }) => event)).size).toBe(1);
  });

  test('repeated-events: the second is the first, with the number of the try and the reason', async () => {
    const came: { number: unknown; reason: unknown; body: string }[] = [];
    const bot = express().post('/slack/events', express.text({ type: () => true }), (request, response) => {
      const { 'x-slack-retry-num': number, 'x-slack-retry-reason': reason } = request.headers;
      came.push({ number, reason, body: request.body });
      response.end();
    });
    const server = bot.listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    const { port } = server.address() as { port: number };
    const wire = createSlackWire({
      baseUrl: 'http://127.0.0.1:1/slack',
      botUrl: () => `http://127.0.0.1:${port}`,
      now: () => Temporal.Now.instant(),
      changed: () => {},
    });
    wire.faults.set('repeated-events', true);
    await wire.setDirectory({ people: [bench.person], channels: [] });
    server.closeAllConnections();
    server.close();
    expect(came.map(({ number, reason }) => [number, reason])).toEqual([
      [undefined, undefined],
      ['1', 'http_timeout'],
    ]);
    expect(came[1]?.body).toBe(came[0]?.body);
  });

  async function pressable(data: Record<string, string> = {}) {
    const card = cardWith('Press me', [{ verb: 'x.y', title: 'Go', data: { ref: 'r', ...data } }]);
    const sent = await bench.chat.send(person(), { card, key: `press-${serial++}` });
    if (sent.is !== 'sent') throw new Error('not sent');
    return { message: sent.reference.message };
  }

  faultTest('expired-triggers', 'no modal opens, and the person is told in private', async () => {
    const target = await pressable({ dialog: '1' });
    inbox.answer({ do: 'show', card: cardWith('A page') });
    on('expired-triggers');
    const { notice } = await bench.wire.press(bench.person.user, target, { verb: 'x.y' });
    expect(bench.wire.dialog(bench.person.user)).toBeNull();
    expect(notice).toMatch(/\p{L}{3}/u);
  });

  faultTest('stale-views', 'a modal that changed meanwhile is left as the person has it', async () => {
    const target = await pressable({ dialog: '1' });
    const { user } = bench.person;
    const page = (text: string) => cardWith(text, [{ verb: 'page.turn', title: 'Turn', data: { ref: 'r' } }]);
    inbox.answer({ do: 'show', card: page('First page') });
    await bench.wire.press(user, target, { verb: 'x.y' });
    const dialog = bench.wire.dialog(user)?.id ?? '';
    inbox.answer({ do: 'show', card: page('Second page') });
    on('stale-views');
    await bench.wire.press(user, { dialog }, { verb: 'page.turn' });
    expect(JSON.stringify(bench.wire.dialog(user)?.view)).toContain('First page');
    bench.wire.faults.set('stale-views', false);
    await bench.wire.press(user, { dialog }, { verb: 'page.turn' });
    expect(JSON.stringify(bench.wire.dialog(user)?.view)).toContain('Second page');
    bench.wire.closeDialog(user);
  });

  faultTest('used-response-urls', 'a notice finds no way, and nothing is replaced', async () => {
    const target = await pressable();
    inbox.answer({ do: 'notice', text: 'You cannot hear this' });
    on('used-response-urls');
    const before = bench.wire.personal(bench.person.user);
    const result = await bench.wire.press(bench.person.user, target, { verb: 'x.y' });
    expect(result).toMatchObject({ ok: true, notice: null });
    expect(bench.wire.personal(bench.person.user)).toEqual(before);
  });

  faultTest(
    'rates',
    'one message a second and channel after a short burst, and the adapter is told how long',
    async () => {
      on('rates');
      const outcomes: Outcome[] = [];
      for (let times = 0; times < 7; times += 1) outcomes.push((await send(channel())).outcome);
      expect(outcomes.slice(0, 5).map(({ is }) => is)).toEqual(Array(5).fill('sent'));
      const refused = outcomes.find(({ is }) => is === 'again');
      expect(refused).toMatchObject({ is: 'again', afterMs: 1_000 });
      expect((await send(person())).outcome.is).toBe('sent');
    },
  );

  test('rates: 429 with Retry-After, by the tier of each method', async () => {
    on('rates');
    const answers = await Promise.all(Array.from({ length: 40 }, () => call('users.list', {})));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBe(20);
    expect(refused.every(({ wait, error }) => Number(wait) >= 1 && error === 'ratelimited')).toBe(true);
    expect((await call('users.info', { user: bench.person.user })).status).toBe(200);
  });
});

describe('rates by the clock', () => {
  test('a bucket fills with time, never above its burst', () => {
    let now = 0;
    const limits = rates(() => now);
    limits.on = true;
    const post = () => limits.wait('chat.postMessage', 'C1');
    const burst = () => {
      let passed = 0;
      while (post() === 0) passed += 1;
      return passed;
    };
    expect(burst()).toBe(5);
    expect(post()).toBe(1);
    now = 2_000;
    expect(burst()).toBe(2);
    now = 3_600_000;
    expect(burst()).toBe(5);
  });

  test('chat.update is of the third tier, fifty a minute, and takes nothing from what is posted', () => {
    let now = 0;
    const limits = rates(() => now);
    limits.on = true;
    const update = () => limits.wait('chat.update', 'C1');
    const passed = Array.from({ length: 60 }, update).filter((wait) => wait === 0).length;
    expect(passed).toBe(50);
    expect(update()).toBe(2);
    expect(limits.wait('chat.postMessage', 'C1')).toBe(0);
    now = 60_000;
    expect(Array.from({ length: 60 }, update).filter((wait) => wait === 0).length).toBe(50);
  });
});

test('a response URL is good for five answers', async () => {
  const urls: string[] = [];
  const bot = express().post('/slack/events', express.urlencoded({ extended: false }), (request, response) => {
    urls.push(JSON.parse(request.body.payload).response_url);
    response.end();
  });
  const [botServer, app] = [bot.listen(0, '127.0.0.1'), express()];
  const apiServer = app.listen(0, '127.0.0.1');
  await Promise.all([botServer, apiServer].map((one) => new Promise((ready) => one.once('listening', ready))));
  const portOf = (server: typeof botServer) => (server.address() as { port: number }).port;
  const wire = createSlackWire({
    baseUrl: `http://127.0.0.1:${portOf(apiServer)}/slack`,
    botUrl: () => `http://127.0.0.1:${portOf(botServer)}`,
    now: () => Temporal.Now.instant(),
    changed: () => {},
  });
  app.use('/slack', wire.router);
  const card = cardWith('Press me', [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]);
  const sent = await bench.chat.send(person(), { card, key: 'five' });
  wire.load(JSON.parse(JSON.stringify(bench.wire.save())));
  const message = sent.is === 'sent' ? sent.reference.message : '';
  await wire.press(bench.person.user, { message }, { verb: 'x.y' });
  const statuses: number[] = [];
  for (let times = 0; times < 6; times += 1) {
    const answer = await fetch(urls[0] ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'again', replace_original: false }),
    });
    statuses.push(answer.status);
  }
  for (const server of [botServer, apiServer]) {
    server.closeAllConnections();
    server.close();
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
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
