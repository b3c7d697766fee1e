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
import { type Activity, type DuePoint, dueDay, type Group, leadsGroup, type Member } from '../../domain/group.ts';
import { isDated, isFinished } from '../../domain/schedule/activities.ts';
import { type Asked, askedBy, isForSome } from '../../domain/schedule/audience.ts';
import { roundKey } from '../../domain/schedule/opening.ts';
import { lastDay } from '../../domain/schedule/reminders.ts';
import { type PlanState, type Round, type StatusUpdate, wordOn } from '../../domain/state.ts';
import { choicesOf } from '../steer-choices.ts';
import { pageOf } from './pages.ts';

/** Names a due point of an activity of a group on a button; who may act on it is decided from the verified identity. */
export function refOf(group: Group, activity: Activity, due: string): string {
  return `${group.key}|${activity.key}|${due}`;
}

export function readRef(ref: string): { group: string; activity: string; due: string } | null {
  const [group, activity, due] = ref.split('|');
  return group && activity && due !== undefined ? { group, activity, due } : null;
}

/**
 * From when to when a due point is now: a survey's window goes by its round, which may have been set, moved or extended; anything else is
 * where the plan has it, or on the date it was moved to.
 */
export function spanNow(
  group: Pick<Group, 'timeZone'>,
  state: PlanState,
  activity: Activity,
  due: DuePoint,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  const round = state.rounds.find(({ key, cancelledAt }) => key === roundKey(activity, due) && !cancelledAt);
  if (round) return daysOf(group, round);
  const moved = wordOn(state, activity.key, due.key)?.newDate;
  const to = moved ?? dueDay(due);
  return { from: !moved && 'from' in due && Temporal.PlainDate.compare(due.from, to) <= 0 ? due.from : to, to };
}

/** The first and the last day of a round. */
export function daysOf({ timeZone }: Pick<Group, 'timeZone'>, { opensAt, closesAt }: Round) {
  const to = lastDay(closesAt, timeZone);
  const start = opensAt.toZonedDateTimeISO(timeZone).toPlainDate();
  return { from: Temporal.PlainDate.compare(start, to) > 0 ? to : start, to };
}

/** The day a due point is due now. */
export function effectiveDay(group: Pick<Group, 'timeZone'>, state: PlanState, activity: Activity, due: DuePoint) {
  return spanNow(group, state, activity, due).to;
}

/** A survey's window needs nobody's word: when its round has closed, it is over. */
export function isOver(state: PlanState, activity: Activity, due: DuePoint): boolean {
  return state.rounds.some(({ key, closedAt }) => key === roundKey(activity, due) && closedAt !== null);
}

export function ownersOf(group: Group, activity: Activity): Member[] {
  return activity.owners === 'all'
    ? group.members
    : group.members.filter((member) => activity.owners.includes(member.key));
}

/** Those who are named, whether the group knows them or not. */
export const ownerNames = (group: Group, activity: Activity) =>
  activity.owners === 'all'
    ? []
    : [...ownersOf(group, activity).map((member) => member.name), ...activity.unknownOwners];

/** The rounds of these due points. */
export function roundsOf(state: PlanState, activity: Activity, points: readonly DuePoint[]): Round[] {
  const keys = new Set(points.map((due) => roundKey(activity, due)));
  return state.rounds.filter(({ key }) => keys.has(key));
}

/** How many these surveys of everybody's activity ask, where each of them is for some. */
export function askedOf({ members }: Group, rounds: readonly Round[]): Asked | null {
  return rounds.length > 0 && rounds.every(isForSome) ? askedBy(members, rounds) : null;
}

/** All surveys of an activity that is nothing besides: no window waits for everybody, and no date is theirs. */
export function onlyRounds(state: PlanState, activity: Activity): Round[] {
  const planned = roundsOf(state, activity, activity.due);
  return planned.length < activity.due.length ? [] : state.rounds.filter((round) => round.activity === activity.key);
}

/** Fewer days than this are no week. */
const fewDays = 5;

export function deadlineModel(
  group: Group,
  state: PlanState,
  activity: Activity,
  due: DuePoint,
  step: string | undefined,
  today: Temporal.PlainDate,
): DeadlineModel {
  const day = effectiveDay(group, state, activity, due);
  return {
    ref: refOf(group, activity, due.key),
    group: group.name,
    activity: activity.title,
    due: day.toString(),
    // A date that was moved near is told at once, with what was meant for a week before.
    step: step === 'day' || today.until(day).days < fewDays ? 'day' : 'week',
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
    due: effectiveDay(group, state, activity, due).toString(),
    current: word ? { status: word.status, note: word.note, by } : null,
  };
}

export function statusPageModel(
  status: StatusModel,
  group: Group,
  values: StatusPageModel['values'],
  from: StatusPageModel['from'],
): StatusPageModel {
  return { ...status, from, people: choicesOf(group.members), values, errors: {} };
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
  return { ...fix, people: choicesOf(group.members), values, errors };
}

export function overdueModel(
  group: Group,
  state: PlanState,
  activity: Activity,
  due: DuePoint,
  today: Temporal.PlainDate,
  holidays: Holidays,
): OverdueModel {
  const day = effectiveDay(group, state, activity, due);
  return {
    ref: refOf(group, activity, due.key),
    group: group.name,
    activity: activity.title,
    due: day.toString(),
    days: workingDaysSince(group.country, day, today, holidays),
    owners: activity.owners === 'all' ? 'all' : ownerNames(group, activity),
  };
}

/** These of the group's activities. */
export function planModel(group: Group, state: PlanState, activities: readonly Activity[]): PlanModel {
  return {
    group: group.name,
    activities: activities.map((activity) => ({
      title: activity.title,
      kind: activity.kind,
      owners:
        activity.owners === 'all'
          ? (askedOf(group, onlyRounds(state, activity)) ?? 'all')
          : ownerNames(group, activity),
      due: activity.due.map((due) => {
        const { from, to } = spanNow(group, state, activity, due);
        return from.equals(to) ? { on: to.toString() } : { from: from.toString(), to: to.toString() };
      }),
      // Of several due points the least finished one speaks for the activity.
      status: leastDone(activity.due.map((due) => wordOn(state, activity.key, due.key)?.status ?? null)),
      ongoing: activity.ongoing,
      parked: activity.parked,
    })),
  };
}

function leastDone<T>(words: T[]): T | null {
  return words.find((word) => word !== 'done') ?? words[0] ?? null;
}

type OpenPoint = { activity: Activity; due: DuePoint; word: StatusUpdate | undefined };

function openPoints(group: Group, state: PlanState): OpenPoint[] {
  return group.activities
    .filter(isDated)
    .flatMap((activity) => activity.due.map((due) => ({ activity, due, word: wordOn(state, activity.key, due.key) })))
    .filter(({ word }) => !isFinished(word))
    .filter(({ activity, due }) => !isOver(state, activity, due));
}

/** The open due points this person answers for, as they stand. */
export function pointsOf(group: Group, state: PlanState, member: Member): StatusListModel['mine'] {
  return (
    openPoints(group, state)
      .filter(({ activity }) => (activity.owners === 'all' ? leadsGroup(member) : activity.owners.includes(member.key)))
      // A survey's window goes by its round.
      .filter(({ activity, due }) => activity.kind !== 'collection' || 'on' in due)
      .map(({ activity, due, word }) => ({
        ref: refOf(group, activity, due.key),
        activity: activity.title,
        due: effectiveDay(group, state, activity, due).toString(),
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
      const { from, to } = spanNow(group, state, activity, due);
      return { activity: activity.title, day: Temporal.PlainDate.compare(from, today) >= 0 ? from : to };
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
  page: number,
): StatusListModel {
  const mine = pointsOf(group, state, member);
  const lacking = leadsGroup(member) ? unreached : [];
  const { rows, ...paged } = pageOf([...mine.map((point) => ({ point })), ...lacking.map((who) => ({ who }))], page);
  return {
    group: group.name,
    shown: { ref: group.key, count: mine.length, ...paged },
    mine: rows.flatMap((row) => ('point' in row ? [row.point] : [])),
    late: openPoints(group, state).filter(
      ({ activity, due }) => Temporal.PlainDate.compare(effectiveDay(group, state, activity, due), today) < 0,
    ).length,
    unreached: rows.flatMap((row) => ('who' in row ? [row.who] : [])),
  };
}
