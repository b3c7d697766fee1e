/** The Slack adapter against `emulate`, for the suite that every chat platform must pass. */

import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlack } from '../../../src/adapters/slack/slack.ts';
import type { ChatPlatform, Inbox } from '../../../src/ports/chat.ts';
import type { SandboxChannel, SandboxPerson } from '../../../src/sandbox/wire.ts';
import { memoryContacts } from '../../support/contacts.ts';
import type { Bench } from '../chat-platform.ts';
import { type EmulateWire, emulateWire } from './driver.ts';
import { openWorkspace, scopes, type Workspace } from './workspace.ts';

export type EmulateBench = Bench & { wire: EmulateWire; workspace: Workspace; chat: ChatPlatform };

const signingSecret = 'emulate-and-the-driver-share-this';

async function listen(app: express.Express) {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export async function emulateBench(inbox: Inbox, granted = scopes): Promise<EmulateBench> {
  const workspace = await openWorkspace(['karin', 'omar'], ['arbetsgruppen', 'nya-kanalen'], granted);
  const [botApp, deskApp] = [express(), express()];
  const [bot, front] = await Promise.all([listen(botApp), listen(deskApp)]);
  const wire = emulateWire(workspace, `${front.url}/slack`, () => bot.url, signingSecret);
  deskApp.use('/slack', wire.router);
  const chat = createSlack({
    botToken: workspace.botToken,
    signingSecret,
    apiUrl: `${front.url}/slack/api/`,
    inbox,
    contacts: memoryContacts(),
    now: () => Temporal.Now.instant(),
    timeoutMs: 1_500,
    recallGapMs: 20,
  });
  chat.mount(botApp);
  const about = { platform: 'slack', tenant: workspace.team } as const;
  const person = (key: string): SandboxPerson => ({
    ...about,
    key,
    name: key,
    user: workspace.people.get(key)?.user ?? '',
    language: 'sv',
    timeZone: 'Europe/Stockholm',
  });
  const channel = (name: string): SandboxChannel => ({ ...about, id: workspace.channels.get(name) ?? '', name });
  const [karin, omar, group] = [person('karin'), person('omar'), channel('arbetsgruppen')];
  await wire.setDirectory({ people: [karin, omar], channels: [group] });
  return {
    chat,
    wire,
    workspace,
    person: karin,
    other: omar,
    channel: group,
    newChannel: channel('nya-kanalen'),
    refusals: [
      {
        name: 'a scope is missing',
        fault: { on: 'send', how: 'status', status: 200, after: false, body: { ok: false, error: 'missing_scope' } },
        code: 'not-authorised',
      },
    ],
    // Put in on the way: `emulate` itself never says it (see the test).
    throttled: {
      fault: { on: 'send', how: 'status', status: 429, after: false, headers: { 'retry-after': '7' } },
      afterMs: 7_000,
    },
    redeliver: wire.redeliver,
    files: wire,
    async close() {
      await chat.close();
      await Promise.all([bot.close(), front.close(), workspace.close()]);
    },
  };
}
