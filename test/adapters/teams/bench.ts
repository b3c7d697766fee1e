/** The real adapter and the sandbox's Teams, each on its own loopback server, talking HTTP. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import express from 'express';
import type { TeamsOptions } from '../../../src/adapters/teams/options.ts';
import { createTeams } from '../../../src/adapters/teams/teams.ts';
import type { ChatPlatform, Inbox } from '../../../src/ports/chat.ts';
import { createTeamsWire, type TeamsWire } from '../../../src/sandbox/teams/wire.ts';
import type { SandboxChannel, SandboxPerson } from '../../../src/sandbox/wire.ts';
import { memoryContacts } from '../../support/contacts.ts';

export const tenant = '7c1c2f0e-0000-4000-8000-000000000001';

export const person: SandboxPerson = {
  key: 'maja-ek',
  name: 'Maja Ek',
  platform: 'teams',
  tenant,
  user: 'a0000000-0000-4000-8000-000000000001',
  language: 'sv',
  timeZone: 'Europe/Stockholm',
};
export const other: SandboxPerson = {
  ...person,
  key: 'olof-berg',
  name: 'Olof Berg',
  user: 'a0000000-0000-4000-8000-000000000002',
};
export const channel: SandboxChannel = { platform: 'teams', tenant, id: '19:group@thread.tacv2', name: 'Arbetsgrupp' };

async function listen(app: express.Express): Promise<{ url: string; server: Server }> {
  const server = createServer(app);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export type TeamsBench = {
  chat: ChatPlatform;
  wire: TeamsWire;
  contacts: ReturnType<typeof memoryContacts>;
  botUrl: string;
  /** Everything the adapter has logged, data and all. */
  logged: string[];
  /** How many tokens have been asked for. */
  logins(): number;
  person: SandboxPerson;
  other: SandboxPerson;
  channel: SandboxChannel;
  close(): Promise<void>;
};

/** `installed: false` leaves the directory unknown to the bot: nobody has been heard from. */
export async function openTeamsBench(
  given: { inbox: Inbox; installed?: boolean } & Partial<TeamsOptions>,
): Promise<TeamsBench> {
  const { inbox, installed = true, ...options } = given;
  const [botApp, wireApp] = [express(), express()];
  const [bot, sandbox] = await Promise.all([listen(botApp), listen(wireApp)]);
  const wire = createTeamsWire({
    baseUrl: `${sandbox.url}/teams`,
    botUrl: () => bot.url,
    now: () => Temporal.Now.instant(),
    changed: () => undefined,
  });
  let logins = 0;
  wireApp.use((request, _response, next) => {
    if (request.path.endsWith('/oauth2/v2.0/token')) logins += 1;
    next();
  });
  wireApp.use('/teams', wire.router);
  const logged: string[] = [];
  const note = (data: object, message: string) => void logged.push(`${message} ${inspect(data, { depth: 8 })}`);
  const log = { info: note, warn: note, error: note };
  const contacts = memoryContacts();
  const chat = createTeams({
    ...wire.credentials(),
    tenants: [tenant],
    inbox,
    contacts,
    timeoutMs: 1500,
    log,
    ...options,
  });
  chat.mount(botApp);
  if (installed) await wire.setDirectory({ people: [person, other], channels: [channel] });
  return {
    chat,
    wire,
    contacts,
    botUrl: bot.url,
    logged,
    logins: () => logins,
    person,
    other,
    channel,
    async close() {
      await chat.close();
      for (const { server } of [bot, sandbox]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}
