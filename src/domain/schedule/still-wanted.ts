/** The last question before a planned message goes out: the world may have changed since it was decided. */

import { endOfDay } from '../calendar.ts';
import { handedTo } from '../chair.ts';
import type { Activity, Group, Member } from '../group.ts';
import type { ChannelName, Tell } from '../happening.ts';
import type { PlanState, Round } from '../state.ts';
import { isFor } from './audience.ts';
import { dueStanding, isOwned } from './due-standing.ts';
import { missingOf } from './fixes.ts';
import { waiting } from './hold.ts';
import { keys } from './keys.ts';
import { isBefore } from './place.ts';
import { lastDay } from './reminders.ts';
import { closeFor } from './rounds.ts';
import { hasChannel } from './scene.ts';

export type Wanted =
  | true
  | 'answered'
  | 'closed'
  | 'done'
  | 'removed'
  | 'parked'
  | 'moved'
  | 'too-late'
  | 'paused'
  | 'away'
  | 'snoozed';

/** True, or why the message must not be sent any more. */
export function stillWanted(group: Group, state: PlanState, tell: Tell, now: Temporal.Instant): Wanted {
  if ('channel' in tell.to) return channelWants(group, state, tell, tell.to.channel);
  const { member: who } = tell.to;
  const member = group.members.find(({ key }) => key === who);
  if (!member) return 'removed';
  if (tell.about.step === 'chair') return handedTo(group)?.member.key === who ? true : 'moved';
  if (tell.about.activity === undefined) return true;
  const activity = group.activities.find(({ key }) => key === tell.about.activity);
  if (!activity) return 'removed';
  if (activity.parked) return 'parked';
  if (tell.kind === 'invitation' || tell.kind === 'reminder') return roundWants(group, state, tell, member, now);
  const held = waiting(state, tell, member, now);
  if (held) return held;
  switch (tell.kind) {
    case 'summary':
      return summaryWants(state.rounds.find(({ key }) => key === tell.about.round));
    case 'deadline':
    case 'status':
    case 'overdue':
      return dueWants(group, state, tell, member, now);
    case 'fix':
      return fixWants(group, state, tell, activity);
    default:
      return true;
  }
}

function channelWants(group: Group, state: PlanState, tell: Tell, channel: ChannelName): Wanted {
  if (!hasChannel(group, channel)) return 'removed';
  if (tell.kind !== 'summary') return true;
  const round = state.rounds.find(({ key }) => key === tell.about.round);
  const activity = group.activities.find(({ key }) => key === tell.about.activity);
  if (!round || !activity) return 'removed';
  if (activity.parked) return 'parked';
  return summaryWants(round);
}

/** Opened again: the summary comes when it closes. */
function summaryWants(round: Round | undefined): Wanted {
  if (!round || round.cancelledAt) return 'removed';
  return round.closedAt ? true : 'moved';
}

/**
 * What does not depend on the person comes first: in a round that keeps to counts, what is passed over because of an answer or a "not now"
 * has a place in the week (`isCounted`), and one that would not have been sent anyway must not, or the week would tell who it was.
 */
function roundWants(group: Group, state: PlanState, tell: Tell, member: Member, now: Temporal.Instant): Wanted {
  const round = state.rounds.find(({ key }) => key === tell.about.round);
  if (!round) return 'removed';
  if (round.closedAt) return 'closed';
  const assignment = round.assignments.find((one) => one.member === member.key);
  if (!assignment && !isFor(round, member)) return 'removed';
  const close = closeFor(round, assignment);
  if (!isBefore(now, close)) return 'too-late';
  if (tell.kind === 'reminder' && round.pausedAt) return 'paused';
  if (tell.about.step === 'near' && tell.key !== nearKey(group, round, member, close)) return 'moved';
  const held = waiting(state, tell, member, now);
  if (held === 'away') return held;
  return assignment && assignment.state !== 'pending' && assignment.state !== 'draft' ? 'answered' : (held ?? true);
}

const nearKey = ({ timeZone }: Group, round: Round, { key }: Member, close: Temporal.Instant) =>
  keys.near(round.key, lastDay(close, timeZone))(key);

function dueWants(group: Group, state: PlanState, tell: Tell, member: Member, now: Temporal.Instant): Wanted {
  const standing = dueStanding(group, state, tell, member.key);
  switch (standing.is) {
    case 'asked':
      return tell.kind !== 'deadline' || isBefore(now, endOfDay(standing.date, member.timeZone)) ? true : 'too-late';
    case 'finished':
    case 'undated':
      return 'done';
    case 'left':
    case 'another':
      return 'removed';
    default:
      return standing.is;
  }
}

/** Somebody has seen to it in the meantime: by an owner, a date, or another window. */
function fixWants(group: Group, state: PlanState, tell: Tell, activity: Activity): Wanted {
  const { due, step } = tell.about;
  if (due !== undefined) {
    const round = state.rounds.find(({ key }) => key === `${activity.key}/${due}`);
    if (round) return round.openedAt || round.closedAt ? 'done' : true;
    return activity.due.some(({ key }) => key === due) ? true : 'done';
  }
  return missingOf(activity, isOwned(activity, group)) === step ? true : 'done';
}
