/** What in a plan wants somebody's eye: late, stopped, without an owner, and what comes in the next two weeks. */

import type { Activity, DuePoint, Group } from '../../domain/group.ts';
import { isDated } from '../../domain/schedule/activities.ts';
import type { Asked } from '../../domain/schedule/audience.ts';
import { type PlanState, type Round, wordOn } from '../../domain/state.ts';
import { askedOf, effectiveDay, isOver, ownersOf, roundsOf } from './activity.ts';

const aheadDays = 14;

export type AttentionLine = { key: string; title: string; day: string | null; owners: string | Asked };
export type Attention = Record<'late' | 'blocked' | 'unowned' | 'ahead', AttentionLine[]>;

/** Names of who owns an activity, joined by commas; 'all' for everybody or, where these surveys of it are for some, how many; '' for nobody. */
export function ownersText(group: Group, activity: Activity, rounds: readonly Round[]): string | Asked {
  if (activity.owners === 'all') return askedOf(group, rounds) ?? 'all';
  return [...ownersOf(group, activity).map(({ name }) => name), ...activity.unknownOwners].join(', ');
}

export function attentionOf(group: Group, state: PlanState, today: Temporal.PlainDate): Attention {
  const found: Attention = { late: [], blocked: [], unowned: [], ahead: [] };
  const limit = today.add({ days: aheadDays });
  for (const activity of group.activities) {
    if (!isDated(activity)) continue;
    const line = (day: Temporal.PlainDate | null, due?: DuePoint): AttentionLine => ({
      key: activity.key,
      title: activity.title,
      day: day?.toString() ?? null,
      owners: ownersText(group, activity, due ? roundsOf(state, activity, [due]) : []),
    });
    const open = pointsWith(group, state, activity).filter(({ status }) => status !== 'done');
    const stopped = open.filter(({ status }) => status === 'stopped');
    found.blocked.push(...stopped.map(({ day, due }) => line(day, due)));
    if (
      activity.owners !== 'all' &&
      ownersOf(group, activity).length === 0 &&
      (open.length > 0 || activity.due.length === 0)
    )
      found.unowned.push(line(open[0]?.day ?? null));
    for (const { day, due, status } of open) {
      if (status === 'stopped') continue;
      if (Temporal.PlainDate.compare(day, today) < 0) found.late.push(line(day, due));
      else if (Temporal.PlainDate.compare(day, limit) <= 0) found.ahead.push(line(day, due));
    }
  }
  const byDay = (one: AttentionLine, other: AttentionLine) => (one.day ?? '9').localeCompare(other.day ?? '9');
  for (const lines of Object.values(found)) lines.sort(byDay);
  return found;
}

function pointsWith(group: Group, state: PlanState, activity: Activity) {
  return activity.due.map((due: DuePoint) => ({
    due,
    day: effectiveDay(group, state, activity, due),
    status: isOver(state, activity, due) ? ('done' as const) : (wordOn(state, activity.key, due.key)?.status ?? null),
  }));
}
