/** How it stands, at this moment, with the due point that a message to somebody is about. */

import type { Activity, DuePoint, Group, Member } from '../group.ts';
import type { Tell } from '../happening.ts';
import { type PlanState, type StatusUpdate, wordOn } from '../state.ts';
import { asksOwners, effectiveDate, isDated, isFinished } from './activities.ts';
import { isAsked } from './audience.ts';
import { isAgain, keys } from './keys.ts';

export type DueStanding =
  /** Their own, on the day the message is about. */
  | { is: 'asked'; date: Temporal.PlainDate }
  | { is: 'left' | 'removed' | 'parked' | 'undated' }
  | { is: 'finished'; word: StatusUpdate }
  /** Somebody else is asked about it. */
  | { is: 'another'; activity: Activity }
  /** To a day, or, where it cannot be told which of several it is now, to none. */
  | { is: 'moved'; to: Temporal.PlainDate | null };

/** `key`: as it stands in the ledger; null asks how it stands on whatever day it is now. */
export type AboutPoint = Pick<Tell, 'kind' | 'about'> & { key: string | null };

/** `tell`: a deadline, a status question or news of what is overdue, as it was sent to the member of that key. */
export function dueStanding(group: Group, state: PlanState, tell: AboutPoint, to: string): DueStanding {
  const member = group.members.find(({ key }) => key === to);
  if (!member) return { is: 'left' };
  const activity = group.activities.find(({ key }) => key === tell.about.activity);
  if (!activity) return { is: 'removed' };
  if (activity.parked) return { is: 'parked' };
  if (!isDated(activity)) return { is: 'undated' };
  const due = activity.due.find(({ key }) => key === tell.about.due);
  const now = due ?? movedPoint(activity, tell.about.due);
  const word = now && wordOn(state, activity.key, now.key);
  if (word && isFinished(word)) return { is: 'finished', word };
  if (!isTheirs(group, state, tell, activity, member)) return { is: 'another', activity };
  if (!now) return { is: 'moved', to: null };
  const date = effectiveDate(now, word);
  if (!due || !isOfDay(tell, activity, due, date, member)) return { is: 'moved', to: date };
  return { is: 'asked', date };
}

/** The convenor's new date has a key of its own, and knows the first one. */
function movedPoint({ due }: Activity, key: string | undefined): DuePoint | undefined {
  return due.find(({ first }) => first === key) ?? (due.length === 1 ? due[0] : undefined);
}

function isTheirs(group: Group, state: PlanState, { kind }: AboutPoint, activity: Activity, member: Member): boolean {
  const owns = () => isOwner(activity, member) || standsIn(state, activity, member);
  const convenes = () => group.members.find(({ role }) => role === 'convenor')?.key === member.key;
  if (kind === 'deadline') return owns();
  return kind === 'status' && asksOwners(activity, isOwned(activity, group)) ? owns() : convenes();
}

function isOfDay(
  { key: named, kind, about: { step = '', again } }: AboutPoint,
  activity: Activity,
  due: DuePoint,
  date: Temporal.PlainDate,
  member: Member,
): boolean {
  // What was said again before it carried that key asks as long as it is theirs.
  const key = named !== null && isAgain(named) ? (again ?? null) : named;
  if (key === null) return true;
  if (kind === 'deadline') return key === keys.deadline(activity.key, due.key, date, step)(member.key);
  if (kind === 'status') return key === keys.status(activity.key, due.key, date)(member.key);
  return key === keys.overdue(activity.key, due.key, date, step);
}

/** For an owner who is away. */
export function standsIn(
  { aways }: Pick<PlanState, 'aways'>,
  { owners }: Pick<Activity, 'owners'>,
  { key }: Pick<Member, 'key'>,
): boolean {
  return (aways ?? []).some((away) => away.substitute === key && owners !== 'all' && owners.includes(away.member));
}

export function isOwned({ owners }: Activity, group: Group): boolean {
  return owners === 'all' || owners.some((owner) => group.members.some(({ key }) => key === owner));
}

const isOwner = ({ owners }: Activity, member: Member) =>
  owners === 'all' ? isAsked(member) : owners.includes(member.key);
