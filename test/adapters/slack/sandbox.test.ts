/** The sandbox's Slack against Slack's own rules, driven by the official client. */

import { WebClient } from '@slack/web-api';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkLogger, silent } from '../../../src/adapters/slack/log.ts';
import { triggers } from '../../../src/sandbox/slack/triggers.ts';
import { createSlackWire } from '../../../src/sandbox/slack/wire.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { recordingInbox } from '../../support/inbox.ts';
import { type SlackBench, slackBench } from './bench.ts';

const inbox = recordingInbox();
let bench: SlackBench;
let slack: WebClient;

beforeAll(async () => {
  bench = await slackBench(inbox);
  slack = client(bench.wire.credentials().botToken);
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());

const client = (token: string) =>
  new WebClient(token, {
    slackApiUrl: bench.wire.credentials().apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: sdkLogger(silent),
  });
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );
const modal = (text = 'x') => ({
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'T' },
  blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text } }],
});

describe('the Web API', () => {
  test('a token is asked for and checked', async () => {
    expect(await refused(client('xoxb-wrong').auth.test())).toBe('invalid_auth');
    const response = await fetch(`${bench.wire.credentials().apiUrl}auth.test`, { method: 'POST' });
    expect(await response.json()).toEqual({ ok: false, error: 'not_authed' });
  });

  test('who, where, and what is not there', async () => {
    expect(await slack.auth.test()).toMatchObject({ team_id: bench.person.tenant, user_id: 'U0RONDBOT' });
    expect((await slack.users.info({ user: bench.person.user })).user?.real_name).toBe('karin');
    expect((await slack.users.lookupByEmail({ email: 'omar@example.com' })).user?.id).toBe(bench.other.user);
    expect(await refused(slack.users.lookupByEmail({ email: 'nobody@example.com' }))).toBe('users_not_found');
    expect((await slack.conversations.members({ channel: bench.channel.id })).members).toContain(bench.person.user);
    expect(await refused(slack.chat.postMessage({ channel: 'C0NONE', text: 'x' }))).toBe('channel_not_found');
    expect(await refused(slack.chat.update({ channel: bench.channel.id, ts: '1.000001', text: 'x' }))).toBe(
      'message_not_found',
    );
    expect(await refused(slack.apiCall('chat.nonsense'))).toBe('unknown_method');
  });

  test('stamps are unique and grow while the clock stands still', async () => {
    const wire = createSlackWire({
      baseUrl: 'http://127.0.0.1:1/slack',
      botUrl: () => 'http://127.0.0.1:1',
      now: () => Temporal.Instant.from('2022-10-12T07:00:00Z'),
      changed: () => {},
    });
    const app = express().use('/slack', wire.router);
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    wire.load({ ...(wire.save() as object), channels: [{ ...bench.channel, archived: false, botIsIn: true }] });
    const { port } = server.address() as { port: number };
    const frozen = new WebClient(wire.credentials().botToken, { slackApiUrl: `http://127.0.0.1:${port}/slack/api/` });
    const stamps: string[] = [];
    for (let n = 0; n < 3; n++)
      stamps.push((await frozen.chat.postMessage({ channel: bench.channel.id, text: 'x' })).ts ?? '');
    server.closeAllConnections();
    server.close();
    expect(stamps).toEqual(['1665558000.000000', '1665558000.000001', '1665558000.000002']);
  });

  test('metadata is kept, and shown only when it is asked for', async () => {
    const metadata = { event_type: 'e', event_payload: { key: 'k-1' } };
    const { ts, channel } = await slack.chat.postMessage({ channel: bench.person.user, text: 'x', metadata });
    await slack.chat.update({ channel: channel ?? '', ts: ts ?? '', text: 'y' });
    const history = (include_all_metadata: boolean) =>
      slack.conversations.history({
        channel: channel ?? '',
        latest: ts ?? '',
        inclusive: true,
        limit: 1,
        include_all_metadata,
      });
    expect((await history(true)).messages?.[0]).toMatchObject({ text: 'y', metadata });
    expect((await history(false)).messages?.[0]?.metadata).toBeUndefined();
  });

  test('blocks Slack would not take are named by a pointer', async () => {
    const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } }];
    const said = await slack.chat
      .postMessage({ channel: bench.channel.id, text: 'x', blocks })
      .catch((error) => error.data);
    expect(said).toMatchObject({
      error: 'invalid_blocks',
      errors: ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    });
  });

  test('what is saved can be loaded, and nobody is installed twice', async () => {
    await slack.chat.postMessage({ channel: bench.channel.id, text: 'kept' });
    const other = createSlackWire({
      baseUrl: 'http://127.0.0.1:1/slack',
      botUrl: () => 'http://127.0.0.1:1',
      now: () => Temporal.Now.instant(),
      changed: () => {},
    });
    other.load(JSON.parse(JSON.stringify(bench.wire.save())));
    expect(other.channel(bench.channel.id)).toEqual(bench.wire.channel(bench.channel.id));
    expect(other.credentials().botToken).toBe(bench.wire.credentials().botToken);
    // The bot at the other end is not there: nobody waits for it, since there is nothing to tell it.
    await other.setDirectory({ people: [bench.person, bench.other], channels: [bench.channel] });
    other.load({ nonsense: true });
    expect(other.personal(bench.person.user)).toEqual(bench.wire.personal(bench.person.user));
  });
});

describe('triggers and views', () => {
  test('a trigger lives three seconds and opens once', () => {
    let now = 0;
    const made = triggers(() => now);
    const trigger = { user: 'U1', from: null, view: null };
    const [first, second, third] = [made.make(trigger), made.make(trigger), made.make(trigger)];
    expect(made.use(first)).toMatchObject({ user: 'U1' });
    expect(made.use(first)).toBe('exchanged_trigger_id');
    now = 2_999;
    expect(made.use(second)).toMatchObject({ user: 'U1' });
    now = 3_001;
    expect(made.use(third)).toBe('expired_trigger_id');
    expect(made.use('made-up')).toBe('invalid_trigger_id');
  });

  test('three views in a stack, a hash for each, and no update over a newer one', async () => {
    const { platform, tenant, user } = bench.person;
    const seen: string[] = [];
    const bot = express();
    bot.post('/slack/events', express.urlencoded({ extended: false }), (request, response) => {
      seen.push(JSON.parse(request.body.payload).trigger_id);
      response.end();
    });
    const server = bot.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const wire = createSlackWire({
      baseUrl: bench.wire.credentials().apiUrl.replace('/api/', ''),
      botUrl: () => `http://127.0.0.1:${port}`,
      now: () => Temporal.Now.instant(),
      changed: () => {},
    });
    wire.load(JSON.parse(JSON.stringify(bench.wire.save())));
    const api = express().use('/slack', wire.router).listen(0, '127.0.0.1');
    await new Promise((resolve) => api.once('listening', resolve));
    const own = new WebClient(wire.credentials().botToken, {
      slackApiUrl: `http://127.0.0.1:${(api.address() as { port: number }).port}/slack/api/`,
    });
    const button = cardWith('Press', [{ verb: 'x', title: 'X' }]);
    const sent = await bench.chat.send({ platform, tenant, user }, { card: button, key: 'stack' });
    wire.load(JSON.parse(JSON.stringify(bench.wire.save())));
    const message = sent.is === 'sent' ? sent.reference.message : '';
    const trigger = async () => {
      await wire.press(user, { message }, { verb: 'x' });
      return seen.at(-1) ?? '';
    };
    const opened = await own.views.open({ trigger_id: await trigger(), view: modal('one') });
    expect(await refused(own.views.open({ trigger_id: seen.at(-1) ?? '', view: modal() }))).toBe(
      'exchanged_trigger_id',
    );
    const { id = '', hash = '' } = opened.view ?? {};
    const updated = await own.views.update({ view_id: id, hash, view: modal('two') });
    expect(updated.view?.hash).not.toBe(hash);
    expect(await refused(own.views.update({ view_id: id, hash, view: modal('three') }))).toBe('hash_conflict');
    await own.views.push({ trigger_id: await trigger(), view: modal() });
    await own.views.push({ trigger_id: await trigger(), view: modal() });
    expect(await refused(own.views.push({ trigger_id: await trigger(), view: modal() }))).toBe('push_limit_reached');
    expect(await refused(own.views.update({ view_id: 'V0', view: modal() }))).toBe('not_found');
    for (const one of [server, api]) {
      one.closeAllConnections();
      one.close();
    }
  }, 20_000);
});

describe('events', () => {
  test('are repeated with x-slack-retry-num until they are taken', async () => {
    const came: { retry: string | undefined; reason: string | undefined; signature: unknown }[] = [];
    const bot = express();
    bot.post('/slack/events', (request, response) => {
      const { headers } = request;
      came.push({
        retry: headers['x-slack-retry-num'] as string | undefined,
        reason: headers['x-slack-retry-reason'] as string | undefined,
        signature: headers['x-slack-signature'],
      });
      response.status(came.length < 3 ? 500 : 200).end();
    });
    const server = bot.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const wire = createSlackWire({
      baseUrl: 'http://127.0.0.1:1/slack',
      botUrl: () => `http://127.0.0.1:${port}`,
      now: () => Temporal.Now.instant(),
      changed: () => {},
    });
    await wire.setDirectory({ people: [bench.person], channels: [] });
    server.closeAllConnections();
    server.close();
    expect(came.map(({ retry }) => retry)).toEqual([undefined, '1', '2']);
    expect(came.map(({ reason }) => reason)).toEqual([undefined, 'http_error', 'http_error']);
  });

  test('being there, in the words of the product', async () => {
    const { wire } = bench;
    await wire.setDirectory({
      people: [{ ...bench.person, user: 'U0NEW', key: 'new' }],
      channels: [{ ...bench.channel, name: 'nytt' }],
    });
    await wire.switches.archive(bench.channel.id);
    await wire.switches.uninstall();
    const { tenant } = bench.person;
    const about = { platform: 'slack', tenant };
    expect(inbox.presences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...about, what: 'installed', who: { ...about, user: 'U0NEW' }, channel: null }),
        expect.objectContaining({
          ...about,
          what: 'channel-renamed',
          channel: bench.channel.id,
          name: 'nytt',
          who: null,
        }),
        expect.objectContaining({ ...about, what: 'channel-deleted', channel: bench.channel.id }),
        expect.objectContaining({ ...about, what: 'uninstalled', who: null, channel: null }),
      ]),
    );
    // An app that leaves takes its token along: Slack tells both.
    expect(inbox.presences).toHaveLength(5);
    expect(new Set(inbox.presences.map((one) => one.event)).size).toBe(5);
    const contact = await bench.contacts.get({ ...about, platform: 'slack', id: 'U0NEW' });
    expect(contact).toMatchObject({ conversation: 'DU0NEW', blocked: null });
  });
});
