import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSlack } from '../../../src/adapters/slack/slack.ts';
import type { Address, Outcome } from '../../../src/ports/chat.ts';
import type { WireFault } from '../../../src/sandbox/wire.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { memoryContacts } from '../../support/contacts.ts';
import { recordingInbox } from '../../support/inbox.ts';
import { type SlackBench, slackBench } from './bench.ts';

let bench: SlackBench;
let to: Address;
let inChannel: Address;

beforeAll(async () => {
  bench = await slackBench(recordingInbox(), { timeoutMs: 2_000 });
  const { platform, tenant, user } = bench.person;
  to = { platform, tenant, user };
  inChannel = { platform, tenant, channel: bench.channel.id };
});
afterAll(() => bench.close());

let serial = 0;
const fresh = () => `round-1:karin:${++serial}`;
const since = () => Temporal.Now.instant();
const posts = (key: string) =>
  bench.wire
    .calls()
    .filter(({ method, args }) => method === 'chat.postMessage' && JSON.stringify(args.metadata).includes(`"${key}"`));
const status = (
  code: number,
  more: { body?: unknown; headers?: Record<string, string>; after?: boolean } = {},
): WireFault => ({
  on: 'send',
  how: 'status',
  status: code,
  after: false,
  ...more,
});
const error = (code: string) => status(200, { body: { ok: false, error: code } });

describe('every way a send can end', () => {
  const table: [what: string, fault: WireFault, outcome: Partial<Outcome>][] = [
    ['429 with Retry-After', status(429, { headers: { 'retry-after': '3' } }), { is: 'again', afterMs: 3_000 }],
    ['429 with Retry-After 0', status(429, { headers: { 'retry-after': '0' } }), { is: 'again', afterMs: 1_000 }],
    ['429 without Retry-After', status(429), { is: 'again', afterMs: 30_000 }],
    [
      '429 with a date',
      status(429, { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }),
      { is: 'again', afterMs: 30_000 },
    ],
    ['ratelimited in a 200', error('ratelimited'), { is: 'again', afterMs: 30_000 }],
    ['a body Slack did not get whole', error('request_timeout'), { is: 'again' }],
    ['500', status(500), { is: 'unknown' }],
    ['502', status(502), { is: 'unknown' }],
    ['503', status(503), { is: 'unknown' }],
    ['504', status(504), { is: 'unknown' }],
    ['408', status(408), { is: 'unknown' }],
    ['a reset', { on: 'send', how: 'reset', after: false }, { is: 'unknown' }],
    ['silence', { on: 'send', how: 'hang', after: false }, { is: 'unknown' }],
    ['internal_error', error('internal_error'), { is: 'unknown' }],
    ['fatal_error', error('fatal_error'), { is: 'unknown' }],
    ["a proxy's page with status 200", status(200), { is: 'unknown' }],
    ['channel_not_found', error('channel_not_found'), { is: 'failed', code: 'not-found' }],
    ['account_inactive', error('account_inactive'), { is: 'failed', code: 'not-authorised' }],
    ['not_in_channel', error('not_in_channel'), { is: 'failed', code: 'not-in-channel' }],
    ['is_archived', error('is_archived'), { is: 'failed', code: 'archived' }],
    ['messages_tab_disabled', error('messages_tab_disabled'), { is: 'failed', code: 'disabled-by-admin' }],
    ['token_revoked', error('token_revoked'), { is: 'failed', code: 'not-authorised' }],
    ['missing_scope', error('missing_scope'), { is: 'failed', code: 'not-authorised' }],
    ['invalid_blocks', error('invalid_blocks'), { is: 'failed', code: 'too-big' }],
    ['msg_too_long', error('msg_too_long'), { is: 'failed', code: 'too-big' }],
    ['413', status(413), { is: 'failed', code: 'too-big' }],
    ['an error of tomorrow', error('a_new_reason'), { is: 'failed', code: 'refused' }],
  ];
  test.each(table)('%s', async (_what, fault, outcome) => {
    const key = fresh();
    bench.wire.fault(fault);
    expect(await bench.chat.send(to, { card: cardWith('Hej'), key })).toMatchObject(outcome);
    expect(posts(key)).toHaveLength(1);
  });

  test('sent: one request, with a fallback text and the key in its metadata', async () => {
    const key = fresh();
    const outcome = await bench.chat.send(to, { card: cardWith('Hej <!channel> *fet*'), key });
    expect(outcome).toMatchObject({ is: 'sent', reference: { platform: 'slack', conversation: 'DU0KARIN' } });
    const [post, ...more] = posts(key);
    expect(more).toEqual([]);
    expect(post?.args).toMatchObject({
      channel: 'U0KARIN',
      metadata: { event_type: 'rond_delivery', event_payload: { key } },
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
    expect(post?.args.text).toBe('Hej &lt;!channel&gt; *fet*');
    expect(JSON.stringify(post?.args.blocks)).not.toContain('<!channel>');
  });

  test('the conversation with a person is kept', async () => {
    await bench.chat.send(to, { card: cardWith('Hej'), key: fresh() });
    const contact = await bench.contacts.get({ platform: 'slack', tenant: bench.person.tenant, id: bench.person.user });
    expect(contact?.conversation).toBe('DU0KARIN');
  });

  test('nobody listens: never connected, may be repeated', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    expect(await elsewhere(port).send(to, { card: cardWith('Hej'), key: fresh() })).toMatchObject({ is: 'again' });
  });

  test('Slack does not say whose the token is: nothing was shown, may be repeated', async () => {
    const sick: Server = createServer((_request, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => sick.listen(0, '127.0.0.1', resolve));
    const outcome = await elsewhere((sick.address() as AddressInfo).port).send(to, {
      card: cardWith('Hej'),
      key: fresh(),
    });
    await new Promise((resolve) => sick.close(resolve));
    expect(outcome).toMatchObject({ is: 'again' });
  });

  test("another workspace's person is never looked for in ours", async () => {
    const key = fresh();
    const outcome = await bench.chat.send({ ...to, tenant: 'T0OTHER' }, { card: cardWith('Hej'), key });
    expect(outcome).toMatchObject({ is: 'failed', code: 'not-installed' });
    expect(posts(key)).toEqual([]);
  });

  const elsewhere = (port: number) =>
    createSlack({
      botToken: 'xoxb-x',
      signingSecret: 'x',
      apiUrl: `http://127.0.0.1:${port}/api/`,
      inbox: recordingInbox(),
      contacts: memoryContacts(),
      now: since,
    });
});

describe('what the workspace itself says', () => {
  test('archived, not invited, deactivated', async () => {
    const message = () => ({ card: cardWith('Hej'), key: fresh() });
    bench.wire.switches.membership(bench.channel.id, false);
    expect(await bench.chat.send(inChannel, message())).toMatchObject({ is: 'failed', code: 'not-in-channel' });
    bench.wire.switches.membership(bench.channel.id, true);
    bench.wire.switches.active(bench.other.user, false);
    const { platform, tenant, user } = bench.other;
    expect(await bench.chat.send({ platform, tenant, user }, message())).toMatchObject({
      is: 'failed',
      code: 'not-found',
    });
    bench.wire.switches.active(bench.other.user, true);
    expect(await bench.chat.send(inChannel, message())).toMatchObject({ is: 'sent' });
  });

  test('above the published rate: again, after what Slack names', async () => {
    bench.wire.switches.rates(true);
    const outcomes: Outcome[] = [];
    for (let n = 0; n < 8; n++)
      outcomes.push(await bench.chat.send(inChannel, { card: cardWith('Hej'), key: fresh() }));
    bench.wire.switches.rates(false);
    expect(outcomes.slice(0, 5).every((outcome) => outcome.is === 'sent')).toBe(true);
    expect(outcomes.at(-1)).toMatchObject({ is: 'again', afterMs: 1_000 });
  });
});

describe('replace', () => {
  const gone: [code: string, outcome: Partial<Outcome>][] = [
    ['message_not_found', { is: 'failed', code: 'not-found' }],
    ['edit_window_closed', { is: 'failed', code: 'refused' }],
    ['cant_update_message', { is: 'failed', code: 'refused' }],
  ];
  test.each(gone)('%s', async (code, outcome) => {
    bench.wire.fault({ on: 'replace', how: 'status', status: 200, after: false, body: { ok: false, error: code } });
    const what = {
      platform: 'slack',
      tenant: bench.person.tenant,
      conversation: 'DU0KARIN',
      message: '1.000001',
    } as const;
    expect(await bench.chat.replace(what, { card: cardWith('Hej'), key: fresh() })).toMatchObject(outcome);
  });

  test('a replaced message keeps the key it was sent with', async () => {
    const key = fresh();
    const sent = await bench.chat.send(to, { card: cardWith('Before'), key });
    if (sent.is !== 'sent') throw new Error(JSON.stringify(sent));
    await bench.chat.replace(sent.reference, { card: cardWith('After'), key: 'another' });
    expect(await bench.chat.recall(to, key, since())).toEqual({ is: 'found', reference: sent.reference });
  });
});

describe('recall', () => {
  const lost: [what: string, fault: WireFault][] = [
    ['a reset', { on: 'send', how: 'reset', after: true }],
    ['silence', { on: 'send', how: 'hang', after: true }],
    ['a 503', status(503, { after: true })],
  ];
  describe.each(['person', 'channel'] as const)('in the conversation with a %s', (place) => {
    test.each(lost)('finds the message whose answer was lost by %s', async (_what, fault) => {
      const address = place === 'person' ? to : inChannel;
      const [key, at] = [fresh(), since()];
      bench.wire.fault(fault);
      expect(await bench.chat.send(address, { card: cardWith(key), key })).toMatchObject({ is: 'unknown' });
      const recalled = await bench.chat.recall(address, key, at);
      const shown = bench.wire.created().filter((one) => one.text === key);
      expect(shown).toHaveLength(1);
      expect(recalled).toMatchObject({
        is: 'found',
        reference: { message: shown[0]?.id, conversation: shown[0]?.conversation },
      });
    });
  });

  test('says absent only after two readings', async () => {
    const key = fresh();
    bench.wire.fault({ on: 'send', how: 'reset', after: false });
    expect(await bench.chat.send(to, { card: cardWith(key), key })).toMatchObject({ is: 'unknown' });
    const before = bench.wire.calls().length;
    expect(await bench.chat.recall(to, key, since())).toEqual({ is: 'absent' });
    const read = bench.wire.calls().slice(before);
    expect(read.map((call) => call.method)).toEqual(['conversations.history', 'conversations.history']);
  });

  test('does not look further back than a minute before', async () => {
    const key = fresh();
    await bench.chat.send(to, { card: cardWith(key), key });
    expect(await bench.chat.recall(to, key, since().add({ seconds: 30 }))).toMatchObject({ is: 'found' });
    expect(await bench.chat.recall(to, key, since().add({ seconds: 90 }))).toEqual({ is: 'absent' });
  });

  test('reads on when there are more messages than one page holds', async () => {
    const [key, at] = [fresh(), since()];
    await bench.chat.send(inChannel, { card: cardWith(key), key });
    for (let n = 0; n < 205; n++) await bench.chat.send(inChannel, { card: cardWith('more'), key: fresh() });
    expect(await bench.chat.recall(inChannel, key, at)).toMatchObject({ is: 'found' });
  });

  test('opens the conversation of a person nothing was kept about', async () => {
    const [key, at] = [fresh(), since()];
    await bench.chat.send(to, { card: cardWith(key), key });
    bench.contacts.all.clear();
    expect(await bench.chat.recall(to, key, at)).toMatchObject({ is: 'found' });
  });

  test('cannot tell when the conversation cannot be read', async () => {
    expect(await bench.chat.recall({ ...to, user: 'U0NOBODY' }, 'k', since())).toEqual({ is: 'cannot-tell' });
    bench.wire.switches.membership(bench.channel.id, false);
    expect(await bench.chat.recall(inChannel, 'k', since())).toEqual({ is: 'cannot-tell' });
    bench.wire.switches.membership(bench.channel.id, true);
  });
});
