/** Everything `rond doctor` looks at, in the order in which it is put right. */

import { readInstallations } from '../../adapters/postgres/examine.ts';
import { type Config, isSandboxed, readConfig } from '../../config.ts';
import type { Clock } from '../../ports/clock.ts';
import { sandboxCredentials } from '../../sandbox/client.ts';
import { lookAtAddress } from './address.ts';
import { type Compared, judgeClock } from './clock.ts';
import { lookAtDatabase } from './database.ts';
import { type Finding, fault, ok } from './finding.ts';
import { lookAtSlack } from './slack.ts';
import { lookAtTeams } from './teams.ts';

export type Environment = Record<string, string | undefined>;

const sandboxPatienceMs = 2_000;

/** Never rejects: what cannot be looked at is a fault of its own. `clock`: this machine's. */
export async function examine(env: Environment, directory: string, clock: Clock): Promise<Finding[]> {
  const read = readConfig(env, directory);
  const problems = read.ok ? [] : read.problems;
  const findings: Finding[] = problems.map(({ variable, problem, remedy }) =>
    fault('configuration', `${variable} ${problem}`, remedy),
  );
  if (read.ok) findings.push(ok('configuration', said(read.config)));
  const wrong = (...prefixes: string[]) =>
    problems.some(({ variable }) => prefixes.some((prefix) => variable.startsWith(prefix)));
  const { config } = read;

  const sandbox = config.sandboxUrl ? await lookAtSandbox(config.sandboxUrl) : null;
  findings.push(...(sandbox?.findings ?? []));
  const database = wrong('DATABASE_URL') ? null : await lookAtDatabase(config, clock.now);
  findings.push(...(database?.findings ?? []));
  const clocks: Compared[] = [];
  if (database?.seen) clocks.push({ whose: "the database's", ...database.seen.clock });
  const heard = (whose: string, date: string | null) => {
    if (date)
      clocks.push({ whose, theirs: Temporal.Instant.fromEpochMilliseconds(Date.parse(date)), ours: clock.now() });
  };

  const platforms: Finding[] = [];
  if (config.slack && !wrong('SLACK_', 'ROND_SECRET_KEY')) {
    const keys = config.slack.oauth?.secretKeys ?? [];
    const url = database?.url;
    const installed = async () => (url && database.seen ? readInstallations(url, keys) : []);
    const seen = await lookAtSlack(config.slack, sandbox?.slackApi ?? null, installed);
    platforms.push(...seen.findings);
    heard("Slack's", seen.date);
  }
  if (config.teams && !wrong('TEAMS_')) {
    const seen = await lookAtTeams(config.teams, sandbox?.teams ?? null);
    platforms.push(...seen.findings);
    heard("Microsoft's", seen.date);
  }
  await database?.close();
  const address = isSandboxed(config) || wrong('PUBLIC_URL') ? [] : await lookAtAddress(config, clock.now);
  return [...findings, ...judgeClock(clocks), ...platforms, ...address];
}

function said(config: Config): string {
  const { teams, slack } = config;
  const connected = [teams ? 'Teams' : '', slack ? 'Slack' : ''].filter(Boolean).join(' and ');
  if (connected) return `can be used: ${connected} connected`;
  return 'can be used: nothing is connected, so `rond start` plays Teams and Slack in a sandbox';
}

async function lookAtSandbox(url: string) {
  try {
    const { slack, teams } = await sandboxCredentials(url, sandboxPatienceMs);
    const findings = [ok('sandbox', `answers at ${url}, in place of Teams and Slack`)];
    return { findings, slackApi: slack.apiUrl, teams: teams.endpoints };
  } catch {
    const remedy = 'Start it, or remove ROND_SANDBOX_URL to speak with the real Teams and Slack.';
    return { findings: [fault('sandbox', `does not answer at ${url}`, remedy)], slackApi: null, teams: null };
  }
}
