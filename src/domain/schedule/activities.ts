/**
 * One due point of an ordinary activity: its owners are reminded a week and a working day before, asked how it stands on the day,
 * and the convenor is told when it is overdue. Two due points are two chains. "Done" or "stopped" ends a chain; a new date ends it
 * and begins another, because the keys carry the effective date.
 */

import { type Activity, type DuePoint, dueDay } from '../group.ts';
import type { Recipient } from '../happening.ts';
import type { StatusUpdate } from '../state.ts';
import type { Chain, Deed, Line, Step } from './chain.ts';
import { standIns } from './hold.ts';
import { keys } from './keys.ts';
import { isBefore, later, type Place } from './place.ts';
import { remember } from './remember.ts';
import { dueName, ownersOf, type Scene } from './scene.ts';

type Instant = Temporal.Instant;

type Live = {
  activity: Activity;
  due: DuePoint;
  date: Temporal.PlainDate;
  /** Nothing dated before this is planned: the plan's start, or the moment the date was moved. */
  since: Temporal.Instant;
};

export function dueChain(activity: Activity, due: DuePoint): Chain {
  const days = remember((_: string, place: Place, date: Temporal.PlainDate) => daysOf(place, date));
  const daysAt = (place: Place, date: Temporal.PlainDate) => days(`${place.key} ${date}`, place, date);
  return {
    deeds: (scene) => {
      const live = liveDue(scene, activity, due);
      return live ? [noteOverdue(daysAt(scene.home, live.date).overdue[0], live)] : [];
    },
    lines: (scene) => {
      const live = liveDue(scene, activity, due);
      return live ? linesOf(scene, live, (place) => daysAt(place, live.date)) : [];
    },
  };
}

/** A watch, an ongoing or a parked activity is never due. */
export function isDated(activity: Activity): boolean {
  return activity.kind !== 'watch' && !activity.ongoing && !activity.parked;
}

/** A window of a collection is a round; every other due point is a day on which something is to be done. */
export function opensRound(activity: Activity, due: DuePoint): due is Extract<DuePoint, { from: unknown }> {
  return activity.kind === 'collection' && 'from' in due;
}

/** The day it is due after what its owner last said. */
export function effectiveDate(due: DuePoint, update: StatusUpdate | undefined): Temporal.PlainDate {
  return update?.newDate ?? dueDay(due);
}

export function isFinished(update: Pick<StatusUpdate, 'status'> | undefined): boolean {
  return update?.status === 'done' || update?.status === 'stopped';
}

/** Who is asked how it stands: the owners; the convenor for everybody's, and where no owner is left to ask. */
export function asksOwners(activity: Activity, isOwned: boolean): boolean {
  return activity.owners !== 'all' && isOwned;
}

function liveDue(scene: Scene, activity: Activity, due: DuePoint): Live | null {
  if (!isDated(activity)) return null;
  const update = scene.statuses.get(dueName(activity.key, due.key));
  if (isFinished(update)) return null;
  const date = effectiveDate(due, update);
  const { startsAt } = scene.group;
  // Due before Rond began to run the plan: somebody else's history.
  if (Temporal.PlainDate.compare(date, scene.home.day(startsAt)) < 0) return null;
  return { activity, due, date, since: update?.newDate ? later(startsAt, update.at) : startsAt };
}

function noteOverdue(at: Instant, { activity, due, date }: Live): Deed {
  const key = keys.noteOverdue(activity.key, due.key, date);
  return {
    key,
    at,
    happening: () => ({ do: 'note-overdue', key, at, activity: activity.key, due: due.key }),
  };
}

/** What somebody has to do with a due point. */
type Part = { owns: boolean; answers: boolean; hears: boolean };

/** One line for everybody with the same part at the same place: so that no two messages of a due point reach one person at once. */
function linesOf(scene: Scene, live: Live, daysAt: (place: Place) => Days): Line[] {
  const { activity } = live;
  const { convenor } = scene;
  const owners = activity.owners === 'all' ? scene.asked : ownersOf(activity, scene);
  const direct = asksOwners(activity, owners.length > 0);
  const lines: Line[] = [];
  const add = (place: Place, to: Recipient[], part: Part) => {
    const steps = stepsOf(scene, live, daysAt(place), part);
    if (steps.length > 0) lines.push({ place, to, steps });
  };
  const meanwhile = activity.owners === 'all' ? null : standIns(scene, owners);
  const asOwner = { owns: true, answers: direct, hears: false };
  const others = owners === scene.asked ? scene.askedByPlace : scene.byPlace(owners);
  for (const { place, to } of others) if (to.length > 0) add(place, to, asOwner);
  for (const [member, isNow] of meanwhile ?? []) {
    if (member === convenor) continue;
    const place = scene.placeOf(member);
    const steps = stepsOf(scene, live, daysAt(place), asOwner).filter(({ at }) => isNow(at));
    if (steps.length > 0) lines.push({ place, to: [scene.recipient(member)], steps });
  }
  if (convenor) {
    const place = scene.placeOf(convenor);
    const owns = owners.includes(convenor);
    const isNow = meanwhile?.get(convenor);
    const own = { owns, answers: owns || !direct, hears: true };
    if (isNow) {
      const all = stepsOf(scene, live, daysAt(place), { ...own, owns: true, answers: true });
      const isOwn = ({ kind }: Step) => kind === 'overdue' || (kind === 'status' && own.answers);
      const steps = all.filter((step) => isOwn(step) || isNow(step.at));
      if (steps.length > 0) lines.push({ place, to: [scene.recipient(convenor)], steps });
    } else add(place, [scene.recipient(convenor)], own);
  }
  return lines;
}

/** When things are said about a due date at one place. */
type Days = { week: Instant | null; day: Instant; asked: Instant; overdue: [Instant, Instant]; ends: Instant };

function daysOf(place: Place, date: Temporal.PlainDate): Days {
  const day = place.before(date, 1);
  const week = place.onOrBefore(date.subtract({ days: 7 }));
  // Nobody is late before they could be asked: a date on a day off counts from the working day after.
  const asked = place.next(date);
  return {
    week: Temporal.PlainDate.compare(week, day) < 0 ? place.at(week) : null,
    day: place.at(day),
    asked: place.at(asked),
    overdue: [place.at(place.after(asked, 1)), place.at(place.after(asked, 7))],
    ends: place.endOf(date),
  };
}

function stepsOf({ draft, fresh }: Scene, { activity, due, date, since }: Live, days: Days, part: Part): Step[] {
  const about = { activity: activity.key, due: due.key };
  const deadline = (step: string, at: Instant): Step => ({
    at,
    until: days.ends,
    kind: 'deadline',
    about: { ...about, step },
    key: keys.deadline(activity.key, due.key, date, step),
  });
  const overdue = (step: string, at: Instant): Step => {
    const key = keys.overdue(activity.key, due.key, date, step);
    return { at, until: null, kind: 'overdue', about: { ...about, step }, key: () => key };
  };
  const key = keys.status(activity.key, due.key, date);
  const status: Step = { at: days.asked, until: null, kind: 'status', about, key };
  // Once it is known to be overdue, nobody is reminded of the day any more: no need to look.
  const noted = keys.noteOverdue(activity.key, due.key, date);
  const reminds = part.owns && (!draft.done.has(noted) || fresh.has(noted));
  const steps = [
    ...(reminds && days.week ? [deadline('week', days.week)] : []),
    ...(reminds ? [deadline('day', days.day)] : []),
    ...(part.answers ? [status] : []),
    ...(part.hears ? [overdue('1', days.overdue[0]), overdue('7', days.overdue[1])] : []),
  ];
  return steps.filter((step) => !isBefore(step.at, since));
}
