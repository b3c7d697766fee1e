/** What a command makes of a group: the group and state as they are afterwards, and what the audit says of it. */

import type { Holidays } from '../calendar.ts';
import { type Activity, type Group, type Member, usualSending } from '../group.ts';
import { type Place, type Places, placesFor } from '../schedule/place.ts';
import type { Change, GroupState, Round } from '../state.ts';
import type { RefusalCode } from './command.ts';

/** Everything a command is judged by. */
export type Scene = {
  group: Group;
  state: GroupState;
  now: Temporal.Instant;
  /** Who does it; null for an administrator who is no member. */
  by: Member | null;
  /** The group's own place. */
  home: Place;
  places: Places;
  today: Temporal.PlainDate;
  /** Whether this instrument can ask about this catalogue. */
  knows(instrument: string, catalogue: string): boolean;
};

/** "round:<key>", "activity:<key>", "member:<key>" or "group". */
export type Subject = string;

/** One thing that was changed. */
export type Edit = { field: string | null; from: string | null; to: string | null };

export type Deed =
  | {
      ok: true;
      group: Group;
      state: GroupState;
      subject: Subject;
      subjectName: string;
      /** The subject's version afterwards. */
      version: number;
      edits: Edit[];
      round?: string;
      activity?: string;
      /** Kept out of the audit: that it was done tells that somebody has not answered a round that keeps to counts. */
      unsaid?: true;
    }
  | { ok: false; code: RefusalCode }
  | { ok: 'stale'; subject: Subject; current: number };

export const refuse = (code: RefusalCode): { ok: false; code: RefusalCode } => ({ ok: false, code });

export function sceneFor(
  group: Group,
  state: GroupState,
  now: Temporal.Instant,
  by: Member | null,
  holidays: Holidays,
  knows: Scene['knows'],
): Scene {
  const places = placesOf(group, holidays);
  const home = places(group.timeZone, group.country);
  return { group, state, now, by, home, places, today: home.day(now), knows };
}

function placesOf({ hour, sending = usualSending }: Group, holidays: Holidays): Places {
  return placesFor({ hour, quietFrom: sending.quietFrom }, holidays);
}

/** The group's own place. */
export const homeOf = (group: Group, holidays: Holidays): Place =>
  placesOf(group, holidays)(group.timeZone, group.country);

export const isStale = (seen: number | undefined, version: number): boolean => seen !== undefined && seen !== version;

export function withRound(state: GroupState, round: Round): GroupState {
  const isThere = state.rounds.some(({ key }) => key === round.key);
  const rounds = isThere ? state.rounds.map((one) => (one.key === round.key ? round : one)) : [...state.rounds, round];
  return { ...state, rounds };
}

export function withActivity(group: Group, activity: Activity): Group {
  const isThere = group.activities.some(({ key }) => key === activity.key);
  const activities = isThere
    ? group.activities.map((one) => (one.key === activity.key ? activity : one))
    : [...group.activities, activity];
  return { ...group, activities };
}

export function withChange(state: GroupState, change: Change): GroupState {
  return { ...state, changes: [...state.changes, change] };
}

export function titleOf(group: Group, activity: string): string {
  return group.activities.find(({ key }) => key === activity)?.title ?? activity;
}

export const nameOf = (group: Group, member: string): string =>
  group.members.find(({ key }) => key === member)?.name ?? member;

/** An unlikely date is a slip of the hand. */
export function isSane(day: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, today.add({ years: 5 })) <= 0 && day.year >= 2000;
}
