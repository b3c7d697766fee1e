/** The Slack adapter on a real HTTP server, against the sandbox's Slack on another: real SDKs, real signatures. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { SlackOptions } from '../../../src/adapters/slack/slack.ts';
import { createSlack } from '../../../src/adapters/slack/slack.ts';
import type { ChatPlatform, Inbox } from '../../../src/ports/chat.ts';
import { createSlackWire, type SlackWire } from '../../../src/sandbox/slack/wire.ts';
import type { SandboxChannel, SandboxPerson } from '../../../src/sandbox/wire.ts';
import type { Bench } from '../../contracts/chat-platform.ts';
import { memoryContacts } from '../../support/contacts.ts';

const tenant = 'T0RONDTEST';
const person = (key: string, user: string): SandboxPerson => ({
  key,
  name: key,
  platform: 'slack',
  tenant,
  user,
  language: 'sv',
  timeZone: 'Europe/Stockholm',
});

export type SlackBench = Bench & {
  wire: SlackWire;
  contacts: ReturnType<typeof memoryContacts>;
  /** Base URL of the bot. */
  url: string;
};

async function listen(app: express.Express): Promise<{ server: Server; url: string }> {
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export async function slackBench(
  inbox: Inbox,
  more: Partial<SlackOptions> = {},
  way: 'http' | 'sockets' = 'http',
): Promise<SlackBench> {
  const sandbox = express();
  const bot = express();
  const [sandboxServer, botServer] = await Promise.all([listen(sandbox), listen(bot)]);
  const wire = createSlackWire({
    baseUrl: `${sandboxServer.url}/slack`,
    botUrl: () => botServer.url,
    now: () => Temporal.Now.instant(),
    changed: () => {},
  });
  sandbox.use('/slack', wire.router);
  sandboxServer.server.on('upgrade', (request, socket, head) => {
    if (!wire.upgrade(request, socket, head)) socket.destroy();
  });
  const contacts = memoryContacts();
  const chat: ChatPlatform = createSlack({
    ...wire.credentials(),
    inbox,
    contacts,
    now: () => Temporal.Now.instant(),
    timeoutMs: 1_500,
    recallGapMs: 20,
    ...(way === 'sockets' ? { signingSecret: null, appToken: wire.access.appToken } : {}),
    ...more,
  });
  chat.mount(bot);
  const karin = person('karin', 'U0KARIN');
  const omar = person('omar', 'U0OMAR');
  const channel: SandboxChannel = { platform: 'slack', tenant, id: 'C0GROUP', name: 'arbetsgruppen' };
  await wire.setDirectory({ people: [karin, omar], channels: [channel] });
  const no = (error: string) =>
    ({ on: 'send', how: 'status', status: 200, after: false, body: { ok: false, error } }) as const;
  return {
    chat,
    wire,
    contacts,
    url: botServer.url,
    person: karin,
    other: omar,
    channel,
    newChannel: { ...channel, id: 'C0NEW', name: 'nya-kanalen' },
    refusals: [
      { name: 'nobody has that id', fault: no('channel_not_found'), code: 'not-found' },
      { name: 'no longer here', fault: no('user_disabled'), code: 'not-found' },
      { name: 'not invited', fault: no('not_in_channel'), code: 'not-in-channel' },
      { name: 'archived', fault: no('is_archived'), code: 'archived' },
      { name: 'token revoked', fault: no('token_revoked'), code: 'not-authorised' },
      { name: 'a scope is missing', fault: no('missing_scope'), code: 'not-authorised' },
      { name: 'too long', fault: no('msg_blocks_too_long'), code: 'too-big' },
      { name: 'something new', fault: no('a_new_reason'), code: 'refused' },
    ],
    throttled: {
      fault: { on: 'send', how: 'status', status: 429, after: false, headers: { 'retry-after': '7' } },
      afterMs: 7_000,
    },
    files: wire,
    redeliver: async () => void (await wire.redeliver()),
    async close() {
      await chat.close();
      wire.close();
      await Promise.all([stop(botServer.server), stop(sandboxServer.server)]);
    },
  };
}
