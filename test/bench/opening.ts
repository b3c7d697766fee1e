/** How long somebody waits between the press and the first page of the survey, while fifty do the same. */

import type { Stage } from './stage.ts';

export type Opening = {
  people: number;
  waits: Record<'teams' | 'slack', number[]>;
  /** In Slack by a bot that has never opened a survey before, for which nothing has been compiled. */
  fresh: number[];
};

const people = 50;

/**
 * Milliseconds, by platform; fifty open at the same moment. In Slack everybody closes the page and opens it again: what is measured is a
 * bot that has done it before. In Teams the pages stay open, and only the first fifty find a bot that has just been started.
 */
export async function measureOpening(stage: Stage): Promise<Opening> {
  const opening: Opening = { people, waits: { teams: [], slack: [] }, fresh: [] };
  const most = Math.min(stage.respondents.teams.length, stage.respondents.slack.length);
  const open = (platform: 'teams' | 'slack', from: number) => {
    const users = stage.respondents[platform].slice(from, from + people);
    const ids = users.map(({ member }) => member.identities[0]?.user);
    return stage.sandbox.call<number[]>('openAll', platform, ids);
  };
  for (let from = 0; from + people <= most; from += people) {
    const waited = await open('teams', from);
    if (from > 0) opening.waits.teams.push(...waited);
    opening.fresh.push(...(await open('slack', from)));
  }
  for (let from = 0; from + people <= most; from += people) opening.waits.slack.push(...(await open('slack', from)));
  return opening;
}
