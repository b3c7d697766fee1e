/** The convenor's words in the chat: chair, rounds, log, away. */

import type { CommandName } from '../cards/commands.ts';
import { leadsGroup } from '../domain/group.ts';
import type { Reply } from '../ports/chat.ts';
import { type ChairFor, chairOf, logCard, planCard, seatCard, shown } from './convenor.ts';
import { awayReply } from './steer-own.ts';
import { takeAdminWord } from './take-admin.ts';
import { notice } from './turn.ts';

/** Null when the word belongs to somebody else's answers. */
export async function takeSeatWord(
  asked: ChairFor,
  name: CommandName | null,
  where: 'personal' | 'channel',
): Promise<Reply | null> {
  if (name === 'admin') return takeAdminWord(asked, where);
  const leads = asked.people.some(({ member }) => leadsGroup(member));
  if (name === 'plan') {
    if (where === 'channel' || !leads) return null;
  } else if (name !== 'seat' && name !== 'rounds' && name !== 'log' && name !== 'away') return null;
  if (asked.people.length === 0) return notice(asked, 'not-member');
  if (where === 'channel') return notice(asked, 'personal-only');
  const chair = await chairOf(asked);
  if ('do' in chair) return chair;
  switch (name) {
    case 'plan':
      return { do: 'show', card: await planCard(chair, 1) };
    case 'away':
      return awayReply(chair);
    case 'log':
      return shown(chair, await logCard(chair, 1));
    default:
      return shown(chair, await seatCard(chair, { show: name === 'rounds' ? 'rounds' : 'all' }));
  }
}
