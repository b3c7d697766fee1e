import { z } from 'zod';
import { allOrNone, type Fault, isLoopback, type Read } from './problems.ts';

export type TeamsConfig = {
  appId: string;
  password: string;
  /** Tenant of a single-tenant registration; null for a multi-tenant one. */
  appTenant: string | null;
  /** Who is served; empty only without authentication, and then everybody is. */
  tenants: string[];
  /** False: tokens are neither asked for nor sent. For local test tools, on loopback. */
  auth: boolean;
};

export const teamsNames = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_IDS'] as const;

/** Null when Teams is not connected, or cannot be. */
export function readTeams(text: Read, fault: Fault, host: string): TeamsConfig | null {
  const auth = text('TEAMS_AUTH');
  if (auth !== null && auth !== 'on' && auth !== 'off') {
    fault('TEAMS_AUTH', `"${auth}" is not known`, 'Remove it; or set it to off for a local test tool.');
  }
  if (auth === 'off') return withoutAuth(text, fault, host);
  const complete = allOrNone(text, fault, teamsNames, 'connect Teams');
  if (teamsNames.every((name) => text(name) === null)) return null;
  const teams: TeamsConfig = {
    appId: text('TEAMS_APP_ID') ?? '',
    password: text('TEAMS_APP_PASSWORD') ?? '',
    appTenant: text('TEAMS_APP_TENANT_ID'),
    tenants: tenantsIn(text),
    auth: true,
  };
  if (teams.appId && !isGuid(teams.appId)) {
    fault(
      'TEAMS_APP_ID',
      'is not an application id',
      'Copy "Application (client) ID" of the bot registration; it looks like 00000000-0000-0000-0000-000000000000.',
    );
  }
  if (isGuid(teams.password)) {
    fault(
      'TEAMS_APP_PASSWORD',
      'is the id of a secret, not the secret',
      'Make a new client secret and copy its "Value"; it is shown once.',
    );
  }
  const ids = [...teams.tenants.map((id) => ['TEAMS_TENANT_IDS', id]), ['TEAMS_APP_TENANT_ID', teams.appTenant]];
  for (const [name, id] of ids as [string, string | null][]) {
    if (id === null || isGuid(id)) continue;
    fault(
      name,
      `"${id}" is not a tenant id`,
      'Copy "Directory (tenant) ID" from Entra ID; several with commas between.',
    );
  }
  return complete ? teams : null;
}

/** An app without a login lets everybody in who reaches it: only this machine's own programs may. */
function withoutAuth(text: Read, fault: Fault, host: string): TeamsConfig {
  if (!isLoopback(host)) {
    fault(
      'TEAMS_AUTH',
      `is off while HOST is ${host}: anybody could write as anybody`,
      'Remove TEAMS_AUTH; or remove HOST, so that only programs on this machine reach Rond.',
    );
  }
  return {
    appId: text('TEAMS_APP_ID') ?? '00000000-0000-0000-0000-000000000000',
    password: '',
    appTenant: null,
    tenants: tenantsIn(text),
    auth: false,
  };
}

const isGuid = (id: string) => z.guid().safeParse(id).success;

function tenantsIn(text: Read): string[] {
  return (text('TEAMS_TENANT_IDS') ?? '')
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}
