/**
 * One due point of an ordinary activity: its owners are reminded a week and a working day before, asked how it stands on the day,
 * and the convenor is told when it is overdue. Two due points are two chains. "Done" or "stopped" ends a chain; a new date ends it
 * and begins another, because the keys carry the effective date.
 */

import { type Activity, type DuePoint, dueDay, type Group, type Member } from '../group.ts';
import type { StatusUpdate } from '../state.ts';
import { byPlace, type Chain, type Deed, type Line, type Step } from './chain.ts';
import { keys } from './keys.ts';
import { isBefore, later, type Place } from './place.ts';
import { dueName, ownersOf, type Scene } from './scene.ts';

type Live = {
  activity: Activity;
  due: DuePoint;
  date: Temporal.PlainDate;
  /** Nothing dated before this is planned: the plan's start, or the moment the date was moved. */
  since: Temporal.Instant;
};

export function dueChain(activity: Activity, due: DuePoint): Chain {
  return {
    deeds: (scene) => {
      const live = liveDue(scene, activity, due);
      return live ? [noteOverdue(scene, live)] : [];
    },
    lines: (scene) => {
      const live = liveDue(scene, activity, due);
      return live ? linesOf(scene, live) : [];
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

export function isFinished(update: StatusUpdate | undefined): boolean {
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
  if (isPast(date, scene.group)) return null;
  const { startsAt } = scene.group;
  return { activity, due, date, since: update?.newDate ? later(startsAt, update.at) : startsAt };
}

/** Due before Rond began to run the plan: somebody else's history. */
function isPast(date: Temporal.PlainDate, group: Group): boolean {
  const start = group.startsAt.toZonedDateTimeISO(group.timeZone).toPlainDate();
  return Temporal.PlainDate.compare(date, start) < 0;
}

function noteOverdue({ home }: Scene, { activity, due, date }: Live): Deed {
  const key = keys.noteOverdue(activity.key, due.key, date);
  const at = home.at(home.after(home.next(date), 1));
  return {
    key,
    at,
    happening: () => ({ do: 'note-overdue', key, at, activity: activity.key, due: due.key }),
  };
}

type Part = { member: Member; owns: boolean; answers: boolean; hears: boolean };

function linesOf(scene: Scene, live: Live): Line[] {
  const people = partsOf(scene, live.activity);
  const partKey = ({ owns, answers, hears }: Part) => `${owns}${answers}${hears}`;
  return byPlace(people, ({ member }) => scene.placeOf(member), partKey).flatMap(({ place, people }) => {
    const part = people[0];
    const steps = part ? stepsOf(scene, live, place, part) : [];
    return steps.length > 0 ? [{ place, to: people.map(({ member }) => scene.recipient(member)), steps }] : [];
  });
}

/** Everybody who hears of a due point, once, with all that concerns them: so that no two of its messages reach one person at once. */
function partsOf(scene: Scene, activity: Activity): Part[] {
  const { convenor } = scene;
  const owners = ownersOf(activity, scene);
  const parts = new Map<string, Part>();
  const part = (member: Member) => {
    const known = parts.get(member.key) ?? { member, owns: false, answers: false, hears: false };
    parts.set(member.key, known);
    return known;
  };
  for (const member of owners) part(member).owns = true;
  if (asksOwners(activity, owners.length > 0)) for (const member of owners) part(member).answers = true;
  else if (convenor) part(convenor).answers = true;
  if (convenor) part(convenor).hears = true;
  return [...parts.values()];
}

function stepsOf(scene: Scene, { activity, due, date, since }: Live, place: Place, part: Part): Step[] {
  const about = { activity: activity.key, due: due.key };
  // Nobody is late before they could be asked: a date on a day off counts from the working day after.
  const asked = place.next(date);
  const deadline = (step: string, day: Temporal.PlainDate): Step => ({
    at: place.at(day),
    until: place.endOf(date),
    kind: 'deadline',
    about: { ...about, step },
    key: (who) => keys.deadline(activity.key, due.key, date, step, who),
  });
  const overdue = (days: number): Step => ({
    at: place.at(place.after(asked, days)),
    until: null,
    kind: 'overdue',
    about: { ...about, step: `${days}` },
    key: () => keys.overdue(activity.key, due.key, date, `${days}`),
  });
  const status: Step = {
    at: place.at(asked),
    until: null,
    kind: 'status',
    about,
    key: (who) => keys.status(activity.key, due.key, date, who),
  };
  const day = place.before(date, 1);
  const week = place.onOrBefore(date.subtract({ days: 7 }));
  // Once it is known to be overdue, nobody is reminded of the day any more: no need to look.
  const noted = keys.noteOverdue(activity.key, due.key, date);
  const reminds = part.owns && (!scene.draft.done.has(noted) || scene.fresh.has(noted));
  const steps = [
    ...(reminds && Temporal.PlainDate.compare(week, day) < 0 ? [deadline('week', week)] : []),
    ...(reminds ? [deadline('day', day)] : []),
    ...(part.answers ? [status] : []),
    ...(part.hears ? [overdue(1), overdue(7)] : []),
  ];
  return steps.filter((step) => !isBefore(step.at, since));
}
