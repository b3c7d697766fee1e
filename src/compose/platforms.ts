/** Which platforms Rond speaks to, and with what. */

import { botScopes } from '../adapters/slack/manifest.ts';
import { createSlack, type SlackOptions } from '../adapters/slack/slack.ts';
import { localTools } from '../adapters/teams/options.ts';
import { createTeams } from '../adapters/teams/teams.ts';
import type { SlackConfig } from '../config/slack.ts';
import type { TeamsConfig } from '../config/teams.ts';
import type { Config } from '../config.ts';
import type { Platform } from '../domain/group.ts';
import type { ChatPlatform, Inbox } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { Installations } from '../ports/installations.ts';
import type { sandboxCredentials } from '../sandbox/client.ts';

type Log = NonNullable<SlackOptions['log']> & { info(data: object, message: string): void };

export type World = {
  config: Config;
  /** What the sandbox plays with; null when the platforms are real. */
  sandbox: Awaited<ReturnType<typeof sandboxCredentials>> | null;
  inbox: Inbox;
  contacts: Contacts;
  /** Tokens of installed workspaces, sealed with these keys. */
  installations: (keys: readonly Buffer[]) => Installations;
  clock: Clock;
  /** Where this Rond's own pictures are; null when nowhere. */
  address: () => string | null;
  log: Log;
};

export function connectPlatforms(platforms: Partial<Record<Platform, ChatPlatform>>, world: World): void {
  const { config, sandbox, inbox, contacts, clock, log } = world;
  if (sandbox) {
    platforms.teams = createTeams({ ...sandbox.teams, inbox, contacts, log });
    // What the sandbox has taken can be read back at once.
    platforms.slack = createSlack({
      ...sandbox.slack,
      inbox,
      contacts,
      now: clock.now,
      log,
      recallGapMs: 100,
      imagesFrom: world.address,
    });
    return;
  }
  if (config.teams) platforms.teams = teams(config.teams, world);
  if (config.slack) platforms.slack = slack(config.slack, world);
}

function teams({ appId, password, appTenant, tenants, auth }: TeamsConfig, { inbox, contacts, log }: World) {
  if (auth) {
    const credentials = { password, ...(appTenant ? { tenant: appTenant } : {}) };
    return createTeams({ appId, credentials, tenants, inbox, contacts, endpoints: null, log });
  }
  return createTeams({
    appId,
    credentials: 'none',
    tenants: tenants.length > 0 ? tenants : 'any',
    inbox,
    contacts,
    endpoints: localTools,
    log,
  });
}

function slack(own: SlackConfig, { config, inbox, contacts, installations, clock, log }: World) {
  const { botToken, signingSecret, appToken, oauth } = own;
  return createSlack({
    botToken,
    signingSecret,
    appToken,
    oauth: oauth && {
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      stateSecret: oauth.stateSecret,
      publicUrl: config.publicUrl ?? '',
      scopes: botScopes,
      installations: installations(oauth.secretKeys),
    },
    apiUrl: null,
    inbox,
    contacts,
    now: clock.now,
    log,
  });
}
