import { askOfAppToken, askOfBotToken, type Said } from '../../adapters/slack/examine.ts';
import { botScopes } from '../../adapters/slack/manifest.ts';
import type { SlackConfig } from '../../config/slack.ts';
import type { Installation } from '../../ports/installations.ts';
import { type Finding, fault, ok, warn } from './finding.ts';

export type SlackSeen = { findings: Finding[]; date: string | null };

/** `installed`: with OAuth, the workspaces that let Rond in; a sentence when they cannot be read. */
export async function lookAtSlack(
  slack: SlackConfig,
  apiUrl: string | null,
  installed: () => Promise<Installation[]>,
): Promise<SlackSeen> {
  const findings: Finding[] = [];
  let date: string | null = null;
  let away = false;
  const look = (said: Said, token: string) => {
    if (said.is === 'good') date ??= said.date;
    away ||= said.is === 'no-answer';
    findings.push(...judged(said, token));
  };
  if (slack.botToken) look(await askOfBotToken(slack.botToken, apiUrl), 'SLACK_BOT_TOKEN');
  else if (slack.oauth) {
    try {
      const workspaces = await installed();
      if (workspaces.length === 0) findings.push(warn('Slack', 'no workspace has let Rond in yet', letIn));
      for (const { team, enterprise, botToken } of workspaces) {
        look(await askOfBotToken(botToken, apiUrl), `the token of ${team ?? enterprise}`);
      }
    } catch (error) {
      findings.push(
        fault('Slack', (error as Error).message, 'Put the key back into ROND_SECRET_KEY, or let Rond in anew.'),
      );
    }
  }
  // Slack itself is away: nothing more is to be learned of it.
  if (!away) findings.push(...(await way(slack, apiUrl)));
  return { findings, date };
}

const letIn = 'Open /slack/install at PUBLIC_URL in a browser, as an administrator of the workspace.';

async function way({ appToken, signingSecret }: SlackConfig, apiUrl: string | null): Promise<Finding[]> {
  if (!appToken) return [ok('Slack', 'is heard over HTTP; the signing secret has the right form')];
  const no = await askOfAppToken(appToken, apiUrl);
  const both = signingSecret
    ? [warn('Slack', 'is heard over a socket, so SLACK_SIGNING_SECRET is not used', 'Remove it, or SLACK_APP_TOKEN.')]
    : [];
  if (no?.is === 'no-answer') return [unanswered(no.why), ...both];
  if (no) {
    const remedy =
      no.code === 'missing_scope' || no.code === 'not_allowed_token_type'
        ? 'Make an app-level token with connections:write under "Basic Information" → "App-Level Tokens".'
        : 'Switch Socket Mode on, make a new app-level token with connections:write, and set SLACK_APP_TOKEN to it.';
    return [fault('Slack', `SLACK_APP_TOKEN opens no socket (${no.code})`, remedy), ...both];
  }
  return [ok('Slack', 'is heard over a socket'), ...both];
}

function judged(said: Said, token: string): Finding[] {
  if (said.is === 'no-answer') return [unanswered(said.why)];
  if (said.is === 'refused') {
    const remedy =
      token === 'SLACK_BOT_TOKEN'
        ? 'Copy "Bot User OAuth Token" anew from "OAuth & Permissions"; install the app first if it was removed.'
        : letIn;
    return [fault('Slack', `${token} is refused (${said.code})`, remedy)];
  }
  const { team, enterprise, scopes } = said;
  const whose = enterprise && enterprise === team ? `organisation ${team}` : `workspace ${team}`;
  const missing = botScopes.filter((scope) => !scopes.includes(scope));
  const spare = scopes.filter((scope) => !botScopes.some((wanted) => wanted === scope));
  const findings = [ok('Slack', `${token} speaks for ${whose}`)];
  if (missing.length > 0) {
    findings.push(
      fault(
        'Slack',
        `${token} lacks ${missing.join(', ')}`,
        'Put the manifest of `rond manifest slack` under "App Manifest", then press "Reinstall to Workspace".',
      ),
    );
  }
  if (spare.length > 0) {
    findings.push(
      warn(
        'Slack',
        `${token} may do more than Rond uses: ${spare.join(', ')}`,
        'Remove them under "OAuth & Permissions".',
      ),
    );
  }
  return findings;
}

function unanswered(why: string): Finding {
  return fault('Slack', `does not answer (${why})`, 'Let this machine out to https://slack.com, by name and port 443.');
}
