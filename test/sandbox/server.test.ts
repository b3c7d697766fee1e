import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { putDirectory, putNow, sandboxCredentials } from '../../src/sandbox/client.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Directory } from '../../src/sandbox/wire.ts';
import { scriptedWires } from '../support/scripted-wire.ts';

const directory: Directory = {
  people: [
    {
      key: 'asa',
      name: 'Åsa Exempel',
      platform: 'teams',
      tenant: 't1',
      user: 'u-asa',
      language: 'sv',
      timeZone: 'Europe/Stockholm',
    },
    {
      key: 'bo',
      name: 'Bo Prov',
      platform: 'slack',
      tenant: 'T1',
      user: 'U1',
      language: 'en',
      timeZone: 'Europe/Stockholm',
    },
  ],
  channels: [{ platform: 'slack', tenant: 'T1', id: 'C1', name: 'plan' }],
};
const start = Temporal.Instant.from('2022-10-01T07:00:00Z');

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function sandbox(options: { saveTo?: string; botUrl?: string; now?: Temporal.Instant } = {}) {
  const started = await startSandbox({
    port: 0,
    botUrl: () => options.botUrl ?? 'http://127.0.0.1:9',
    saveTo: options.saveTo ?? null,
    wires: scriptedWires,
    ...(options.saveTo && !options.now ? {} : { now: options.now ?? start }),
  });
  toClose.push(started.close);
  return started;
}

/** A stand-in for the bot's clock endpoint. */
async function bot(token: () => string) {
  const seen: unknown[] = [];
  const app = express();
  app.use('/sandbox/clock', express.json(), (asked, response) => {
    if (asked.headers['x-rond-sandbox'] !== token()) return response.status(401).json({ error: 'token' });
    if (asked.method === 'POST') seen.push(asked.body);
    if (asked.body?.to === '2000-01-01T00:00:00Z')
      return response.status(409).json({ error: { message: 'Time does not go back.' } });
    return response.json({
      now: asked.method === 'POST' ? '2022-10-12T07:00:00Z' : '2022-10-01T07:00:00Z',
      next: '2022-10-12T07:00:00Z',
      what: 'Survey opens',
      zone: 'Europe/Stockholm',
    });
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  toClose.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what comes back is what the tests look at
type Answered = { status: number; body: any };

const json = async (url: string, body?: unknown): Promise<Answered> => {
  const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(url, body === undefined ? {} : posted);
  return { status: answer.status, body: await answer.json() };
};

/** fetch does not let one set Host. */
function withHeaders(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((done, failed) => {
    request(url, { headers }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
    })
      .on('error', failed)
      .end();
  });
}

describe('what the bot needs', () => {
  it('gives the credentials of both wires and mounts them under their paths', async () => {
    const { url } = await sandbox();
    const credentials = await sandboxCredentials(url);
    expect(credentials).toEqual({
      token: expect.stringMatching(/^[\w-]{32}$/),
      teams: { scripted: 'teams' },
      slack: { scripted: 'slack' },
    });
    expect((await json(`${url}/teams/ping`)).body).toEqual({
      platform: 'teams',
      baseUrl: `${url}/teams`,
    });
    expect((await json(`${url}/slack/ping`)).body).toEqual({
      platform: 'slack',
      baseUrl: `${url}/slack`,
    });
  });

  it('merges directories by identity, and the later word wins', async () => {
    const house = await sandbox();
    await putDirectory(house.url, directory);
    await putDirectory(house.url, {
      people: [{ ...directory.people[0]!, name: 'Åsa Ny' }],
      channels: [],
    });
    expect(house.directory().people.map((one) => one.name)).toEqual(['Åsa Ny', 'Bo Prov']);
    expect(house.wires.slack.directories.at(-1)).toEqual(house.directory());
  });

  it('takes in groups of thousands at once', async () => {
    const house = await sandbox();
    const one = directory.people[0]!;
    const people = Array.from({ length: 6_000 }, (_, n) => ({ ...one, key: `p-${n}`, user: `u-${n}` }));
    const channel = { ...directory.channels[0]!, members: people.map(({ user }) => user) };
    await putDirectory(house.url, { people, channels: [channel] });
    expect(house.directory().people).toHaveLength(6_000);
  });

  it('keeps the time it is told, flowing on from there', async () => {
    const house = await sandbox();
    await putNow(house.url, Temporal.Instant.from('2022-11-04T08:00:00Z'));
    const first = house.now();
    expect(first.since('2022-11-04T08:00:00Z').total('seconds')).toBeLessThan(5);
    await new Promise((wait) => setTimeout(wait, 30));
    expect(house.now().epochMilliseconds).toBeGreaterThan(first.epochMilliseconds);
  });

  it('says so when there is no sandbox to talk to, and does not repeat what is refused', async () => {
    const house = await sandbox();
    const broken = {
      people: [{ name: 'nobody' }],
      channels: [],
    } as unknown as Directory;
    await expect(putDirectory(house.url, broken)).rejects.toThrow(/refused \/directory \(HTTP 400\)/);
    await expect(sandboxCredentials('http://127.0.0.1:9', 600)).rejects.toThrow(/did not answer within 0.6 s/);
  });
});

describe('guards', () => {
  it('answers loopback names only', async () => {
    const { url } = await sandbox();
    const port = new URL(url).port;
    expect(await withHeaders(`${url}/api/state`, { host: `localhost:${port}` })).toBe(200);
    expect(await withHeaders(`${url}/api/state`, { host: 'evil.example' })).toBe(403);
    expect(
      await withHeaders(`${url}/teams/ping`, {
        host: `127.0.0.1.evil.example:${port}`,
      }),
    ).toBe(403);
    expect(
      await withHeaders(`${url}/credentials`, {
        origin: 'http://evil.example',
      }),
    ).toBe(403);
    expect(await withHeaders(`${url}/credentials`, { origin: url })).toBe(200);
  });

  it.each([
    ['not JSON at all', '{', 400, 'malformed'],
    ['no such person', '{"person":"nobody","text":"hej"}', 404, 'no-person'],
    ['no text', '{"person":"asa","text":"  "}', 400, 'malformed'],
    ['too much', JSON.stringify({ person: 'asa', text: 'x'.repeat(300_000) }), 413, 'too-big'],
  ])('refuses %s in JSON', async (_name, body, status, code) => {
    const house = await sandbox();
    await putDirectory(house.url, directory);
    const answer = await fetch(`${house.url}/api/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect(house.wires.teams.said).toEqual([]);
  });

  it('answers an unknown address in JSON, under a strict policy', async () => {
    const { url } = await sandbox();
    const answer = await fetch(`${url}/nothing`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
  });
});

describe('what the page asks for', () => {
  it('counts unread messages until they are read', async () => {
    const house = await sandbox();
    await putDirectory(house.url, directory);
    house.wires.teams.show({ user: 'u-asa' }, { id: 'm1', text: 'Hej' });
    const asa = async () =>
      (
        (await json(`${house.url}/api/state`)).body.people as {
          unread: number;
        }[]
      )[0];
    expect(await asa()).toMatchObject({
      id: 'teams/t1/u-asa',
      name: 'Åsa Exempel',
      platform: 'teams',
      unread: 1,
    });
    await json(`${house.url}/api/read`, { person: 'teams/t1/u-asa' });
    expect(await asa()).toMatchObject({ unread: 0 });
  });

  it('shows a Slack modal as labelled fields and buttons', async () => {
    const house = await sandbox();
    await putDirectory(house.url, directory);
    house.wires.slack.open('U1', {
      id: 'V1',
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Roles 1–5' },
        submit: { type: 'plain_text', text: 'Next' },
        blocks: [
          {
            type: 'section',
            text: { type: 'mrkdwn', text: 'A *role* &lt;b&gt;' },
          },
          {
            type: 'input',
            block_id: 'now:nurse',
            label: { type: 'plain_text', text: 'Now' },
            element: {
              type: 'radio_buttons',
              action_id: 'choice:now:nurse',
              options: [
                {
                  text: { type: 'plain_text', text: ':red_circle: Shortage' },
                  value: 'shortage',
                },
                {
                  text: { type: 'plain_text', text: 'Sustainable' },
                  value: 'sustainable',
                },
              ],
              initial_option: {
                text: { type: 'plain_text', text: 'Sustainable' },
                value: 'sustainable',
              },
            },
          },
        ],
      },
    });
    const { body } = await json(`${house.url}/api/view?person=bo`);
    const dialog = body.dialog as {
      title: string;
      submit: string;
      close: string;
      pieces: { html?: string; controls?: object[] }[];
    };
    expect(dialog).toMatchObject({
      id: 'V1',
      title: 'Roles 1–5',
      submit: 'Next',
      close: 'Close',
    });
    expect(dialog.pieces[0]?.html).toContain('<strong>');
    expect(dialog.pieces[0]?.html).toContain('&lt;b&gt;');
    expect(dialog.pieces[1]?.controls).toEqual([
      expect.objectContaining({
        kind: 'radio',
        name: 'now:nurse',
        block: 'now:nurse',
        label: 'Now',
        optional: false,
        value: 'sustainable',
        choices: [
          { value: 'shortage', label: '🔴 Shortage', description: '' },
          { value: 'sustainable', label: 'Sustainable', description: '' },
        ],
      }),
    ]);
  });

  it('hides from others what only one person sees in a channel', async () => {
    const house = await sandbox();
    const eve = {
      ...directory.people[1]!,
      key: 'eve',
      name: 'Eve Prov',
      user: 'U2',
    };
    await putDirectory(house.url, {
      ...directory,
      people: [...directory.people, eve],
    });
    house.wires.slack.show({ channel: 'C1' }, { id: 'm1', text: 'for all' });
    house.wires.slack.show({ channel: 'C1' }, { id: 'm2', text: 'for Bo', onlyFor: 'U1' });
    const ids = async (as: string) =>
      ((await json(`${house.url}/api/view?channel=C1&as=${as}`)).body.messages as { id: string }[]).map(
        (one) => one.id,
      );
    expect(await ids('bo')).toEqual(['m1', 'm2']);
    expect(await ids('eve')).toEqual(['m1']);
  });

  it('presses the button that is meant, with its own values', async () => {
    const house = await sandbox();
    await putDirectory(house.url, directory);
    house.wires.teams.buttonsOf('m1', [
      {
        label: 'Done',
        verb: 'status.set',
        values: { ref: 'a1', status: 'done' },
      },
      {
        label: 'Late',
        verb: 'status.set',
        values: { ref: 'a1', status: 'late' },
      },
    ]);
    house.wires.teams.answer = () => ({ notice: 'Thank you' });
    const press = (label: string, data: object) =>
      json(`${house.url}/api/press`, {
        person: 'asa',
        target: { message: 'm1' },
        verb: 'status.set',
        label,
        values: data,
        inputs: { note: 'x' },
      });
    expect((await press('Late', { status: 'late', ref: 'a1', extra: { a: 1 } })).body).toEqual({
      notice: 'Thank you',
      errors: {},
      ok: true,
      status: 200,
    });
    expect(house.wires.teams.pressed).toEqual([
      {
        user: 'u-asa',
        target: { message: 'm1' },
        verb: 'status.set',
        values: { ref: 'a1', status: 'late' },
        inputs: { note: 'x' },
      },
    ]);
    expect((await press('Gone', {})).body.error?.code).toBe('no-button');
  });

  it('hears of changes as they happen', async () => {
    const house = await sandbox();
    const stop = new AbortController();
    const stream = await fetch(`${house.url}/api/events`, {
      signal: stop.signal,
    });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await putNow(house.url, start);
    let heard = '';
    while (!heard.includes('event: changed')) heard += (await reader.read()).value ?? '';
    expect(heard).toContain('event: changed\ndata: {}\n\n');
    stop.abort();
  });
});

describe('the clock', () => {
  it('moves through the bot, and shows what is next', async () => {
    let token = '';
    const { url: botUrl, seen } = await bot(() => token);
    const house = await sandbox({ botUrl });
    token = house.credentials().token;
    expect((await json(`${house.url}/api/state`)).body).toMatchObject({
      bot: 'up',
      clock: {
        next: '2022-10-12T07:00:00Z',
        what: 'Survey opens',
        zone: 'Europe/Stockholm',
      },
    });
    await json(`${house.url}/api/clock`, { to: 'next' });
    await json(`${house.url}/api/clock`, { to: '2022-10-12T09:00' });
    expect(seen).toEqual([{ to: 'next' }, { to: '2022-10-12T07:00:00Z' }]);
    expect(house.now().since('2022-10-12T07:00:00Z').total('seconds')).toBeLessThan(5);
  });

  it('passes on why the bot refuses, and says when it is away', async () => {
    let token = '';
    const { url: botUrl } = await bot(() => token);
    const house = await sandbox({ botUrl });
    token = house.credentials().token;
    expect(await json(`${house.url}/api/clock`, { to: '2000-01-01T00:00:00Z' })).toEqual({
      status: 409,
      body: {
        error: { code: 'bot-refused', message: 'Time does not go back.' },
      },
    });
    expect((await json(`${house.url}/api/clock`, { to: 'tomorrow' })).status).toBe(400);
    const alone = await sandbox();
    expect((await json(`${alone.url}/api/clock`, { to: 'next' })).body.error?.code).toBe('bot-away');
    expect((await json(`${alone.url}/api/state`)).body.bot).toBe('away');
  });
});

describe('a restart', () => {
  it('shows the old messages, the same people and the same time', async () => {
    const saveTo = join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'deep', 'sandbox.json');
    const first = await sandbox({ saveTo, now: start });
    await putDirectory(first.url, directory);
    first.wires.teams.show({ user: 'u-asa' }, { id: 'm1', text: 'Hej' });
    await toClose.pop()!();

    const second = await sandbox({ saveTo });
    expect(second.directory()).toEqual(directory);
    expect(second.wires.teams.personal('u-asa')).toMatchObject([{ id: 'm1', text: 'Hej' }]);
    expect(second.now().since(start).total('seconds')).toBeLessThan(10);
  });

  it('starts empty beside a file it cannot read, and keeps that file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const saveTo = join(folder, 'sandbox.json');
    await writeFile(saveTo, '{"version":1,"no');
    const house = await sandbox({ saveTo });
    expect(house.directory().people).toEqual([]);
    expect(await readFile(`${saveTo}.unreadable`, 'utf8')).toBe('{"version":1,"no');
  });
});
