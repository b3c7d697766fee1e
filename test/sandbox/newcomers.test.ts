/** People and channels that are made on the page, and what a person can do there beside pressing: add, attach, command. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { putDirectory } from '../../src/sandbox/client.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';

type Heard = { path: string; body: string };
let heard: Heard[];
let sandbox: Sandbox;
let closeBot: () => void;

beforeEach(async () => {
  heard = [];
  // A bot that takes everything and answers nothing.
  const bot = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    heard.push({ path: request.url ?? '', body });
    response.writeHead(200).end();
  });
  await new Promise<void>((ready) => bot.listen(0, '127.0.0.1', ready));
  closeBot = () => {
    bot.closeAllConnections();
    bot.close();
  };
  const botUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
  sandbox = await startSandbox({ port: 0, botUrl: () => botUrl, saveTo: null });
});
afterEach(async () => {
  await sandbox.close();
  closeBot();
});

// biome-ignore lint/suspicious/noExplicitAny: what comes back is what the tests look at
type Answered = { status: number; body: any };
async function post(path: string, body: object | string, type = 'application/json'): Promise<Answered> {
  const answer = await fetch(`${sandbox.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
const view = async (query: string) => (await fetch(`${sandbox.url}/api/view?${query}`)).json();
const person = async (name: string, platform: string) =>
  (await post('people', { name, platform, language: 'nb' })).body.id as string;

describe.each([
  ['teams', /installationUpdate/, /thread\.tacv2/],
  ['slack', /member_joined_channel/, /C0/],
] as const)('%s', (platform, arrival, channelId) => {
  const arrivals = () => heard.filter(({ body }) => arrival.test(body) && channelId.test(body));

  it('a channel is empty and unknown to the bot until somebody adds Rond', async () => {
    const [ane, odd] = [await person('Ane Lie', platform), await person('Odd Vik', platform)];
    const { body } = await post('channels', { name: 'plan', platform, members: [ane] });
    expect(await view(`channel=${encodeURIComponent(body.id)}`)).toMatchObject({
      name: 'plan',
      added: false,
      messages: [],
      members: [{ id: ane, name: 'Ane Lie' }],
    });
    expect(arrivals()).toEqual([]);
    expect(await post('say', { person: ane, text: 'hei', channel: body.id })).toMatchObject({
      status: 409,
      body: { error: { code: 'not-there' } },
    });
    await post('channels/add', { channel: body.id });
    expect(arrivals().length).toBeGreaterThan(0);
    const told = arrivals().length;
    await post('channels/add', { channel: body.id });
    expect(arrivals()).toHaveLength(told);

    // The bot names its channels without saying who is in them: that stays as it is.
    const [channel] = sandbox.directory().channels;
    const { members: _, withoutRond: __, ...named } = channel ?? expect.fail();
    await putDirectory(sandbox.url, { people: [], channels: [{ ...named, name: 'plan 2' }] });
    const { members, name } = await view(`channel=${encodeURIComponent(body.id)}`);
    expect([name, members.map((one: { id: string }) => one.id)]).toEqual(['plan 2', [ane]]);
    expect(odd).not.toBe(ane);
  });

  it('refuses a channel with nobody and a person without a name', async () => {
    expect((await post('channels', { name: 'tom', platform, members: [] })).status).toBe(400);
    expect((await post('people', { name: '  ', platform, language: 'nb' })).status).toBe(400);
    expect(sandbox.directory()).toEqual({ people: [], channels: [] });
  });

  it('says who wrote what in a channel', async () => {
    const ane = await person('Ane Lie', platform);
    const { body } = await post('channels', { name: 'plan', platform, members: [ane] });
    await post('channels/add', { channel: body.id });
    await post('say', { person: ane, text: 'en\ttabell\nmed\trader', channel: body.id });
    await vi.waitFor(async () => {
      const { messages } = await view(`channel=${encodeURIComponent(body.id)}`);
      expect(messages).toMatchObject([{ by: 'Ane Lie', from: 'person', text: expect.stringContaining('med\trader') }]);
    });
  });

  it('hands a file over with its bytes and the words beside it', async () => {
    const ane = await person('Ane Lie', platform);
    const query = new URLSearchParams({ person: ane, name: 'plan.csv', text: 'Her er den' });
    expect((await post(`give?${query}`, 'a;b;c', 'text/csv')).status).toBe(200);
    await vi.waitFor(() => expect(heard.at(-1)?.body).toContain('plan.csv'));
    expect(heard.at(-1)?.body).toContain('Her er den');
    expect(heard.at(-1)?.body).toMatch(/\/files\//);
  });
});

it('a file is given to a bot in a channel in Slack, but not in Teams', async () => {
  const statuses = [];
  for (const platform of ['teams', 'slack']) {
    const ane = await person('Ane Lie', platform);
    const { body } = await post('channels', { name: 'plan', platform, members: [ane] });
    await post('channels/add', { channel: body.id });
    expect(await view(`channel=${encodeURIComponent(body.id)}`)).toMatchObject({ takesFiles: platform === 'slack' });
    const query = new URLSearchParams({ person: ane, name: 'plan.csv', channel: body.id });
    statuses.push((await post(`give?${query}`, 'a;b;c', 'text/csv')).status);
  }
  expect(statuses).toEqual([409, 200]);
});

it('in Slack, /rond is a command and the home is asked for when it is opened', async () => {
  const ane = await person('Ane Lie', 'slack');
  await post('say', { person: ane, text: '/rond hjelp' });
  await vi.waitFor(() => expect(heard.at(-1)?.body).toContain('command=%2Frond'));
  expect(heard.at(-1)?.body).toContain('text=hjelp');
  const before = heard.length;
  await post('home', { person: ane });
  expect(heard.slice(before).map(({ body }) => JSON.parse(body).event.type)).toEqual(['app_home_opened']);
  expect(await view(`person=${encodeURIComponent(ane)}&tab=home`)).toMatchObject({ home: null, messages: [] });
});
