import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { botScopes } from '../../../src/adapters/slack/manifest.ts';
import { createSlack } from '../../../src/adapters/slack/slack.ts';
import type { ChatPlatform } from '../../../src/ports/chat.ts';
import type { Installations } from '../../../src/ports/installations.ts';
import { createSlackWire, type SlackWire } from '../../../src/sandbox/slack/wire.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { memoryContacts } from '../../support/contacts.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { type RecordingInbox, recordingInbox } from '../../support/inbox.ts';
import { event, post } from './raw.ts';

/** One app in two workspaces, as Slack would have it: one signing secret, one client, a token each. */
let wires: { one: SlackWire; two: SlackWire };
let inbox: RecordingInbox;
let chat: ChatPlatform;
let bot: string;
let sandbox: string;
let database: TestDatabase;
let installations: Installations;
const servers: Server[] = [];
const logged: string[] = [];
const teams = { one: 'T0ONE', two: 'T0TWO' };

beforeAll(async () => {
  database = await testDatabase();
  installations = database.installations([randomBytes(32)]);
  const [slackApp, botApp] = [express(), express()];
  sandbox = await listen(slackApp);
  bot = await listen(botApp);
  const shared = { signingSecret: randomBytes(16).toString('hex'), clientSecret: randomBytes(16).toString('hex') };
  const wire = (path: string) =>
    createSlackWire(
      { baseUrl: `${sandbox}/${path}`, botUrl: () => bot, now: () => Temporal.Now.instant(), changed: () => {} },
      shared,
    );
  wires = { one: wire('one'), two: wire('two') };
  // Slack finds the workspace by the token, or by the code that is to become one.
  slackApp.use('/slack', express.urlencoded({ extended: false }), (request, response, next) => {
    const secret = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? request.body?.code;
    const wire = wires.two.access.knows(secret) ? wires.two : wires.one;
    wire.router(request, response, next);
  });
  slackApp.use('/one', wires.one.router);
  slackApp.use('/two', wires.two.router);

  inbox = recordingInbox();
  const note = (data: object, message: string) => void logged.push(`${message} ${JSON.stringify(data)}`);
  chat = createSlack({
    botToken: null,
    signingSecret: shared.signingSecret,
    oauth: {
      clientId: wires.one.access.clientId,
      clientSecret: shared.clientSecret,
      stateSecret: 'a state secret of the test',
      publicUrl: bot,
      scopes: botScopes,
      installations,
    },
    apiUrl: `${sandbox}/slack/api/`,
    inbox,
    contacts: memoryContacts(),
    now: () => Temporal.Now.instant(),
    log: { debug: note, warn: note, error: note },
  });
  chat.mount(botApp);
});
afterAll(async () => {
  await chat.close();
  for (const wire of Object.values(wires)) wire.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await database.drop();
});
beforeEach(() => {
  inbox.clear();
  inbox.answer({ do: 'notice', text: 'Ja' });
});

async function listen(app: express.Express): Promise<string> {
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const get = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} });

/** A browser goes to /slack/install and on to Slack, where somebody picks the workspace and presses a link. */
async function wayThroughSlack(name: keyof typeof wires, press: 'Allow' | 'Cancel' = 'Allow') {
  const begun = await get(`${bot}/slack/install`);
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const authorize = new URL(begun.headers.get('location') ?? '');
  const page = await (await get(authorize.href.replace('/slack/', `/${name}/`))).text();
  const link = new RegExp(`href="([^"]+)">${press}`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const back = (await get(link)).headers.get('location') ?? '';
  return { begun, cookie, authorize, page, back };
}

async function install(name: keyof typeof wires): Promise<Response> {
  const { back, cookie } = await wayThroughSlack(name);
  return get(back, cookie);
}

async function introduce(name: keyof typeof wires): Promise<void> {
  const person = {
    platform: 'slack' as const,
    tenant: teams[name],
    language: 'sv' as const,
    timeZone: 'Europe/Stockholm',
  };
  await wires[name].setDirectory({
    people: [{ ...person, key: `karin-${name}`, name: 'Karin', user: `U0KARIN${name.toUpperCase()}` }],
    channels: [],
  });
}

/** An event, signed; from so long ago or hence. */
async function tell(team: string, inner: object, when: { minutes: number } = { minutes: 0 }): Promise<number> {
  const at = Math.floor(Temporal.Now.instant().add(when).epochMilliseconds / 1000);
  const body = JSON.stringify({ ...JSON.parse(event(team, inner)), event_time: at });
  const { signingSecret } = wires.one.credentials();
  return (await post(bot, signingSecret, body, { type: 'application/json' })).status;
}

const send = (name: keyof typeof wires, text: string) =>
  chat.send(
    { platform: 'slack', tenant: teams[name], user: `U0KARIN${name.toUpperCase()}` },
    { card: cardWith(text), key: text },
  );
const seenIn = (name: keyof typeof wires, text: string) =>
  wires[name].created().filter((shown) => JSON.stringify(shown.blocks).includes(text)).length;

describe('letting Rond in', () => {
  test('the way to Slack names what is asked for, where to come back to, and a state that a cookie holds', async () => {
    const { begun, authorize, page } = await wayThroughSlack('one');
    expect(begun.status).toBe(302);
    expect(authorize.searchParams.get('scope')?.split(',')).toEqual(botScopes);
    expect(authorize.searchParams.get('redirect_uri')).toBe(`${bot}/slack/oauth_redirect`);
    const state = authorize.searchParams.get('state') ?? '';
    expect(state.length).toBeGreaterThan(20);
    expect(begun.headers.get('set-cookie')).toContain(`=${state}; Secure; HttpOnly`);
    for (const scope of botScopes) expect(page).toContain(scope);
    expect(await installations.all()).toEqual([]);
  });

  test('without the cookie, or with the one of another way, nothing is stored', async () => {
    const [mine, theirs] = [await wayThroughSlack('one'), await wayThroughSlack('one')];
    for (const cookie of ['', theirs.cookie]) {
      const answer = await get(mine.back, cookie);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('Nothing was stored');
    }
    expect(await installations.all()).toEqual([]);
  });

  test('cancelled in Slack: said, and nothing is stored', async () => {
    const { back, cookie } = await wayThroughSlack('one', 'Cancel');
    const answer = await get(back, cookie);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('not allowed in Slack');
    expect(await installations.all()).toEqual([]);
  });

  test('what Slack does not confirm is not stored', async () => {
    const { back, cookie } = await wayThroughSlack('one');
    const forged = new URL(back);
    forged.searchParams.set('code', '"><script>');
    const answer = await get(forged.href, cookie);
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('<script>');
    expect(await installations.all()).toEqual([]);
  });

  test('allowed: the token is kept, sealed, and shown to nobody', async () => {
    const answer = await install('one');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Rond is installed');
    await introduce('one');
    const [kept] = await installations.all();
    expect(kept).toMatchObject({ team: 'T0SANDBOX', enterprise: null, scopes: botScopes });
    const token = kept?.botToken ?? '';
    expect(wires.one.access.knows(token)).toBe(true);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('select * from slack_installation');
    await client.end();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(logged.join('\n')).not.toContain(token);
  });

  test('a code is good once', async () => {
    const { back, cookie } = await wayThroughSlack('two');
    expect((await get(back, cookie)).status).toBe(200);
    expect((await get(back, cookie)).status).toBe(502);
    await installations.remove('T0SANDBOX', Temporal.Now.instant().add({ seconds: 9 }));
  });
});

describe('in two workspaces', () => {
  beforeAll(async () => {
    // A workspace is known by its first people.
    await Promise.all([introduce('one'), introduce('two')]);
    expect((await install('one')).status).toBe(200);
    expect((await install('two')).status).toBe(200);
  });

  test('each is kept by its own id', async () => {
    expect((await installations.all()).map(({ team }) => team)).toEqual([teams.one, teams.two]);
  });

  test("a message goes to its workspace, with that one's token", async () => {
    expect(await send('one', 'För ettan')).toMatchObject({ is: 'sent' });
    expect(await send('two', 'För tvåan')).toMatchObject({ is: 'sent' });
    expect([seenIn('one', 'För ettan'), seenIn('two', 'För ettan')]).toEqual([1, 0]);
    expect([seenIn('one', 'För tvåan'), seenIn('two', 'För tvåan')]).toEqual([0, 1]);
  });

  test('what is said in one is answered there', async () => {
    for (const name of ['one', 'two'] as const) {
      inbox.clear();
      inbox.answer({ do: 'show', card: cardWith(`Svar i ${name}`) });
      await wires[name].say(`U0KARIN${name.toUpperCase()}`, 'plan');
      await vi.waitFor(() => expect(seenIn(name, `Svar i ${name}`)).toBe(1));
      expect(inbox.commands).toMatchObject([{ who: { tenant: teams[name] } }]);
    }
    expect([seenIn('two', 'Svar i one'), seenIn('one', 'Svar i two')]).toEqual([0, 0]);
  });

  test('a workspace that has not let Rond in is told from one that has', async () => {
    const to = { platform: 'slack' as const, tenant: 'T0THREE', user: 'U1' };
    expect(await chat.send(to, { card: cardWith('x'), key: 'x' })).toMatchObject({
      is: 'failed',
      code: 'not-installed',
    });
    expect(await chat.recall(to, 'x', Temporal.Now.instant())).toEqual({ is: 'cannot-tell' });
  });

  test('uninstalled: the token is deleted, the product is told, and the other workspace goes on', async () => {
    await wires.one.switches.uninstall();
    await vi.waitFor(async () => expect((await installations.all()).map(({ team }) => team)).toEqual([teams.two]));
    expect(inbox.presences).toContainEqual(
      expect.objectContaining({ what: 'uninstalled', tenant: teams.one, channel: null }),
    );
    expect(await send('one', 'Till ingen')).toMatchObject({ is: 'failed', code: 'not-installed' });
    expect(await send('two', 'Går vidare')).toMatchObject({ is: 'sent' });
  });

  test('let in anew it has a new token; the old news of its removal does not remove it again', async () => {
    expect((await install('one')).status).toBe(200);
    expect(await tell(teams.one, { type: 'app_uninstalled' }, { minutes: -10 })).toBe(200);
    expect(await installations.find(teams.one)).not.toBeNull();
    expect(await send('one', 'Tillbaka')).toMatchObject({ is: 'sent' });
  });

  test("the bot token taken away is as good as uninstalled; a person's own is not", async () => {
    expect(await tell(teams.two, { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } })).toBe(200);
    expect(await installations.find(teams.two)).not.toBeNull();
    await wires.two.switches.revoke();
    await vi.waitFor(async () => expect(await installations.find(teams.two)).toBeNull());
  });
});

describe('in a whole organisation (Enterprise Grid)', () => {
  test('it is kept by the organisation, and speaks in its workspaces', async () => {
    wires.two.access.organisation = 'E0ORG';
    expect((await install('two')).status).toBe(200);
    expect(await installations.find('E0ORG')).toMatchObject({ team: null, enterprise: 'E0ORG' });
    expect(await send('two', 'Till hela')).toMatchObject({ is: 'sent' });
    await wires.two.say('U0KARINTWO', 'plan');
    expect(inbox.commands).toMatchObject([{ who: { tenant: teams.two } }]);
    const elsewhere = { platform: 'slack' as const, tenant: 'T0FOUR', user: 'U1' };
    expect(await chat.send(elsewhere, { card: cardWith('x'), key: 'x' })).toMatchObject({ code: 'not-installed' });
  });

  test('and is deleted when the organisation lets it out', async () => {
    await wires.two.switches.uninstall();
    await vi.waitFor(async () => expect(await installations.find('E0ORG')).toBeNull());
  });
});
