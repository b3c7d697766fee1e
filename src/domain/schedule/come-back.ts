/** Somebody who could not be reached can be again: which of the messages that did not arrive still make sense, without a burst. */

import type { Group } from '../group.ts';
import type { About, Tell } from '../happening.ts';
import type { PlanState } from '../state.ts';
import { stillWanted, type Wanted } from './still-wanted.ts';

export type ComeBack = {
  send: { key: string; about: About }[];
  passed: { key: string; why: Exclude<Wanted, true> | 'superseded' }[];
};

/**
 * `tells` are one receiver's, oldest first. What belongs together (a round, a due point, a channel's digests) is told once:
 * an invitation before any reminder, otherwise the latest. The digest that is sent tells of the whole time that was missed.
 */
export function afterComingBack(group: Group, state: PlanState, tells: Tell[], now: Temporal.Instant): ComeBack {
  const found: ComeBack = { send: [], passed: [] };
  const waiting: Tell[] = [];
  for (const tell of tells) {
    const wanted = stillWanted(group, state, tell, now);
    if (wanted === true) waiting.push(tell);
    else found.passed.push({ key: tell.key, why: wanted });
  }
  for (const [first, ...rest] of Map.groupBy(waiting, matterOf).values()) {
    if (!first) continue;
    const chosen = [first, ...rest].find(({ kind }) => kind === 'invitation') ?? rest.at(-1) ?? first;
    const about = since(chosen.about, first.about);
    for (const tell of [first, ...rest]) {
      if (tell === chosen) found.send.push({ key: tell.key, about });
      else found.passed.push({ key: tell.key, why: 'superseded' });
    }
  }
  return found;
}

/** A digest tells from where the first of those that were missed would have begun: the very first has no beginning. */
function since({ after: _, ...about }: About, { after }: About): About {
  return after === undefined ? about : { ...about, after };
}

/** What a message belongs to: of several about the same matter only one is told. */
function matterOf({ kind, key, about }: Tell): string {
  switch (kind) {
    case 'invitation':
    case 'reminder':
      return `round ${about.round}`;
    case 'deadline':
    case 'status':
    case 'overdue':
      return `due ${about.activity} ${about.due}`;
    case 'digest':
    case 'steering':
    case 'welcome':
      return kind;
    default:
      return key;
  }
}
