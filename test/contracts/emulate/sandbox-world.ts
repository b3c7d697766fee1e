/** Our own sandbox's Slack and an `emulate` workspace, asked the same questions in the same words. */

import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlackWire } from '../../../src/sandbox/slack/wire.ts';
import type { SandboxPerson } from '../../../src/sandbox/wire.ts';
import { type Answer, openWorkspace } from './workspace.ts';

export type World = {
  url: string;
  call(method: string, args?: object, token?: string): Promise<Answer>;
  user: string;
  channel: string;
  /** A trigger of a press that has just been made. */
  trigger(view?: string): Promise<string>;
  /** A message of the person's own in the channel: its ts. */
  said(): Promise<string>;
  archive(): Promise<void>;
  close(): Promise<void>;
};

export async function emulateWorld(): Promise<World> {
  const workspace = await openWorkspace(['karin'], ['arbetsgruppen', 'gammal']);
  const karin = workspace.people.get('karin') ?? { user: '', token: '' };
  const channel = workspace.channels.get('arbetsgruppen') ?? '';
  return {
    url: workspace.url,
    call: workspace.call,
    user: karin.user,
    channel,
    trigger: async (view) =>
      String(
        (await workspace.call('views.generateTriggerId', { user_id: karin.user, ...(view ? { view_id: view } : {}) }))
          .trigger_id,
      ),
    said: async () => String((await workspace.call('chat.postMessage', { channel, text: 'mine' }, karin.token)).ts),
    archive: async () => void (await workspace.call('conversations.archive', { channel }, karin.token)),
    close: workspace.close,
  };
}

const about = { platform: 'slack', tenant: 'T0COMPARE' } as const;
const karin: SandboxPerson = {
  ...about,
  key: 'karin',
  name: 'karin',
  user: 'U0KARIN',
  language: 'sv',
  timeZone: 'Europe/Stockholm',
};
const group = { ...about, id: 'C0GROUP', name: 'arbetsgruppen' };

async function listen(app: express.Express) {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function sandboxWorld(): Promise<World> {
  const triggers: string[] = [];
  const [botApp, app] = [express(), express()];
  botApp.post('/slack/events', express.urlencoded({ extended: false }), (request, response) => {
    const { trigger_id } = JSON.parse(String(request.body?.payload ?? '{}')) as { trigger_id?: string };
    if (trigger_id) triggers.push(trigger_id);
    response.end();
  });
  const [bot, sandbox] = await Promise.all([listen(botApp), listen(app)]);
  const wire = createSlackWire({
    baseUrl: `${sandbox.url}/slack`,
    botUrl: () => bot.url,
    now: () => Temporal.Now.instant(),
    changed: () => {},
  });
  app.use('/slack', wire.router);
  await wire.setDirectory({ people: [karin], channels: [group] });
  const { apiUrl, botToken } = wire.credentials();
  const call: World['call'] = async (method, args = {}, token = botToken) => {
    const response = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(args),
    });
    return (await response.json()) as Answer;
  };
  const button = { type: 'button', action_id: 'go', value: '{"verb":"go"}', text: { type: 'plain_text', text: 'Go' } };
  const posted = await call('chat.postMessage', {
    channel: karin.user,
    text: 'press',
    blocks: [{ type: 'actions', elements: [button] }],
  });
  return {
    url: sandbox.url,
    call,
    user: karin.user,
    channel: group.id,
    async trigger() {
      await wire.press(karin.user, { message: String(posted.ts) }, { verb: 'go' });
      return triggers.at(-1) ?? '';
    },
    async said() {
      await wire.say(karin.user, 'mine', group.id);
      return wire.channel(group.id).at(-1)?.id ?? '';
    },
    archive: () => wire.switches.archive(group.id),
    async close() {
      for (const { server } of [bot, sandbox]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}
