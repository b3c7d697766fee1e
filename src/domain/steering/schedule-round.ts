/** A round of the convenor's own: from a window of the plan, from any activity, or from nothing. */

import type { Activity } from '../group.ts';
import { isBefore, later } from '../schedule/place.ts';
import { type Round, usualTerms } from '../state.ts';
import type { RefusalCode, RoundCommand } from './command.ts';
import { type Deed, isSane, refuse, type Scene, withActivity, withRound } from './deed.ts';
import { roundEdits } from './round-edits.ts';
import { termsWith } from './terms.ts';

type Command = Extract<RoundCommand, { do: 'schedule-round' | 'open-round-now' }>;
type Day = Temporal.PlainDate;
type Where = { activity: Activity; due: string | null };

const longestTitle = 200;

export function scheduleRound(scene: Scene, command: Command): Deed {
  const { group, state, now, today } = scene;
  const opens = command.do === 'schedule-round' ? command.opens : today;
  const window = { opens, closes: command.closes };
  const fault = windowFault(scene, window);
  if (fault) return refuse(fault);
  if (!scene.knows(command.instrument, command.catalogue)) return refuse('unknown-instrument');
  const set = termsWith(scene, usualTerms, command, window);
  if ('code' in set) return refuse(set.code);
  const times = timesOf(scene, window, set.terms.hour, command.do === 'open-round-now' ? now : null);
  if ('code' in times) return refuse(times.code);
  const where = placeOf(scene, command, window);
  if ('code' in where) return refuse(where.code);
  const key = keyOf(scene, where, window);
  if ('code' in key) return refuse(key.code);
  const round: Round = {
    key: key.key,
    activity: where.activity.key,
    instrument: command.instrument,
    catalogue: command.catalogue,
    ...times,
    openedAt: null,
    closedAt: null,
    assignments: [],
    terms: set.terms,
    version: 1,
  };
  const known = group.activities.find((one) => one === where.activity);
  const next = known ? group : withActivity(group, { ...where.activity, version: (where.activity.version ?? 0) + 1 });
  return {
    ok: true,
    group: next,
    state: withRound(state, round),
    subject: `round:${round.key}`,
    subjectName: where.activity.title,
    version: 1,
    edits: roundEdits(scene, null, round),
    round: round.key,
    activity: round.activity,
  };
}

export function windowFault(
  { today }: Pick<Scene, 'today'>,
  { opens, closes }: { opens: Day; closes: Day },
): RefusalCode | null {
  if (!isSane(opens, today) || !isSane(closes, today)) return 'bad-date';
  if (Temporal.PlainDate.compare(closes, opens) < 0) return 'window-backwards';
  if (Temporal.PlainDate.compare(closes, today) < 0) return 'window-over';
  return Temporal.PlainDate.compare(opens, today) < 0 ? 'past-date' : null;
}

/** `at`: opens at this very moment. Refused when no working hour is left in the window for anybody to be asked. */
export function timesOf(
  { group, home, places, now }: Scene,
  { opens, closes }: { opens: Day; closes: Day },
  hour: Temporal.PlainTime | null,
  at: Temporal.Instant | null,
): Pick<Round, 'opensAt' | 'closesAt'> | { code: RefusalCode } {
  const own = places(group.timeZone, group.country, hour);
  const opensAt = at ?? later(own.at(own.next(opens)), now);
  const closesAt = home.endOf(closes);
  return isBefore(home.sendable(opensAt), closesAt) ? { opensAt, closesAt } : { code: 'too-soon' };
}

/** The activity as it is to be: an activity without dates gets the window as its own, and a title becomes an activity. */
function placeOf(
  { group }: Scene,
  command: Command,
  { opens, closes }: { opens: Day; closes: Day },
): Where | { code: RefusalCode } {
  const { from, instrument, catalogue } = command;
  const window = { key: `${opens}/${closes}`, from: opens, to: closes };
  if ('title' in from) {
    const title = from.title.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (title === '' || title.length > longestTitle) return { code: 'no-title' };
    const activity: Activity = {
      key: freeKey(group.activities, title),
      title,
      kind: 'collection',
      owners: 'all',
      unknownOwners: [],
      due: [window],
      ongoing: false,
      optional: false,
      links: [],
      instrument,
      catalogue,
      parked: false,
      added: true,
    };
    return { activity, due: null };
  }
  const activity = group.activities.find(({ key }) => key === from.activity);
  if (!activity) return { code: 'unknown-activity' };
  if (from.due !== undefined) {
    const due = activity.due.find(({ key }) => key === from.due);
    return due && 'from' in due ? { activity, due: due.key } : { code: 'unknown-due' };
  }
  if (activity.due.length > 0 || activity.ongoing) return { activity, due: null };
  return { activity: { ...activity, kind: 'collection', instrument, catalogue, due: [window] }, due: null };
}

function keyOf(
  { state }: Scene,
  { activity, due }: Where,
  { opens, closes }: { opens: Day; closes: Day },
): { key: string } | { code: RefusalCode } {
  const taken = (key: string) => state.rounds.find((round) => round.key === key);
  if (due !== null) {
    const key = `${activity.key}/${due}`;
    const there = taken(key);
    if (!there) return { key };
    return { code: there.openedAt && !there.closedAt ? 'already-open' : 'round-exists' };
  }
  const plain = `${activity.key}/${opens}/${closes}`;
  for (let n = 1; ; n++) {
    const key = n === 1 ? plain : `${plain}-${n}`;
    const there = taken(key);
    if (!there) return { key };
    if (!there.closedAt) return { code: there.openedAt ? 'already-open' : 'round-exists' };
  }
}

function freeKey(activities: readonly Activity[], title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'round';
  const isTaken = (key: string) => activities.some((activity) => activity.key === key);
  let key = slug;
  for (let n = 2; isTaken(key); n++) key = `${slug}-${n}`;
  return key;
}
