/** The sandbox's Teams behaves as the real service is recorded to, also where that is odd. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTeamsWire } from '../../../src/sandbox/teams/wire.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { recordingInbox } from '../../support/inbox.ts';
import { channel, openTeamsBench, other, person, type TeamsBench, tenant } from './bench.ts';

const inbox = recordingInbox();
let bench: TeamsBench;
let connector: string;
let token: string;

beforeAll(async () => {
  bench = await openTeamsBench({ inbox });
  connector = bench.wire.credentials().endpoints.serviceUrl;
  token = bench.wire.issuer.grant().token;
});
afterAll(() => bench.close());

async function ask(method: string, path: string, body?: unknown, authorization = `Bearer ${token}`) {
  const response = await fetch(`${connector}v3/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const activity = { type: 'message', text: 'hi' };
const sendPersonal = async (card = cardWith('A card')) => {
  const outcome = await bench.chat.send({ platform: 'teams', tenant, user: person.user }, { card, key: 'k' });
  if (outcome.is !== 'sent') throw new Error(JSON.stringify(outcome));
  return outcome.reference;
};

describe('the Bot Connector', () => {
  test('a 1:1 conversation is the same one every time, and names no activity even when it shows one', async () => {
    const parameters = { isGroup: false, members: [{ id: person.user }], tenantId: tenant };
    const first = await ask('POST', 'conversations', parameters);
    const before = bench.wire.personal(person.user).length;
    const second = await ask('POST', 'conversations', { ...parameters, activity });
    expect(second).toEqual(first);
    expect(second.body.activityId).toBeUndefined();
    expect(bench.wire.personal(person.user)).toHaveLength(before + 1);
  });

  test('a channel thread needs a first activity and names it', async () => {
    const parameters = { isGroup: true, channelData: { channel: { id: channel.id } } };
    expect(await ask('POST', 'conversations', parameters)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax' } },
    });
    const { status, body } = await ask('POST', 'conversations', { ...parameters, activity });
    expect(status).toBe(201);
    expect(body.id).toBe(`${channel.id};messageid=${body.activityId}`);
  });

  test.each([
    ['two members', { members: [{ id: person.user }, { id: other.user }], tenantId: tenant }, 400],
    ['no tenant', { members: [{ id: person.user }] }, 400],
    ['nobody', { members: [], tenantId: tenant }, 400],
    ['a stranger', { members: [{ id: '29:stranger' }], tenantId: tenant }, 403],
    ['a group chat', { isGroup: true, activity, channelData: { channel: { id: '19:x@thread.v2' } } }, 400],
    ['an unknown channel', { isGroup: true, activity, channelData: { channel: { id: '19:x@thread.tacv2' } } }, 403],
  ])('a conversation with %s is refused', async (_name, parameters, status) => {
    const before = bench.wire.created().length;
    expect((await ask('POST', 'conversations', parameters)).status).toBe(status);
    expect(bench.wire.created()).toHaveLength(before);
  });

  test('lists no conversations, knows no attachments', async () => {
    expect((await ask('GET', 'conversations')).status).toBe(405);
    expect((await ask('GET', 'attachments/1')).status).toBe(404);
  });

  test.each(['', 'Bearer x', 'Bearer 1.2.3', `Bearer 9999999999.x.${'A'.repeat(43)}`])(
    'token "%s" is none',
    async (authorization) => {
      expect((await ask('POST', 'conversations', {}, authorization)).status).toBe(401);
    },
  );

  test('members come in pages of at least fifty', async () => {
    const people = Array.from({ length: 120 }, (_, index) => ({ ...person, user: `p${index}`, key: `p${index}` }));
    const crowd = await openTeamsBench({ inbox, installed: false });
    crowd.wire.setDirectory({ people, channels: [channel] });
    const url = `${crowd.wire.credentials().endpoints.serviceUrl}v3/conversations/${encodeURIComponent(channel.id)}/pagedmembers`;
    const members: unknown[] = [];
    let next = '';
    let pages = 0;
    do {
      const response = await fetch(`${url}?pageSize=1&continuationToken=${next}`, {
        headers: { authorization: `Bearer ${crowd.wire.issuer.grant().token}` },
      });
      const page = (await response.json()) as {
        members: { id: string; aadObjectId: string }[];
        continuationToken?: string;
      };
      members.push(...page.members.map((member) => member.aadObjectId));
      expect(page.members.every((member) => member.id.startsWith('29:') && member.id !== member.aadObjectId)).toBe(
        true,
      );
      next = page.continuationToken ?? '';
      pages += 1;
    } while (next !== '');
    expect([pages, new Set(members).size]).toEqual([3, 120]);
    await crowd.close();
  });

  test("a person's own messages are not the bot's to change", async () => {
    await bench.wire.say(person.user, 'mine');
    const mine = bench.wire
      .personal(person.user)
      .filter((one) => one.from === 'person')
      .at(-1);
    const path = `conversations/${encodeURIComponent(mine?.conversation ?? '')}/activities/${mine?.id}`;
    expect((await ask('PUT', path, activity)).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(404);
  });

  test('a deleted message is gone, but was seen', async () => {
    const { conversation, message } = await sendPersonal(cardWith('Soon gone'));
    const created = bench.wire.created().length;
    const path = `conversations/${encodeURIComponent(conversation)}/activities/${message}`;
    expect((await ask('DELETE', path)).status).toBe(200);
    expect(bench.wire.personal(person.user).some((one) => one.id === message)).toBe(false);
    expect(bench.wire.created()).toHaveLength(created);
  });
});

describe('the login service', () => {
  const login = (form: Record<string, string>) =>
    fetch(`${bench.wire.credentials().endpoints.loginUrl}/botframework.com/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
  const right = () => ({
    grant_type: 'client_credentials',
    client_id: bench.wire.credentials().appId,
    client_secret: bench.wire.credentials().credentials.password,
    scope: 'https://api.botframework.com/.default',
  });
  test('gives a token for the right secret only', async () => {
    expect((await login(right())).status).toBe(200);
    for (const wrong of [{ client_secret: 'x' }, { client_id: 'x' }, { scope: 'x' }, { grant_type: 'password' }]) {
      const response = await login({ ...right(), ...wrong });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.json()).toHaveProperty('error');
    }
    expect((await login({})).status).toBe(400);
  });
});

describe('the client', () => {
  const page = {
    ...cardWith('A page'),
    body: [
      { type: 'TextBlock', text: 'A page' },
      {
        type: 'Container',
        items: [
          { type: 'Input.Text', id: 'why', label: 'Why', isRequired: true, errorMessage: 'Say why', regex: '^.{3,}$' },
          { type: 'Input.Toggle', id: 'sure', title: 'Sure' },
          { type: 'Input.Number', id: 'count', label: 'How many', min: 1, max: 9, errorMessage: 'One to nine' },
          { type: 'Input.ChoiceSet', id: 'many', isMultiSelect: true, value: 'a,b', choices: [] },
        ],
      },
      {
        type: 'ActionSet',
        actions: [{ type: 'Action.Execute', verb: 'save', title: 'Save', data: { ref: 'r', n: 2 } }],
      },
    ],
    actions: [
      { type: 'Action.Execute', verb: 'skip', title: 'Skip', associatedInputs: 'none', data: { ref: 'r' } },
      { type: 'Action.OpenUrl', title: 'Read', url: 'https://example.org' },
      { type: 'Action.Execute', verb: 'off', title: 'Off', isEnabled: false },
    ],
  };

  test('finds buttons wherever they stand, and only those that do something here', async () => {
    const { message } = await sendPersonal(page);
    expect(bench.wire.buttons(person.user, { message })).toEqual([
      { label: 'Save', verb: 'save', values: { ref: 'r', n: '2' } },
      { label: 'Skip', verb: 'skip', values: { ref: 'r' } },
    ]);
  });

  test('holds back what is missing or wrong, beside its input, and asks the bot nothing', async () => {
    const { message } = await sendPersonal(page);
    inbox.clear();
    const missing = await bench.wire.press(person.user, { message }, { verb: 'save' });
    expect(missing).toEqual({ ok: false, status: 0, notice: null, errors: { why: 'Say why' } });
    const wrong = await bench.wire.press(person.user, { message }, { verb: 'save' }, { why: 'no', count: '12' });
    expect(wrong.errors).toEqual({ why: 'Say why', count: 'One to nine' });
    expect(inbox.submissions).toEqual([]);
  });

  test('sends what stands in the inputs, what was typed, and nothing the card does not have', async () => {
    const { message } = await sendPersonal(page);
    inbox.clear();
    await bench.wire.press(person.user, { message }, { verb: 'save' }, { why: 'because', foreign: 'x' });
    expect(inbox.submissions[0]?.values).toEqual({
      ref: 'r',
      n: '2',
      why: 'because',
      sure: 'false',
      count: '',
      many: 'a,b',
    });
  });

  test('a button without inputs needs none', async () => {
    const { message } = await sendPersonal(page);
    inbox.clear();
    expect((await bench.wire.press(person.user, { message }, { verb: 'skip' })).ok).toBe(true);
    expect(inbox.submissions[0]?.values).toEqual({ ref: 'r' });
  });

  test('when the bot is away the press fails, and nobody throws', async () => {
    const { message } = await sendPersonal(page);
    const lonely = createTeamsWire({
      baseUrl: 'http://127.0.0.1:1/teams',
      botUrl: () => 'http://127.0.0.1:1',
      now: () => Temporal.Now.instant(),
      changed: () => undefined,
    });
    lonely.load(JSON.parse(JSON.stringify(bench.wire.save())));
    await lonely.setDirectory({ people: [person], channels: [] });
    const result = await lonely.press(person.user, { message }, { verb: 'skip' });
    expect(result).toEqual({ ok: false, status: 0, notice: null, errors: {} });
    await lonely.say(person.user, 'anybody?');
    expect(lonely.personal(person.user).at(-1)).toMatchObject({ from: 'person', text: 'anybody?' });
  });
});

test('saved and loaded, everything is there: messages, keys, and who has the app', async () => {
  await sendPersonal(cardWith('Kept'));
  const saved = JSON.parse(JSON.stringify(bench.wire.save()));
  const delivered: string[] = [];
  const again = createTeamsWire({
    baseUrl: 'http://127.0.0.1:1/teams',
    botUrl: () => {
      delivered.push('asked');
      return 'http://127.0.0.1:1';
    },
    now: () => Temporal.Now.instant(),
    changed: () => undefined,
  });
  again.load(saved);
  await again.setDirectory({ people: [person, other], channels: [channel] });
  expect(delivered).toEqual([]);
  expect(again.personal(person.user)).toEqual(bench.wire.personal(person.user));
  expect(again.created()).toEqual(bench.wire.created());
  expect(again.issuer.keys()).toEqual(bench.wire.issuer.keys());
  expect(again.issuer.granted(`Bearer ${token}`)).toBe(true);
  expect(again.credentials().appId).toBe(bench.wire.credentials().appId);
});
