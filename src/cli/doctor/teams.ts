import { askForKeys, askForToken } from '../../adapters/teams/examine.ts';
import type { TeamsEndpoints } from '../../adapters/teams/options.ts';
import type { TeamsConfig } from '../../config/teams.ts';
import { type Finding, fault, ok, warn } from './finding.ts';

export type TeamsSeen = { findings: Finding[]; date: string | null };

export async function lookAtTeams(teams: TeamsConfig, endpoints: TeamsEndpoints | null): Promise<TeamsSeen> {
  if (!teams.auth) {
    const what = 'tokens are neither asked for nor sent (TEAMS_AUTH=off): for a local test tool only';
    return {
      findings: [warn('Teams', what, 'Remove TEAMS_AUTH and set the credentials for the real Teams.')],
      date: null,
    };
  }
  const { appId, password, appTenant } = teams;
  const [token, keys] = await Promise.all([
    askForToken({ appId, password, tenant: appTenant }, endpoints),
    askForKeys(endpoints),
  ]);
  const findings: Finding[] = [];
  if (token.is === 'good') findings.push(ok('Teams', `the login service knows app ${appId}`));
  else if (token.is === 'refused')
    findings.push(fault('Teams', `no token for the bot: ${token.why}`, remedyFor(token.why)));
  else {
    const remedy = 'Let this machine out to https://login.microsoftonline.com, by name and port 443.';
    findings.push(fault('Teams', `the login service does not answer (${token.why})`, remedy));
  }
  if (keys.is === 'good' && keys.keys > 0)
    findings.push(ok('Teams', `the keys of its requests can be had (${keys.keys})`));
  else {
    const why = keys.is === 'good' ? 'it names no keys' : `${keys.url}: ${keys.why}`;
    const remedy = 'Let this machine out to https://login.botframework.com, by name and port 443.';
    findings.push(fault('Teams', `its requests cannot be checked (${why})`, remedy));
  }
  return { findings, date: keys.is === 'good' ? keys.date : null };
}

/** Entra ID's own numbers say which part is wrong. */
function remedyFor(why: string): string {
  if (/AADSTS7000215|AADSTS7000222/.test(why)) {
    return 'Make a new client secret of the registration and set TEAMS_APP_PASSWORD to its value (not its id).';
  }
  if (/AADSTS700016/.test(why)) {
    return 'Check TEAMS_APP_ID; for a single-tenant registration set TEAMS_APP_TENANT_ID to its tenant.';
  }
  if (/AADSTS90002/.test(why)) return 'Check TEAMS_APP_TENANT_ID: there is no such tenant.';
  return 'Check TEAMS_APP_ID, TEAMS_APP_PASSWORD and, for a single-tenant registration, TEAMS_APP_TENANT_ID.';
}
