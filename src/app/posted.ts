/** Who may see all of what stands in a channel in part. */

import { say } from '../cards/words.ts';
import type { Channel, Group } from '../domain/group.ts';
import { may } from '../domain/steering/may.ts';
import type { Reply } from '../ports/chat.ts';
import type { Newcomers } from './newcomers.ts';
import { notice, type Turn } from './turn.ts';

/** `channel`: where it was pressed, null in a personal chat. */
export type ChannelTurn = Turn & { channel: string | null; newcomers: Pick<Newcomers, 'isIn'> };

type Place = Pick<Channel, 'platform' | 'tenant' | 'id'>;

/**
 * What to answer whoever may not see what stands in these channels; null for whoever may. That is everybody where it stands, as they read
 * it there; and in a personal chat, where an old Teams client is given it, whoever is in one of the channels, as the platform says.
 */
export async function barredFrom(turn: ChannelTurn, channels: readonly Place[]): Promise<Reply | null> {
  const { who } = turn.submission;
  const here = channels.filter(({ platform, tenant }) => platform === who.platform && tenant === who.tenant);
  if (turn.channel !== null) return here.some(({ id }) => id === turn.channel) ? null : notice(turn, 'not-member');
  const isIn = await Promise.all(here.map((channel) => turn.newcomers.isIn(channel, who)));
  if (isIn.includes(true)) return null;
  return isIn.includes(null)
    ? { do: 'notice', text: say(turn.language, 'error.roster-away') }
    : notice(turn, 'not-member');
}

/** The same of a group's channels: whoever is in the group may see what stands in them anywhere. */
export async function barredFromGroup(turn: ChannelTurn, group: Group): Promise<Reply | null> {
  const isReader = turn.people.some(
    ({ groupKey, member }) => groupKey === group.key && may(member, 'see-plan', group) === 'all',
  );
  return isReader ? null : barredFrom(turn, group.channels);
}
