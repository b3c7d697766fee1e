/** Which token speaks in which workspace: the one that was given, or those that workspaces let in by OAuth. */

import { WebClient, type WebClientOptions } from '@slack/web-api';
import { type Installation, type Installations, installationId } from '../../ports/installations.ts';
import type { Common, Connection } from './connection.ts';
import { seen } from './seen.ts';
import { isOurs, workspaceOf } from './workspace.ts';

export type Connections = {
  /**
   * The connection to a workspace; null when Rond is not let in there. `enterprise`: the workspace's organisation, null
   * when it has none, left out where nobody says. Rejects when it cannot be told (Slack or the database is away).
   */
  to(team: string, enterprise?: string | null): Promise<Connection | null>;
  /** Slack takes a token no more, or there is another: what is kept is read anew. */
  forget(): void;
};

/** One token. Slack is asked once whose it is. */
export function oneConnection(common: Common, botToken: string, options: WebClientOptions): Connections {
  const client = new WebClient(botToken, options);
  const workspace = workspaceOf(client);
  const connection: Connection = { ...common, client, workspace };
  return {
    async to(team, enterprise) {
      const ours = await workspace();
      return isOurs(ours, team, enterprise === undefined ? ours.enterprise : enterprise) ? connection : null;
    },
    forget() {},
  };
}

/** How long another process's news (installed anew, uninstalled) may take to be seen here. */
const keepMs = 30_000;

/** A token for each workspace or organisation that let Rond in. `clock`: real time in milliseconds. */
export function installedConnections(
  common: Common,
  installations: Installations,
  options: WebClientOptions,
  clock: () => number,
): Connections {
  /** By workspace, and the organisation that was named with it. */
  const known = new Map<string, { until: number; connection: Connection }>();
  const asked = seen(keepMs, clock);

  function connectionOf(installation: Installation): Connection {
    const client = new WebClient(installation.botToken, options);
    const { enterprise, botUser, bot } = installation;
    const whose = { team: installationId(installation), enterprise, botUser, bot };
    return { ...common, client, workspace: async () => whose };
  }

  /** A workspace's own installation comes before its organisation's. */
  async function look(team: string, enterprise: string | null | undefined): Promise<Connection | null> {
    const own = await installations.find(team);
    if (own) return connectionOf(own);
    if (enterprise) {
      const whole = await installations.find(enterprise);
      return whole ? connectionOf(whole) : null;
    }
    return enterprise === undefined ? lookInOrganisations(team) : null;
  }

  /** Only Slack knows which workspaces an organisation has put Rond in. */
  async function lookInOrganisations(team: string): Promise<Connection | null> {
    const organisations = (await installations.all()).filter((one) => one.team === null);
    // A workspace nobody let Rond into would be asked for again with every message to it.
    if (organisations.length === 0 || !asked.add(team)) return null;
    for (const organisation of organisations) {
      const connection = connectionOf(organisation);
      try {
        if (await hasTeam(connection.client, team)) {
          asked.forget(team);
          return connection;
        }
      } catch (error) {
        asked.forget(team);
        throw error;
      }
    }
    return null;
  }

  return {
    async to(team, enterprise) {
      const name = `${team}/${enterprise ?? (enterprise === null ? '-' : '')}`;
      const kept = known.get(name);
      if (kept && kept.until > clock()) return kept.connection;
      const connection = await look(team, enterprise);
      if (connection) known.set(name, { until: clock() + keepMs, connection });
      else known.delete(name);
      return connection;
    },
    forget() {
      known.clear();
    },
  };
}

async function hasTeam(client: WebClient, team: string): Promise<boolean> {
  let cursor = '';
  do {
    const page = await client.auth.teams.list({ limit: 200, ...(cursor ? { cursor } : {}) });
    if (page.teams?.some((one) => one.id === team)) return true;
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor);
  return false;
}
