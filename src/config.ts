/** Environment → Config. Every problem is named at once, each with its remedy. */

import { resolve } from 'node:path';
import { z } from 'zod';
import { type Fault, isLoopback, type Problem, type Read } from './config/problems.ts';
import { readSlack, type SlackConfig, slackNames } from './config/slack.ts';
import { readTeams, type TeamsConfig, teamsNames } from './config/teams.ts';

export type Config = {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  sandboxPort: number;
  /** Directory of the embedded database and the sandbox's memory. */
  data: string;
  /** A PostgreSQL server of the operator's; null: Rond runs its own. */
  databaseUrl: string | null;
  /** How many connections one process takes for its work at most; a handful for waiting come on top. */
  databaseConnections: number;
  /** Where the world reaches Rond, as "https://bot.example.org"; null when nobody has said. */
  publicUrl: string | null;
  /** Null when Teams is not connected. */
  teams: TeamsConfig | null;
  slack: SlackConfig | null;
  /** Base URL of a sandbox that runs already; null: start one when nothing is connected. */
  sandboxUrl: string | null;
  /** Who may appoint a convenor in any group: "teams:<tenant>:<user>" or "slack:<team>:<user>". */
  admins: string[];
  logLevel: string;
};

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Nothing is connected: the sandbox plays both platforms. */
export function isSandboxed(config: Config): boolean {
  return !config.teams && !config.slack;
}

/** With problems, `config` is what could be read of it: for looking further, never for running. */
export function readConfig(
  env: Record<string, string | undefined>,
  directory: string,
): { ok: true; config: Config } | { ok: false; problems: Problem[]; config: Config } {
  const problems: Problem[] = [];
  const text: Read = (name) => env[name]?.trim() || null;
  const fault: Fault = (variable, problem, remedy) => void problems.push({ variable, problem, remedy });

  const number = (name: string, standard: number, [least, most]: [number, number], what: string) => {
    const value = text(name);
    if (value === null) return standard;
    const parsed = z.coerce.number().int().min(least).max(most).safeParse(value);
    if (parsed.success) return parsed.data;
    const from = Math.max(1, least);
    fault(
      name,
      `"${value}" is not ${what}`,
      `Set ${name} to a number from ${from} to ${most}, or leave it out for ${standard}.`,
    );
    return standard;
  };
  const port = (name: string, standard: number) => number(name, standard, [0, 65535], 'a port');
  const config: Config = {
    host: text('HOST') ?? '127.0.0.1',
    port: port('PORT', 3978),
    sandboxPort: port('SANDBOX_PORT', 3979),
    data: resolve(directory, text('ROND_DATA') ?? '.rond'),
    databaseUrl: text('DATABASE_URL'),
    databaseConnections: number('DATABASE_CONNECTIONS', 16, [2, 100], 'how many connections Rond may take'),
    publicUrl: readPublicUrl(text, fault),
    teams: null,
    slack: null,
    sandboxUrl: text('ROND_SANDBOX_URL'),
    admins: (text('ROND_ADMINS') ?? '').split(/[\s,;]+/).filter(Boolean),
    logLevel: text('LOG_LEVEL') ?? 'warn',
  };

  if (config.databaseUrl && !/^postgres(ql)?:\/\//.test(config.databaseUrl)) {
    fault(
      'DATABASE_URL',
      'is not a PostgreSQL address',
      'Give it as postgresql://user:password@host:5432/database, or leave it out and Rond runs its own database.',
    );
  }
  for (const admin of config.admins) {
    if (/^(teams|slack):[^:]+:[^:]+$/.test(admin)) continue;
    fault(
      'ROND_ADMINS',
      `"${admin}" is not a person`,
      'Write each as teams:TENANT_ID:USER_OBJECT_ID or slack:TEAM_ID:USER_ID, separated by commas.',
    );
  }
  if (!logLevels.some((level) => level === config.logLevel)) {
    fault('LOG_LEVEL', `"${config.logLevel}" is not a level`, `Set it to one of ${logLevels.join(', ')}.`);
  }
  config.teams = readTeams(text, fault, config.host);
  config.slack = readSlack(text, fault);
  const connects = text('TEAMS_AUTH') === 'off' || [...teamsNames, ...slackNames].some((name) => text(name) !== null);
  if (config.port !== 0 && config.port === config.sandboxPort && !connects) {
    fault('SANDBOX_PORT', `is the same as PORT (${config.port})`, 'Give the sandbox another port.');
  }
  if (!connects && !isLoopback(config.host)) {
    fault(
      'HOST',
      `is ${config.host}, but no platform is connected and the sandbox has no login`,
      'Remove HOST, or set the credentials of Teams or Slack.',
    );
  }
  return problems.length > 0 ? { ok: false, problems, config } : { ok: true, config };
}

/** Slack and Teams speak https only; on this machine a test may do without. */
function readPublicUrl(text: Read, fault: Fault): string | null {
  const written = text('PUBLIC_URL');
  if (written === null) return null;
  const url = URL.parse(written);
  const plain = url && url.pathname === '/' && !url.search && !url.hash && !url.username;
  if (plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) return url.origin;
  fault(
    'PUBLIC_URL',
    `"${written}" is not an address Rond can be at`,
    'Give it as https://bot.example.org, without a path.',
  );
  return null;
}
