/** What the picture of a plan shows: dates and how things stand, and of people nothing. */

import type { PictureStatus } from '../../cards/picture/marks.ts';
import type { PictureRow, PictureSpan, PlanPicture } from '../../cards/picture/plan-picture.ts';
import type { Activity, DuePoint, Group } from '../../domain/group.ts';
import { roundKey } from '../../domain/schedule/opening.ts';
import { type PlanState, wordOn } from '../../domain/state.ts';
import { isOver, spanNow } from './activity.ts';

/** Which rows of the plan: `count` from the `first` on (0-based); `parked`: of all activities, those set aside among them. */
export type Rows = { first: number; count: number; parked: boolean };

export function rowsOf(group: Group, { first, count, parked }: Rows): Activity[] {
  const all = parked ? group.activities : group.activities.filter((activity) => !activity.parked);
  return all.slice(first, first + count);
}

export function pictureOf(group: Group, state: PlanState, rows: Rows, today: Temporal.PlainDate): PlanPicture {
  return { today, rows: rowsOf(group, rows).map((activity) => rowOf(group, state, activity, today)) };
}

function rowOf(group: Group, state: PlanState, activity: Activity, today: Temporal.PlainDate): PictureRow {
  const spans = activity.due.map((due) => spanOf(group, state, activity, due, today));
  const { title, ongoing, parked } = activity;
  // Of several due points the least finished one speaks for the activity, and one that is late before all.
  const word =
    spans.find(({ status }) => status === 'late') ?? spans.find(({ status }) => status !== 'done') ?? spans[0];
  return { title, ongoing, spans, status: parked ? 'parked' : (word?.status ?? 'none') };
}

function spanOf(
  group: Group,
  state: PlanState,
  activity: Activity,
  due: DuePoint,
  today: Temporal.PlainDate,
): PictureSpan {
  const { from, to } = spanNow(group, state, activity, due);
  return { from, to, isWindow: 'from' in due, status: statusOf(state, activity, due, to, today) };
}

function statusOf(
  state: PlanState,
  activity: Activity,
  due: DuePoint,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
): PictureStatus {
  if (activity.parked) return 'parked';
  if (isOver(state, activity, due)) return 'done';
  const said = wordOn(state, activity.key, due.key)?.status;
  if (said === 'done' || said === 'stopped') return said;
  const round = state.rounds.find(({ key }) => key === roundKey(activity, due));
  if (round?.openedAt) return 'under-way';
  // A watch and what goes on for good are never late.
  const isDated = activity.kind !== 'watch' && !activity.ongoing;
  return isDated && Temporal.PlainDate.compare(day, today) < 0 ? 'late' : (said ?? 'none');
}

/** The first and the last day of what is shown; null where nothing has a date. */
export function daysOf({ rows }: PlanPicture): { from: string; to: string } | null {
  const days = rows
    .flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]))
    .sort(Temporal.PlainDate.compare);
  return days[0] && days.at(-1) ? { from: days[0].toString(), to: (days.at(-1) ?? days[0]).toString() } : null;
}
