/** Letting Rond into several workspaces: the way through Slack's own page and back, and what is kept of it. */

import type { Installation as SdkInstallation } from '@slack/bolt';
import { ExpressReceiver, type Logger } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Express, Request, Response } from 'express';
import { type Installation, type Installations, installationId } from '../../ports/installations.ts';
import type { Connections } from './connections.ts';
import { troubleOf } from './errors.ts';
import type { Log } from './log.ts';
import type { EventCallback } from './payloads.ts';

export type OAuthOptions = {
  clientId: string;
  clientSecret: string;
  /** Signs the state that goes through Slack and comes back. */
  stateSecret: string;
  /** Where a browser reaches Rond, as "https://bot.example.org". */
  publicUrl: string;
  /** What is asked for; the same list as in the app's manifest. */
  scopes: readonly string[];
  installations: Installations;
};

export type OAuth = {
  /** `GET /slack/install` and `GET /slack/oauth_redirect`. */
  mount(web: Express): void;
  /** A workspace or an organisation removed the app: its token is forgotten. Rejects when that could not be stored. */
  removed(body: EventCallback): Promise<void>;
};

type World = {
  apiUrl: string | null;
  clientOptions: WebClientOptions;
  connections: Connections;
  now: () => Temporal.Instant;
  logger: Logger;
  log: Log;
};

const installPath = '/slack/install';
const redirectPath = '/slack/oauth_redirect';
/** Slack tells the second an app was removed; clocks differ a little. */
const clockSeconds = 5;

export function oauth(options: OAuthOptions, { apiUrl, clientOptions, connections, now, logger, log }: World): OAuth {
  const { installations } = options;
  const redirectUri = new URL(redirectPath, options.publicUrl).href;
  const { installer } = new ExpressReceiver({
    // Only the installer is used of it: no request comes in here.
    signingSecret: 'unused',
    endpoints: {},
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    stateSecret: options.stateSecret,
    installationStore: {
      async storeInstallation(installation) {
        await installations.put(kept(installation, now()));
        connections.forget();
      },
      fetchInstallation: async () => Promise.reject(new Error('installations are read elsewhere')),
    },
    installerOptions: {
      directInstall: true,
      clientOptions,
      ...(apiUrl ? { authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href } : {}),
    },
    logger,
  });
  if (!installer) throw new Error('Slack OAuth needs a client id, a client secret and a state secret');

  return {
    mount(web) {
      web.get(installPath, async (request: Request, response: Response) => {
        await installer.handleInstallPath(request, response, {}, { scopes: [...options.scopes], redirectUri });
      });
      web.get(redirectPath, async (request: Request, response: Response) => {
        await installer.handleCallback(request, response, {
          success: (installation) => {
            const { team, enterprise } = installation;
            log.warn({ team: team?.id, enterprise: enterprise?.id }, 'a Slack workspace let Rond in');
            page(response, 200, 'Rond is installed', [
              `Rond may now write in ${team?.name ?? enterprise?.name ?? 'your workspace'}.`,
              'You can close this window. In Slack, open Rond under Apps, or invite it to a channel with /invite @Rond.',
            ]);
          },
          failure: (error) => {
            log.warn({ code: error.code }, 'a Slack workspace could not let Rond in');
            page(response, statusOf(error.code), 'Rond is not installed', [
              reasons[error.code] ?? 'Slack did not confirm the installation. Nothing was stored.',
              `Start again at ${installPath}.`,
            ]);
          },
        });
      });
    },

    async removed({ team_id, enterprise_id, event_time, authorizations }) {
      const at = event_time ? Temporal.Instant.fromEpochMilliseconds(event_time * 1000) : now();
      const before = at.add({ seconds: clockSeconds });
      const own = await installations.find(team_id);
      const whole = own || !enterprise_id ? null : await installations.find(enterprise_id);
      const gone =
        own ?? (whole && (authorizations?.[0]?.is_enterprise_install || (await isDead(whole))) ? whole : null);
      if (!gone) return;
      await installations.remove(installationId(gone), before);
      connections.forget();
    },
  };

  /** One workspace leaving an organisation must not take Rond from the others: Slack is asked. */
  async function isDead({ botToken }: Installation): Promise<boolean> {
    try {
      await new WebClient(botToken, clientOptions).auth.test();
      return false;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.is === 'failed') return true;
      throw error;
    }
  }
}

/** Of what Slack gives, the bot's part: the token of whoever installed Rond is neither asked for nor kept. */
function kept(
  { team, enterprise, isEnterpriseInstall, bot, user }: SdkInstallation,
  at: Temporal.Instant,
): Installation {
  if (!bot) throw new Error('Slack gave no bot token');
  return {
    team: isEnterpriseInstall ? null : (team?.id ?? null),
    enterprise: enterprise?.id ?? null,
    botToken: bot.token,
    botUser: bot.userId,
    bot: bot.id,
    scopes: bot.scopes,
    installedBy: user.id,
    installedAt: at,
  };
}

const reasons: Record<string, string> = {
  slack_oauth_invalid_state: 'The way was begun in another browser, or more than ten minutes ago. Nothing was stored.',
  slack_oauth_missing_state: 'The address lacks what Rond gave along. Nothing was stored.',
  slack_oauth_missing_code: 'The address lacks what Slack gives along. Nothing was stored.',
  slack_oauth_installer_authorization_error: 'It was not allowed in Slack. Nothing was stored.',
};

const statusOf = (code: string): number => (reasons[code] ? 400 : 502);

function page(response: Response, status: number, title: string, sentences: string[]): void {
  const text = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  response
    .status(status)
    .set({
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    })
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${text(title)}</title><style>body{font:1.1rem/1.5 system-ui;margin:12vh auto;max-width:34rem;padding:0 1rem}</style>` +
        `<main><h1>${text(title)}</h1>${sentences.map((sentence) => `<p>${text(sentence)}</p>`).join('')}</main></html>`,
    );
}
