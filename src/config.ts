/** Environment → Config. Every problem is named at once, each with its remedy. */

import { resolve } from 'node:path';
import { z } from 'zod';

export type TeamsConfig = { appId: string; password: string; tenants: string[] };
export type SlackConfig = { botToken: string; signingSecret: string };

export type Config = {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  sandboxPort: number;
  /** Directory of the embedded database and the sandbox's memory. */
  data: string;
  /** A PostgreSQL server of the operator's; null: Rond runs its own. */
  databaseUrl: string | null;
  /** Null when Teams is not connected. */
  teams: TeamsConfig | null;
  slack: SlackConfig | null;
  /** Base URL of a sandbox that runs already; null: start one when nothing is connected. */
  sandboxUrl: string | null;
  logLevel: string;
};

export type Problem = { variable: string; problem: string; remedy: string };

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const teamsNames = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_IDS'] as const;
const slackNames = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Nothing is connected: the sandbox plays both platforms. */
export function isSandboxed(config: Config): boolean {
  return !config.teams && !config.slack;
}

export function readConfig(
  env: Record<string, string | undefined>,
  directory: string,
): { ok: true; config: Config } | { ok: false; problems: Problem[] } {
  const problems: Problem[] = [];
  const text = (name: string) => env[name]?.trim() || null;
  const fault = (variable: string, problem: string, remedy: string) => problems.push({ variable, problem, remedy });

  const port = (name: string, standard: number) => {
    const value = text(name);
    if (value === null) return standard;
    const parsed = z.coerce.number().int().min(0).max(65535).safeParse(value);
    if (parsed.success) return parsed.data;
    fault(
      name,
      `"${value}" is not a port`,
      `Set ${name} to a number from 1 to 65535, or leave it out for ${standard}.`,
    );
    return standard;
  };
  /** All of the names, or none: half a platform cannot be run. */
  const group = (names: readonly string[], platform: string) => {
    const missing = names.filter((name) => text(name) === null);
    if (missing.length === names.length) return false;
    for (const name of missing) {
      fault(
        name,
        `is missing, while ${names.filter((one) => text(one)).join(' and ')} is set`,
        `Set ${name} as well to connect ${platform}, or remove the others.`,
      );
    }
    return missing.length === 0;
  };

  const config: Config = {
    host: text('HOST') ?? '127.0.0.1',
    port: port('PORT', 3978),
    sandboxPort: port('SANDBOX_PORT', 3979),
    data: resolve(directory, text('ROND_DATA') ?? '.rond'),
    databaseUrl: text('DATABASE_URL'),
    teams: null,
    slack: null,
    sandboxUrl: text('ROND_SANDBOX_URL'),
    logLevel: text('LOG_LEVEL') ?? 'warn',
  };

  if (config.databaseUrl && !/^postgres(ql)?:\/\//.test(config.databaseUrl)) {
    fault(
      'DATABASE_URL',
      'is not a PostgreSQL address',
      'Give it as postgresql://user:password@host:5432/database, or leave it out and Rond runs its own database.',
    );
  }
  if (!logLevels.some((level) => level === config.logLevel)) {
    fault('LOG_LEVEL', `"${config.logLevel}" is not a level`, `Set it to one of ${logLevels.join(', ')}.`);
  }
  if (group(teamsNames, 'Teams')) config.teams = readTeams(text, fault);
  if (group(slackNames, 'Slack')) config.slack = readSlack(text, fault);
  if (config.port !== 0 && config.port === config.sandboxPort && isSandboxed(config)) {
    fault('SANDBOX_PORT', `is the same as PORT (${config.port})`, 'Give the sandbox another port.');
  }
  const connects = [...teamsNames, ...slackNames].some((name) => text(name) !== null);
  if (!connects && !loopback.has(config.host)) {
    fault(
      'HOST',
      `is ${config.host}, but no platform is connected and the sandbox has no login`,
      'Remove HOST, or set the credentials of Teams or Slack.',
    );
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

type Read = (name: string) => string | null;
type Fault = (variable: string, problem: string, remedy: string) => void;

function readTeams(text: Read, fault: Fault): TeamsConfig {
  const teams = {
    appId: text('TEAMS_APP_ID') ?? '',
    password: text('TEAMS_APP_PASSWORD') ?? '',
    tenants: (text('TEAMS_TENANT_IDS') ?? '').split(/[\s,;]+/).filter(Boolean),
  };
  if (!z.guid().safeParse(teams.appId).success) {
    fault(
      'TEAMS_APP_ID',
      'is not an application id',
      'Copy "Application (client) ID" of the bot registration; it looks like 00000000-0000-0000-0000-000000000000.',
    );
  }
  for (const tenant of teams.tenants) {
    if (!z.guid().safeParse(tenant).success) {
      fault(
        'TEAMS_TENANT_IDS',
        `"${tenant}" is not a tenant id`,
        'Copy "Directory (tenant) ID" of each organisation, separated by commas.',
      );
    }
  }
  return teams;
}

function readSlack(text: Read, fault: Fault): SlackConfig {
  const slack = { botToken: text('SLACK_BOT_TOKEN') ?? '', signingSecret: text('SLACK_SIGNING_SECRET') ?? '' };
  if (!slack.botToken.startsWith('xoxb-')) {
    fault(
      'SLACK_BOT_TOKEN',
      'is not a bot token',
      'Copy "Bot User OAuth Token" from the app\'s page "OAuth & Permissions"; it starts with xoxb-.',
    );
  }
  if (!/^[0-9a-f]{16,}$/i.test(slack.signingSecret)) {
    fault(
      'SLACK_SIGNING_SECRET',
      'is not a signing secret',
      'Copy "Signing Secret" from the app\'s page "Basic Information"; it is 32 characters of 0-9 and a-f.',
    );
  }
  return slack;
}
