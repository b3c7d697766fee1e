/** What people do to an activity of the plan: owners, dates, how it stands, set aside or not. */

import { type Activity, type DuePoint, dueDay, lastingName } from '../group.ts';
import { freeDueKey } from '../plan/difference.ts';
import { dueKey } from '../plan/plan.ts';
import { opensRound } from '../schedule/activities.ts';
import { roundKey } from '../schedule/opening.ts';
import { type ChangeKind, type StatusUpdate, wordOn } from '../state.ts';
import type { PlanCommand, RefusalCode } from './command.ts';
import { type Deed, type Edit, isSane, isStale, nameOf, refuse, type Scene, withActivity, withChange } from './deed.ts';

type Refusal = { code: RefusalCode };
type Next = {
  activity: Activity;
  edits: Edit[];
  told: { kind: ChangeKind; facts: Record<string, string> };
  status?: StatusUpdate;
};

const longestNote = 1000;

export function steerPlan(scene: Scene, command: PlanCommand): Deed {
  const { group, now } = scene;
  const activity = group.activities.find(({ key }) => key === command.activity);
  if (!activity) return refuse('unknown-activity');
  const version = activity.version ?? 0;
  const subject = `activity:${activity.key}`;
  if (isStale(command.seen, version)) return { ok: 'stale', subject, current: version };
  const next = nextOf(scene, activity, command);
  if ('code' in next) return refuse(next.code);
  let { state } = scene;
  const { status } = next;
  if (status) {
    const others = state.statuses.filter((one) => one.activity !== status.activity || one.due !== status.due);
    state = { ...state, statuses: [...others, status] };
  }
  state = withChange(state, { at: now, activity: activity.key, ...next.told });
  return {
    ok: true,
    group: withActivity(group, { ...next.activity, version: version + 1 }),
    state,
    subject,
    subjectName: activity.title,
    version: version + 1,
    edits: next.edits,
    activity: activity.key,
  };
}

function nextOf(scene: Scene, activity: Activity, command: PlanCommand): Next | Refusal {
  switch (command.do) {
    case 'assign':
      return owned(scene, activity, command.owners);
    case 'hand-over':
      return handedOver(scene, activity, command.to);
    case 'move-date':
      return moved(scene, activity, command);
    case 'set-status':
      return said(scene, activity, command);
    case 'park':
    case 'unpark': {
      const parked = command.do === 'park';
      if (activity.parked === parked) return { code: 'nothing-changes' };
      const words = (isParked: boolean) => (isParked ? 'parked' : 'active');
      const edits = [{ field: 'state', from: words(!parked), to: words(parked) }];
      return { activity: { ...activity, parked }, edits, told: { kind: parked ? 'parked' : 'unparked', facts: {} } };
    }
  }
}

function ownersSaid({ group }: Scene, { owners, unknownOwners }: Activity): string {
  return owners === 'all' ? 'everyone' : [...owners.map((key) => nameOf(group, key)), ...unknownOwners].join(', ');
}

function owned(scene: Scene, activity: Activity, given: 'all' | string[]): Next | Refusal {
  const owners = given === 'all' ? given : [...new Set(given)];
  const isKnown = (key: string) => scene.group.members.some((member) => member.key === key);
  if (owners !== 'all' && (owners.length === 0 || !owners.every(isKnown))) return { code: 'unknown-member' };
  const next = { ...activity, owners, unknownOwners: [] };
  const [from, to] = [ownersSaid(scene, activity), ownersSaid(scene, next)];
  if (from === to) return { code: 'nothing-changes' };
  return {
    activity: next,
    edits: [{ field: 'owners', from: from || null, to }],
    told: { kind: 'owner-set', facts: { owner: to } },
  };
}

/** Who answers for an activity that `by` hands to `to`: whoever shared it with them still does. */
export function ownersAfter({ owners }: Pick<Activity, 'owners'>, by: string | undefined, to: string): string[] {
  const others = owners !== 'all' && by !== undefined && owners.includes(by) ? owners.filter((one) => one !== by) : [];
  return [...others.filter((one) => one !== to), to];
}

function handedOver(scene: Scene, activity: Activity, to: string): Next | Refusal {
  const by = scene.by?.key;
  if (to === by) return { code: 'same-person' };
  const next = owned(scene, activity, ownersAfter(activity, by, to));
  if ('code' in next) return next;
  return { ...next, told: { kind: 'handed-over', facts: { to: nameOf(scene.group, to) } } };
}

function moved(
  scene: Scene,
  activity: Activity,
  { due: key, from, to }: Extract<PlanCommand, { do: 'move-date' }>,
): Next | Refusal {
  const { today, state } = scene;
  const due = key === undefined ? activity.due[0] : activity.due.find((one) => one.key === key);
  if ((key !== undefined && !due) || (key === undefined && activity.due.length > 1)) return { code: 'unknown-due' };
  if (!isSane(to, today) || (from && !isSane(from, today))) return { code: 'bad-date' };
  if (Temporal.PlainDate.compare(to, today) < 0) return { code: 'past-date' };
  if (from && Temporal.PlainDate.compare(to, from) < 0) return { code: 'window-backwards' };
  // A round goes by its own dates: those are changed or extended there.
  const round = due && opensRound(activity, due) && state.rounds.find((one) => one.key === roundKey(activity, due));
  if (round) return { code: round.openedAt && !round.closedAt ? 'already-open' : 'round-exists' };
  const made = pointAt(due, to, from);
  const stands = due && whereItStands(scene, activity, due);
  if (activity.due.some((one) => dueKey(one === due && stands ? stands : one) === dueKey(made)))
    return { code: 'nothing-changes' };
  // A key that was another date's, or its own before somebody moved it, would bring what was said of that with it.
  const taken = new Set(activity.due.flatMap((one) => [one.key, lastingName(one)]));
  const next = { ...made, key: freeDueKey(made, taken), ...(due && { first: lastingName(due) }) };
  const dates = due ? activity.due.map((one) => (one === due ? next : one)) : [next];
  return {
    activity: { ...activity, due: dates },
    edits: [{ field: 'date', from: stands ? dueKey(stands) : null, to: dueKey(next) }],
    told: { kind: 'date-moved', facts: { from: stands ? dueDay(stands).toString() : '', to: dueDay(next).toString() } },
  };
}

/** The plan's day, where reading it anew may have moved it, or the day an owner has asked for. */
function whereItStands({ state }: Scene, activity: Activity, due: DuePoint): DuePoint {
  const word = wordOn(state, activity.key, due.key);
  return word?.newDate ? { key: due.key, on: word.newDate } : due;
}

/** A window keeps its length unless it is given a new beginning. */
function pointAt(due: DuePoint | undefined, to: Temporal.PlainDate, from: Temporal.PlainDate | undefined): DuePoint {
  const start =
    from ?? (due && 'from' in due ? to.subtract(due.from.until(due.to, { largestUnit: 'days' })) : undefined);
  return start ? { key: `${start}/${to}`, from: start, to } : { key: to.toString(), on: to };
}

function said(
  scene: Scene,
  activity: Activity,
  { due, status, note = '' }: Extract<PlanCommand, { do: 'set-status' }>,
): Next | Refusal {
  const { group, state, now, by } = scene;
  const point = activity.due.find(({ key }) => key === due);
  if (!point) return { code: 'unknown-due' };
  const text = note.normalize('NFC').replaceAll('\u0000', '').trim();
  if (text.length > longestNote) return { code: 'too-long' };
  const before = wordOn(state, activity.key, due);
  if (before?.status === status && before.note === text) return { code: 'nothing-changes' };
  return {
    activity,
    edits: [
      { field: `status ${dueKey(whereItStands(scene, activity, point))}`, from: before?.status ?? null, to: status },
    ],
    told: { kind: 'status', facts: { due, status, note: text } },
    status: {
      activity: activity.key,
      due,
      status,
      note: text,
      // A date that was asked for earlier still holds.
      newDate: before?.newDate ?? null,
      by: by && group.members.some(({ key }) => key === by.key) ? by.key : null,
      at: now,
    },
  };
}
