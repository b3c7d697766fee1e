/** A Slack workspace held by `emulate`, software that is not ours: its Web API, its state, its scopes, its triggers. */

import { createServer } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import { botScopes } from '../../../src/adapters/slack/manifest.ts';

/** What Rond's own manifest asks for. */
export const scopes: string[] = [...botScopes];

export type Answer = { ok: boolean; error?: string; [member: string]: unknown };

export type Workspace = {
  url: string;
  team: string;
  botUser: string;
  botToken: string;
  /** Person's name → id in the workspace, and the conversation with the bot. */
  people: ReadonlyMap<string, { user: string; direct: string; token: string }>;
  channels: ReadonlyMap<string, string>;
  /** One call of the Web API; the bot's token unless another is given. */
  call(method: string, args?: object, token?: string): Promise<Answer>;
  close(): Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}

const tokenOf = (name: string) => `xoxp-${name}`;

/** Starts a workspace with these people and channels, strict about scopes. */
export async function openWorkspace(
  people: string[],
  channels: string[],
  granted: string[] = scopes,
): Promise<Workspace> {
  const botToken = 'xoxb-rond-test';
  const app = { app_id: 'A0ROND', client_id: '1.2', client_secret: 'x', name: 'Rond', redirect_uris: [], scopes };
  const port = await freePort();
  const emulator: Emulator = await createEmulator({
    service: 'slack',
    port,
    seed: {
      slack: {
        team: { name: 'Probe', domain: 'probe' },
        strict_scopes: true,
        users: people.map((name) => ({ name, email: `${name}@example.com` })),
        channels: channels.map((name) => ({ name })),
        oauth_apps: [{ ...app, bot_name: 'rondbot' }],
        tokens: [
          { token: botToken, user: 'rondbot', type: 'bot', app_id: app.app_id, scopes: granted },
          ...people.map((name) => ({ token: tokenOf(name), user: name, app_id: 'A0CLIENT' })),
        ],
      },
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const call: Workspace['call'] = async (method, args = {}, token = botToken) => {
    const response = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(args),
    });
    const body = (await response.json()) as Answer;
    return typeof body.ok === 'boolean' ? body : { ok: false, error: `HTTP ${response.status}` };
  };
  const who = await call('auth.test');
  const listed = async (method: string, key: string) => (await call(method))[key] as { id: string; name: string }[];
  const users = new Map((await listed('users.list', 'members')).map(({ id, name }) => [name, id]));
  const known = new Map<string, { user: string; direct: string; token: string }>();
  for (const name of people) {
    const user = String(users.get(name));
    // A token without im:write opens none; the persons of the test open it themselves.
    const opened = await call('conversations.open', { users: who.user_id }, tokenOf(name));
    known.set(name, { user, direct: (opened.channel as { id: string }).id, token: tokenOf(name) });
  }
  return {
    url,
    team: String(who.team_id),
    botUser: String(who.user_id),
    botToken,
    people: known,
    channels: new Map((await listed('conversations.list', 'channels')).map(({ id, name }) => [name, id])),
    call,
    close: () => emulator.close(),
  };
}
