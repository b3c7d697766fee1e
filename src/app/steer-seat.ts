/** Every button of the convenor's cards: what is looked at, what is asked, what is done. */

import type { Holidays } from '../domain/calendar.ts';
import type { Reply, Submission } from '../ports/chat.ts';
import { takeNewcomers } from './add-members.ts';
import {
  activityCard,
  approveCard,
  type Chair,
  type ChairFor,
  chairOf,
  liveCard,
  logCard,
  planCard,
  seatCard,
  shown,
} from './convenor.ts';
import { takeMembers } from './group-members.ts';
import { takeGroup } from './group-settings.ts';
import type { Newcomers } from './newcomers.ts';
import { readCommand } from './steer-command.ts';
import { ask, carryOut } from './steer-do.ts';
import { takeOwn } from './steer-own.ts';
import { takeDate, takePerson } from './steer-pages.ts';
import type { SendRehearsal } from './steer-rehearse.ts';
import { takeRound } from './steer-round.ts';
import { notice, pageIn, type Turn } from './turn.ts';

export type SeatTurn = Turn &
  Pick<ChairFor, 'steering' | 'pictures'> & { rehearse: SendRehearsal; newcomers: Newcomers; holidays: Holidays };

const areas = new Set(['seat', 'round', 'steer', 'group', 'lines', 'me']);
export const isSeat = (verb: string): boolean => areas.has(verb.slice(0, verb.indexOf('.')));

export async function takeSeat(turn: SeatTurn): Promise<Reply> {
  const { submission } = turn;
  const { verb, values, who, event } = submission;
  if (submission.where === 'channel' && !verb.startsWith('me.')) return notice(turn, 'personal-only');
  if (verb.startsWith('me.')) return takeOwn(turn);
  const asked: ChairFor = { ...turn, who, event };
  const chair = await chairOf(asked, values.group);
  if ('do' in chair) {
    // A button with the key of a group that is not theirs was not made by Rond.
    const what = readCommand(values.command ?? '')?.do ?? verb;
    if (values.group) await turn.steering.turnedAway(asked, values.group, what);
    return chair;
  }
  if (verb.startsWith('round.')) return takeRound({ ...chair, submission, rehearse: turn.rehearse });
  if (verb.startsWith('group.')) return takeGroup({ ...chair, submission });
  if (verb.startsWith('lines.')) return takeMembers({ ...chair, submission });
  const { newcomers } = turn;
  return look({ ...chair, submission, newcomers });
}

async function look(chair: Chair & { submission: Submission; newcomers: Newcomers }): Promise<Reply> {
  const { verb, values } = chair.submission;
  const page = pageIn(chair.submission);
  switch (verb) {
    case 'seat.show':
      return shown(chair, await seatCard(chair, { page, show: values.show === 'rounds' ? 'rounds' : 'all' }));
    case 'seat.live':
      return shown(chair, await liveCard(chair, values.round ?? '', { page }));
    case 'seat.activity':
      return shown(chair, activityCard(chair, values.activity ?? '', { page }));
    case 'seat.plan':
      return { do: 'show', card: await planCard(chair, page) };
    case 'seat.log':
      return shown(chair, await logCard(chair, page));
    case 'seat.approve':
      return shown(chair, await approveCard(chair, values.round ?? ''));
    case 'seat.hold':
      return shown(chair, await liveCard(chair, values.round ?? '', { said: 'hold' }), 'finish');
    case 'steer.ask':
      return ask(chair, values.command ?? '', page);
    case 'steer.do':
      return carryOut(chair, values.command ?? '');
    case 'steer.date':
    case 'steer.dated':
      return takeDate(chair);
    case 'steer.person':
    case 'steer.find':
    case 'steer.chosen':
      return values.mode === 'add' ? takeNewcomers(chair) : takePerson(chair);
    default:
      return notice(chair, 'unknown-card');
  }
}
