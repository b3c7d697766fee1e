import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localTools } from '../../../src/adapters/teams/options.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { type RecordingInbox, recordingInbox } from '../../support/inbox.ts';
import { openTeamsBench, person, type TeamsBench, tenant } from './bench.ts';

/** A local test tool: it answers the connector's calls and asks for no token. */
async function openTool() {
  const app = express();
  const posts: { path: string; authorization: string | undefined; body: unknown }[] = [];
  app.post(/.*/, express.json(), (request, response) => {
    posts.push({ path: request.path, authorization: request.headers.authorization, body: request.body });
    response.json({ id: request.path.endsWith('/conversations') ? 'a:tool' : 'activity-1' });
  });
  const server = createServer(app);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/_connector`, posts, close: () => server.close() };
}

let inbox: RecordingInbox;
let bench: TeamsBench;
let tool: Awaited<ReturnType<typeof openTool>>;
beforeAll(async () => {
  inbox = recordingInbox();
  tool = await openTool();
  const endpoints = { ...localTools, serviceUrl: tool.url };
  bench = await openTeamsBench({ inbox, installed: false, credentials: 'none', tenants: 'any', endpoints });
});
afterAll(async () => {
  tool.close();
  await bench.close();
});

const message = (serviceUrl: string) => ({
  type: 'message',
  id: 'm-1',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:tool', aadObjectId: person.user },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:tool', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
  text: 'hjälp',
});

describe('TEAMS_AUTH=off', () => {
  test('a test tool on this machine is believed without a token', async () => {
    expect(await bench.wire.deliver(message(tool.url), '')).toMatchObject({ status: 200 });
    expect(inbox.commands).toMatchObject([{ text: 'hjälp', who: { user: person.user } }]);
  });

  test('it is answered without one either', async () => {
    const to = { platform: 'teams' as const, tenant, user: person.user };
    expect(await bench.chat.send(to, { card: cardWith('Hej'), key: 'k' })).toMatchObject({ is: 'sent' });
    expect(tool.posts.length).toBeGreaterThan(0);
    expect(tool.posts.map(({ authorization }) => authorization)).toEqual(tool.posts.map(() => undefined));
    expect(bench.logins()).toBe(0);
  });

  test.each(['https://smba.trafficmanager.net/teams/', 'http://192.0.2.1/', 'http://localhost.example.org/'])(
    'an activity that wants its answer at %s is refused',
    async (elsewhere) => {
      expect(await bench.wire.deliver(message(elsewhere), '')).toMatchObject({ status: 403 });
    },
  );

  test('a web page cannot write through a name of its own that leads to this machine', async () => {
    const { port } = new URL(bench.botUrl);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'rebound.example.org', 'content-type': 'application/json' };
      request({ host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(JSON.stringify(message(tool.url)));
    });
    expect(status).toBe(403);
  });
});
