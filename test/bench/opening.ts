/** How long somebody waits between the press and the first page of the survey, while fifty do the same. */

import type { Stage } from './stage.ts';

export type Opening = { people: number; waits: Record<'teams' | 'slack', number[]> };

const people = 50;

/** Milliseconds, by platform; everybody opens once, fifty at the same moment. Leaves the pages open in Teams. */
export async function measureOpening(stage: Stage): Promise<Opening> {
  const waits: Opening['waits'] = { teams: [], slack: [] };
  const most = Math.min(stage.respondents.teams.length, stage.respondents.slack.length);
  for (let from = 0; from + people <= most; from += people) {
    for (const platform of ['teams', 'slack'] as const) {
      const users = stage.respondents[platform].slice(from, from + people);
      const ids = users.map(({ member }) => member.identities[0]?.user);
      const waited = await stage.sandbox.call<number[]>('openAll', platform, ids);
      // The first fifty find a bot that has just been started.
      if (from > 0) waits[platform].push(...waited);
    }
  }
  return { people, waits };
}
