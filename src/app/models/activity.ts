/** What the cards about activities show. */

import type {
  DeadlineModel,
  FixModel,
  FixPageModel,
  OverdueModel,
  PlanModel,
  StatusListModel,
  StatusModel,
  StatusPageModel,
} from '../../cards/models.ts';
import { type Holidays, workingDaysSince } from '../../domain/calendar.ts';
import { type Activity, type DuePoint, dueDay, type Group, type Member } from '../../domain/group.ts';
import type { PlanState, StatusUpdate } from '../../domain/state.ts';

/** Names a due point of an activity of a group on a button; who may act on it is decided from the verified identity. */
export function refOf(group: Group, activity: Activity, due: string): string {
  return `${group.key}|${activity.key}|${due}`;
}

export function readRef(ref: string): { group: string; activity: string; due: string } | null {
  const [group, activity, due] = ref.split('|');
  return group && activity && due !== undefined ? { group, activity, due } : null;
}

/** The latest word on a due point, if there is one. */
export function wordOn(state: PlanState, activity: string, due: string): StatusUpdate | null {
  return state.statuses.find((update) => update.activity === activity && update.due === due) ?? null;
}

/** The day a due point is due now: the plan's, or the date it was moved to. */
export function effectiveDay(state: PlanState, activity: Activity, due: DuePoint): Temporal.PlainDate {
  return wordOn(state, activity.key, due.key)?.newDate ?? dueDay(due);
}

/** A survey's window needs nobody's word: when its round has closed, it is over. */
export function isOver(state: PlanState, activity: Activity, due: DuePoint): boolean {
  return state.rounds.some(({ key, closedAt }) => key === `${activity.key}/${due.key}` && closedAt !== null);
}

export function ownersOf(group: Group, activity: Activity): Member[] {
  return activity.owners === 'all'
    ? group.members
    : group.members.filter((member) => activity.owners.includes(member.key));
}

const ownerNames = (group: Group, activity: Activity) =>
  activity.owners === 'all'
    ? []
    : [...ownersOf(group, activity).map((member) => member.name), ...activity.unknownOwners];

export function deadlineModel(
  group: Group,
  state: PlanState,
  activity: Activity,
  due: DuePoint,
  step: 'week' | 'day',
): DeadlineModel {
  return {
    ref: refOf(group, activity, due.key),
    group: group.name,
    activity: activity.title,
    due: effectiveDay(state, activity, due).toString(),
    step,
    links: activity.links,
    shared: activity.owners === 'all',
  };
}

export function statusModel(group: Group, state: PlanState, activity: Activity, due: DuePoint): StatusModel {
  const word = wordOn(state, activity.key, due.key);
  const by = group.members.find((member) => member.key === word?.by)?.name ?? '';
  return {
    ref: refOf(group, activity, due.key),
    group: group.name,
    activity: activity.title,
    due: effectiveDay(state, activity, due).toString(),
    current: word ? { status: word.status, note: word.note, by } : null,
  };
}

const people = (group: Group) => group.members.map(({ key, name }) => ({ key, name }));

export function statusPageModel(
  status: StatusModel,
  group: Group,
  values: StatusPageModel['values'],
  errors: StatusPageModel['errors'],
): StatusPageModel {
  return { ...status, people: people(group), values, errors };
}

export function fixModel(group: Group, activity: Activity): FixModel {
  const missing: FixModel['missing'] = [];
  if (activity.owners !== 'all' && ownersOf(group, activity).length === 0) missing.push('owner');
  if (activity.due.length === 0) missing.push('date');
  return {
    ref: refOf(group, activity, ''),
    group: group.name,
    activity: activity.title,
    missing,
    unknownOwners: activity.unknownOwners,
  };
}

export function fixPageModel(
  fix: FixModel,
  group: Group,
  values: FixPageModel['values'],
  errors: FixPageModel['errors'],
): FixPageModel {
  return { ...fix, people: people(group), values, errors };
}

export function overdueModel(
  group: Group,
  state: PlanState,
  activity: Activity,
  due: DuePoint,
  today: Temporal.PlainDate,
  holidays: Holidays,
): OverdueModel {
  const day = effectiveDay(state, activity, due);
  return {
    ref: refOf(group, activity, due.key),
    group: group.name,
    activity: activity.title,
    due: day.toString(),
    days: workingDaysSince(group.country, day, today, holidays),
    owners: activity.owners === 'all' ? 'all' : ownerNames(group, activity),
  };
}

export function planModel(group: Group, state: PlanState): PlanModel {
  return {
    group: group.name,
    activities: group.activities
      .filter((activity) => !activity.parked)
      .map((activity) => ({
        title: activity.title,
        kind: activity.kind,
        owners: activity.owners === 'all' ? 'all' : ownerNames(group, activity),
        due: activity.due.map((due) => {
          const moved = wordOn(state, activity.key, due.key)?.newDate;
          if (moved) return { on: moved.toString() };
          return 'on' in due ? { on: due.on.toString() } : { from: due.from.toString(), to: due.to.toString() };
        }),
        // Of several due points the least finished one speaks for the activity.
        status: leastDone(activity.due.map((due) => wordOn(state, activity.key, due.key)?.status ?? null)),
      })),
  };
}

function leastDone<T>(words: T[]): T | null {
  return words.find((word) => word !== 'done') ?? words[0] ?? null;
}

type OpenPoint = { activity: Activity; due: DuePoint; word: StatusUpdate | null };

function openPoints(group: Group, state: PlanState): OpenPoint[] {
  return group.activities
    .filter((activity) => !activity.parked && activity.kind !== 'watch' && !activity.ongoing)
    .flatMap((activity) => activity.due.map((due) => ({ activity, due, word: wordOn(state, activity.key, due.key) })))
    .filter(({ word }) => word?.status !== 'done' && word?.status !== 'stopped')
    .filter(({ activity, due }) => !isOver(state, activity, due));
}

const leads = (member: Member) => member.role === 'convenor' || member.role === 'deputy';

/** The open due points this person answers for, as they stand. */
export function pointsOf(group: Group, state: PlanState, member: Member): StatusListModel['mine'] {
  return (
    openPoints(group, state)
      .filter(({ activity }) => (activity.owners === 'all' ? leads(member) : activity.owners.includes(member.key)))
      // A survey's window goes by its round.
      .filter(({ activity, due }) => activity.kind !== 'collection' || 'on' in due)
      .map(({ activity, due, word }) => ({
        ref: refOf(group, activity, due.key),
        activity: activity.title,
        due: effectiveDay(state, activity, due).toString(),
        status: word?.status ?? null,
      }))
  );
}

/** The group's open dates from today on, the nearest first: a window that has not opened yet by its first day. */
export function nextDates(
  group: Group,
  state: PlanState,
  today: Temporal.PlainDate,
): { activity: string; day: string }[] {
  return openPoints(group, state)
    .map(({ activity, due }) => {
      const waits = 'from' in due && Temporal.PlainDate.compare(due.from, today) >= 0;
      return { activity: activity.title, day: waits ? due.from : effectiveDay(state, activity, due) };
    })
    .filter(({ day }) => Temporal.PlainDate.compare(day, today) >= 0)
    .map(({ activity, day }) => ({ activity, day: day.toString() }));
}

/** Due points this person answers for, and for the convenor who could not be reached. */
export function statusListModel(
  group: Group,
  state: PlanState,
  member: Member,
  today: Temporal.PlainDate,
  unreached: StatusListModel['unreached'],
): StatusListModel {
  return {
    group: group.name,
    mine: pointsOf(group, state, member),
    late: openPoints(group, state).filter(
      ({ activity, due }) => Temporal.PlainDate.compare(effectiveDay(state, activity, due), today) < 0,
    ).length,
    unreached: leads(member) ? unreached : [],
  };
}
