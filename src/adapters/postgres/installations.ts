/** Slack workspaces and organisations that let Rond in; their tokens lie sealed. */

import { type Installation, type Installations, installationId } from '../../ports/installations.ts';
import type { Database } from './connect.ts';
import type { SlackInstallation } from './generated/client.ts';
import { dateOf, instantOf } from './rows.ts';
import { type Sealing, sealing } from './sealing.ts';

/** `keys` of 32 bytes: the first seals, each opens. */
export function installations({ prisma }: Pick<Database, 'prisma'>, keys: readonly Buffer[]): Installations {
  const seals = sealing(keys);
  /** The key was changed: what is met on the way is sealed with the new one. */
  async function opened(row: SlackInstallation): Promise<Installation> {
    const found = toInstallation(row, seals);
    if (seals.isOld(row.botToken)) {
      await prisma.slackInstallation.updateMany({
        where: { id: row.id, botToken: row.botToken },
        data: { botToken: seals.seal(found.botToken, row.id) },
      });
    }
    return found;
  }

  return {
    async find(id) {
      const row = await prisma.slackInstallation.findUnique({ where: { id } });
      return row && opened(row);
    },
    async all() {
      const rows = await prisma.slackInstallation.findMany({ orderBy: { id: 'asc' } });
      return Promise.all(rows.map(opened));
    },
    async put(installation) {
      const id = installationId(installation);
      const { team, enterprise, botToken, botUser, bot, scopes, installedBy, installedAt } = installation;
      const row = {
        team,
        enterprise,
        botToken: seals.seal(botToken, id),
        botUser,
        bot,
        scopes,
        installedBy,
        installedAt: dateOf(installedAt),
      };
      await prisma.slackInstallation.upsert({ where: { id }, create: { id, ...row }, update: row });
    },
    async remove(id, before) {
      const installedAt = { lte: dateOf(before) };
      await prisma.slackInstallation.deleteMany({ where: { id, installedAt } });
    },
  };
}

function toInstallation(row: SlackInstallation, seals: Sealing): Installation {
  const { id, team, enterprise, botToken, botUser, bot, scopes, installedBy, installedAt } = row;
  return {
    team,
    enterprise,
    botToken: seals.open(botToken, id),
    botUser,
    bot,
    scopes,
    installedBy,
    installedAt: instantOf(installedAt),
  };
}
