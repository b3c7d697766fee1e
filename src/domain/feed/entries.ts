/**
 * What stands in a calendar feed: of a group every due point of its plan and every round, of a person what they have to do.
 * Never who has answered or what. What is parked, cancelled or gone is not in it, and so leaves the calendars that subscribe.
 */

import { type Activity, type DuePoint, type Group, lastingName, type Member } from '../group.ts';
import { effectiveDate, opensRound } from '../schedule/activities.ts';
import { isAsked, isFor, isForSome } from '../schedule/audience.ts';
import { roundKey } from '../schedule/opening.ts';
import type { Place } from '../schedule/place.ts';
import { lastDay } from '../schedule/reminders.ts';
import { closeFor, isOpen } from '../schedule/rounds.ts';
import { type PlanState, type Round, type Status, wordOn } from '../state.ts';
import { nameOf, titleOf } from '../steering/deed.ts';
import { plannedRounds } from '../steering/run-round.ts';

export type FeedEntry = {
  uid: string;
  /** "round": a survey from its first day to its last; "last-day": the last day on which this person may answer. */
  what: 'due' | 'round' | 'last-day';
  title: string;
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
  /** Only of due points. */
  status: Status | null;
  /** Names, or everybody; of everybody's survey for some nobody; in a person's own feed only whom they stand in for. */
  owners: 'all' | string[];
  links: string[];
  optional: boolean;
  /** How many times it was changed, and when last. */
  touched: Touch;
};

export type Touch = { times: number; at: Temporal.Instant };
/** Changes of each activity, its rounds included. `whole`: of the plan as a whole. */
export type Touches = { whole: Touch; activities: ReadonlyMap<string, Touch> };

/** `id`: the group's, unique in the world. `home`: the group's own place. */
export type FeedScene = { id: string; group: Group; state: PlanState; home: Place; touches: Touches };

/** Each due point that is in force once, and each round that is none of the plan's windows. */
export function groupEntries(scene: FeedScene): FeedEntry[] {
  const rounds = roundsOf(scene);
  return [
    ...pointsOf(scene).flatMap(({ activity, due }) => {
      const round = rounds.get(roundKey(activity, due));
      if (round?.cancelledAt) return [];
      const base = { ...factsOf(scene, activity), uid: uidOf(scene, activity.key, lastingName(due)) };
      return [
        round && opensRound(activity, due)
          ? { ...base, ...ofRound(scene, round), owners: ownersOf(base, round) }
          : { ...base, ...ofDue(scene, activity, due) },
      ];
    }),
    ...extraRounds(scene, rounds).map((round) => {
      const facts = roundFacts(scene, round);
      return {
        ...facts,
        owners: ownersOf(facts, round),
        uid: uidOf(scene, 'round', round.key),
        ...ofRound(scene, round),
      };
    }),
  ];
}

/** What this member owns or stands in for, and the last day of the surveys they are asked to answer. */
export function memberEntries(scene: FeedScene, member: Member): FeedEntry[] {
  const rounds = roundsOf(scene);
  const asks = (round: Round) => !round.cancelledAt && isAskedIn(round, member);
  const lastDayOf = (round: Round): Pick<FeedEntry, 'what' | 'first' | 'last' | 'status'> => {
    const part = round.assignments.find((one) => one.member === member.key);
    const day = lastDay(closeFor(round, part), scene.group.timeZone);
    return { what: 'last-day', first: day, last: day, status: null };
  };
  const own = (...name: string[]) => uidOf(scene, ...name, member.key);
  return [
    ...pointsOf(scene).flatMap(({ activity, due }): FeedEntry[] => {
      const round = opensRound(activity, due) ? rounds.get(roundKey(activity, due)) : undefined;
      const base = { ...factsOf(scene, activity), owners: [], uid: own(activity.key, lastingName(due)) };
      if (round && asks(round)) return [{ ...base, ...lastDayOf(round) }];
      if (round?.cancelledAt) return [];
      const entry = { ...base, ...(round ? ofRound(scene, round) : ofDue(scene, activity, due)) };
      if (owns(member, activity, round !== undefined)) return [entry];
      const stoodInFor = awayFor(scene, activity, member, entry);
      return stoodInFor.length > 0 ? [{ ...entry, owners: stoodInFor }] : [];
    }),
    ...extraRounds(scene, rounds)
      .filter(asks)
      .map((round) => ({ ...roundFacts(scene, round), owners: [], uid: own('round', round.key), ...lastDayOf(round) })),
  ];
}

const ownersOf = ({ owners }: Pick<FeedEntry, 'owners'>, round: Round) =>
  owners === 'all' && isForSome(round) ? [] : owners;

type Point = { activity: Activity; due: DuePoint };

function pointsOf({ group }: FeedScene): Point[] {
  return group.activities
    .filter(({ parked }) => !parked)
    .flatMap((activity) => activity.due.map((due) => ({ activity, due })));
}

const roundsOf = (scene: FeedScene) => new Map(plannedRounds(scene).map((round) => [round.key, round]));

function extraRounds({ group }: FeedScene, rounds: Map<string, Round>): Round[] {
  const windows = new Set(
    group.activities
      .filter(({ parked }) => !parked)
      .flatMap((activity) =>
        activity.due.filter((due) => opensRound(activity, due)).map((due) => roundKey(activity, due)),
      ),
  );
  const runs = new Set(group.activities.flatMap(({ key, parked }) => (parked ? [] : [key])));
  return [...rounds.values()].filter(
    (round) => !windows.has(round.key) && !round.cancelledAt && (runs.has(round.activity) || isOpen(round)),
  );
}

/** Everybody's activity is everybody's to do, except that a survey is for those whom it asks. */
function owns(member: Member, { owners }: Activity, isRound: boolean): boolean {
  return owners === 'all' ? isAsked(member) && !isRound : owners.includes(member.key);
}

/**
 * Names of the owners who are away on a day of this, and have named this member in their place. What begins, ends or goes on while they
 * are away is the substitute's to see; what is due after their return is their own again, whoever is reminded of it until then.
 */
function awayFor(
  { group, state, home }: FeedScene,
  { owners }: Activity,
  member: Member,
  { first, last }: Pick<FeedEntry, 'first' | 'last'>,
): string[] {
  if (owners === 'all') return [];
  return (state.aways ?? []).flatMap(({ member: owner, substitute, since, until }) => {
    const isAway =
      Temporal.PlainDate.compare(home.day(since), last) <= 0 && Temporal.PlainDate.compare(first, until) <= 0;
    return substitute === member.key && owners.includes(owner) && isAway ? [nameOf(group, owner)] : [];
  });
}

function isAskedIn(round: Round, member: Member): boolean {
  if (!round.openedAt) return isFor(round, member);
  const part = round.assignments.find((one) => one.member === member.key);
  return part !== undefined && part.state !== 'excused' && part.state !== 'declined';
}

function ofDue({ state }: FeedScene, activity: Activity, due: DuePoint) {
  const word = wordOn(state, activity.key, due.key);
  const last = effectiveDate(due, word);
  const from = 'on' in due ? last : due.from;
  const first = Temporal.PlainDate.compare(from, last) > 0 ? last : from;
  return { what: 'due' as const, first, last, status: word?.status ?? null };
}

function ofRound({ group, home }: FeedScene, round: Round) {
  const [first, last] = [home.day(round.opensAt), lastDay(round.closesAt, group.timeZone)];
  return {
    what: 'round' as const,
    first,
    last: Temporal.PlainDate.compare(first, last) > 0 ? first : last,
    status: null,
  };
}

function factsOf(
  scene: FeedScene,
  activity: Activity,
): Pick<FeedEntry, 'title' | 'owners' | 'links' | 'optional' | 'touched'> {
  const { title, owners, unknownOwners, links, optional } = activity;
  const names = owners === 'all' ? owners : [...owners.map((key) => nameOf(scene.group, key)), ...unknownOwners];
  return { title, owners: names, links, optional, touched: touchOf(scene, activity.key) };
}

function roundFacts(scene: FeedScene, { activity }: Round) {
  const found = scene.group.activities.find(({ key }) => key === activity);
  if (found) return factsOf(scene, found);
  const title = titleOf(scene.group, activity);
  return { title, owners: [], links: [], optional: false, touched: touchOf(scene, activity) };
}

function touchOf({ touches: { whole, activities } }: FeedScene, activity: string): Touch {
  const own = activities.get(activity);
  if (!own) return whole;
  const at = Temporal.Instant.compare(own.at, whole.at) > 0 ? own.at : whole.at;
  return { times: own.times + whole.times, at };
}

const uidOf = ({ id }: FeedScene, ...name: string[]) => `${[id, ...name].join('.')}@rond`;
