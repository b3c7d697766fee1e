/** The last question before a planned message goes out: the world may have changed since it was decided. */

import { endOfDay } from '../calendar.ts';
import type { Activity, Group, Member } from '../group.ts';
import type { ChannelName, Tell } from '../happening.ts';
import type { PlanState, Round } from '../state.ts';
import { asksOwners, effectiveDate, isDated, isFinished } from './activities.ts';
import { isAsked, isFor } from './audience.ts';
import { missingOf } from './fixes.ts';
import { waiting } from './hold.ts';
import { isAgain, keys } from './keys.ts';
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
  if (tell.about.activity === undefined) return true;
  const activity = group.activities.find(({ key }) => key === tell.about.activity);
  if (!activity) return 'removed';
  if (activity.parked) return 'parked';
  const held = waiting(state, tell, member, now);
  if (held) return held;
  switch (tell.kind) {
    case 'invitation':
    case 'reminder':
      return roundWants(group, state, tell, member, now);
    case 'summary':
      return summaryWants(state.rounds.find(({ key }) => key === tell.about.round));
    case 'deadline':
    case 'status':
    case 'overdue':
      return dueWants(group, state, tell, activity, member, now);
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

function roundWants(group: Group, state: PlanState, tell: Tell, member: Member, now: Temporal.Instant): Wanted {
  const round = state.rounds.find(({ key }) => key === tell.about.round);
  if (!round) return 'removed';
  if (round.closedAt) return 'closed';
  const assignment = round.assignments.find((one) => one.member === member.key);
  if (!assignment && !isFor(round, member)) return 'removed';
  if (assignment && assignment.state !== 'pending' && assignment.state !== 'draft') return 'answered';
  const close = closeFor(round, assignment);
  if (!isBefore(now, close)) return 'too-late';
  if (tell.kind === 'reminder' && round.pausedAt) return 'paused';
  return tell.about.step !== 'near' || tell.key === nearKey(group, round, member, close) ? true : 'moved';
}

const nearKey = ({ timeZone }: Group, round: Round, { key }: Member, close: Temporal.Instant) =>
  keys.near(round.key, lastDay(close, timeZone))(key);

function dueWants(
  group: Group,
  state: PlanState,
  tell: Tell,
  activity: Activity,
  member: Member,
  now: Temporal.Instant,
): Wanted {
  if (!isDated(activity)) return 'done';
  const due = activity.due.find(({ key }) => key === tell.about.due);
  if (!due) return 'moved';
  const update = state.statuses.find((one) => one.activity === activity.key && one.due === due.key);
  if (isFinished(update)) return 'done';
  const date = effectiveDate(due, update);
  const step = tell.about.step ?? '';
  const isTheirs = owns(activity, member) || standsIn(state, activity, member);
  const isConvenor = group.members.find(({ role }) => role === 'convenor')?.key === member.key;
  switch (tell.kind) {
    case 'deadline':
      if (!isAgain(tell.key) && tell.key !== keys.deadline(activity.key, due.key, date, step)(member.key))
        return 'moved';
      if (!isTheirs) return 'removed';
      return isBefore(now, endOfDay(date, member.timeZone)) ? true : 'too-late';
    case 'status':
      if (!isAgain(tell.key) && tell.key !== keys.status(activity.key, due.key, date)(member.key)) return 'moved';
      return (asksOwners(activity, isOwned(activity, group)) ? isTheirs : isConvenor) ? true : 'removed';
    default:
      if (!isAgain(tell.key) && tell.key !== keys.overdue(activity.key, due.key, date, step)) return 'moved';
      return isConvenor ? true : 'removed';
  }
}

/** For an owner who is away. */
function standsIn({ aways }: PlanState, { owners }: Activity, { key }: Member): boolean {
  return (aways ?? []).some((away) => away.substitute === key && owners !== 'all' && owners.includes(away.member));
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

function isOwned({ owners }: Activity, group: Group): boolean {
  return owners === 'all' || owners.some((owner) => group.members.some(({ key }) => key === owner));
}

const owns = ({ owners }: Activity, member: Member) =>
  owners === 'all' ? isAsked(member) : owners.includes(member.key);
