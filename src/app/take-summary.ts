/** From a result in a channel to all of it, a page at a time: for whoever can see the result, the same figures. */

import type { Group } from '../domain/group.ts';
import { awaitsApproval } from '../domain/steering/live.ts';
import { may } from '../domain/steering/may.ts';
import type { Reply } from '../ports/chat.ts';
import { summaryListModel } from './models/rating.ts';
import { approveModel, resultModel } from './models/result.ts';
import { barredFromGroup, type ChannelTurn } from './posted.ts';
import { cardFor, notice, pageIn } from './turn.ts';

export async function takeSummary(turn: ChannelTurn): Promise<Reply> {
  const { store, submission, language } = turn;
  const { group: key = '', round: roundKey = '', nth = '' } = submission.values;
  const loaded = await store.groups.glance(key);
  const round = loaded?.state.rounds.find((one) => one.key === roundKey);
  if (!loaded || !round) return notice(turn, 'unknown-card');
  const barred = await barredFromGroup(turn, loaded.group);
  if (barred) return barred;
  const result = /^\d{1,6}$/.test(nth) ? await store.answers.result(loaded.id, roundKey, Number(nth)) : null;
  if (!result) return notice(turn, 'unknown-card');
  const { group } = loaded;
  const isLatest = (round.reopened ?? 0) === result.nth;
  const model = resultModel(group, round, result, language);
  switch (submission.verb) {
    case 'summary.whole': {
      const list = summaryListModel(model, pageIn(submission), !isLatest);
      return { do: 'show', card: cardFor(turn, group, 'summary-list', list) };
    }
    // In Teams the list took the place of what it was opened on.
    case 'summary.show': {
      const waits = isLatest && awaitsApproval(round) && mayApprove(turn, group);
      const card = waits
        ? cardFor(turn, group, 'approve', approveModel(group, round, result, language))
        : cardFor(turn, group, 'summary', model);
      return { do: 'show', card };
    }
    default:
      return notice(turn, 'unknown-card');
  }
}

function mayApprove({ people }: ChannelTurn, group: Group): boolean {
  const person = people.find(({ groupKey }) => groupKey === group.key);
  return person !== undefined && may(person.member, 'approve-summary', group) === 'all';
}
