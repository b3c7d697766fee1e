/**
 * A collection's window is a round: it opens, its people are invited, those who have not answered are reminded twice, it closes,
 * and its summary goes to the channels. Once open, a round runs by its own dates, whatever becomes of its row in the plan.
 */

import type { Activity } from '../group.ts';
import type { About } from '../happening.ts';
import type { Assignment, Round } from '../state.ts';
import { opensRound } from './activities.ts';
import { byPlace, type Chain, type Deed, type Line, type Step } from './chain.ts';
import { assignmentsOf, type RoundDraft } from './evolve.ts';
import { keys } from './keys.ts';
import { opening, roundKey, unopened } from './opening.ts';
import { isBefore, later, type Place } from './place.ts';
import { hasChannel, isAsked, type Scene } from './scene.ts';

/** All rounds of one activity: those its windows open, and those already open whose window has since been changed in the plan. */
export function roundsChain(activity: Activity): Chain {
  const windows = activity.due.filter((due) => opensRound(activity, due));
  const planned = new Map(windows.map((due) => [roundKey(activity, due), due]));
  return {
    deeds: (scene) => {
      const rounds = roundsOf(scene, activity.key);
      const isStray = ({ round }: RoundDraft) => isOpen(round) && !planned.has(round.key);
      return [
        ...rounds.flatMap((found) => closing(scene, found)),
        // A window changed in the plan while its round is open: nobody is asked twice at once, the new one waits.
        ...(rounds.some(isStray) ? [] : windows.flatMap((due) => opening(scene, activity, due))),
      ];
    },
    lines: (scene, now) => {
      if (activity.parked) return [];
      const from = (round: Round) => planned.get(round.key)?.from ?? scene.home.day(round.opensAt);
      return [
        ...windows.flatMap((due) => unopened(scene, activity, due)),
        ...roundsOf(scene, activity.key).flatMap((found) => linesOf(scene, found, from(found.round), now)),
      ];
    },
  };
}

/** The rounds of an activity that is in the plan no more: they close on their day, in silence. */
export function strayChain(activity: string): Chain {
  return {
    deeds: (scene) => roundsOf(scene, activity).flatMap((found) => closing(scene, found)),
    lines: () => [],
  };
}

const isOpen = (round: Round) => round.openedAt !== null && round.closedAt === null;

function roundsOf({ draft }: Scene, activity: string): RoundDraft[] {
  return [...(draft.byActivity.get(activity) ?? [])].flatMap((key) => draft.rounds.get(key) ?? []);
}

/** Until when this person may answer: the round's close, or a personal extension of it. */
export function closeFor(round: Round, assignment: Assignment | undefined): Temporal.Instant {
  return assignment?.extendedTo ? later(round.closesAt, assignment.extendedTo) : round.closesAt;
}

/** The last civil day on which one may answer, in the group's zone. */
export function lastDay(close: Temporal.Instant, zone: string): Temporal.PlainDate {
  return close.subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate();
}

/** A round stays open for those it was extended for. */
function closing({ members }: Scene, found: RoundDraft): Deed[] {
  const { round } = found;
  if (round.closedAt) return [];
  let at = round.closesAt;
  for (const assignment of assignmentsOf(found).values()) {
    if (assignment.extendedTo && members.has(assignment.member)) at = later(at, assignment.extendedTo);
  }
  const key = keys.close(round.key);
  return [{ key, at, happening: () => ({ do: 'close-round', key, at, round: round.key }) }];
}

function linesOf(scene: Scene, found: RoundDraft, from: Temporal.PlainDate, now: Temporal.Instant): Line[] {
  const { round } = found;
  const summaries = round.closedAt ? summariesOf(scene, round, round.closedAt) : [];
  // What a round that closes in this very step leaves unsaid is still written down as too late.
  const live = !round.closedAt || scene.fresh.has(keys.close(round.key));
  return live ? [...personal(scene, found, from, now), ...summaries] : summaries;
}

function personal(scene: Scene, found: RoundDraft, from: Temporal.PlainDate, now: Temporal.Instant): Line[] {
  const assignments = assignmentsOf(found);
  // Whoever becomes a member while the round is open is invited too.
  const mayJoin = isOpen(found.round) && isBefore(now, found.round.closesAt);
  const people = scene.group.members.flatMap((member) => {
    const assignment = assignments.get(member.key);
    const waits = assignment
      ? assignment.state === 'pending' || assignment.state === 'draft'
      : isAsked(member) && mayJoin;
    return waits ? [{ member, close: closeFor(found.round, assignment) }] : [];
  });
  return byPlace(
    people,
    ({ member }) => scene.placeOf(member),
    ({ close }) => `${close.epochMilliseconds}`,
  ).flatMap(({ place, people }) => {
    const close = people[0]?.close;
    if (!close) return [];
    return [
      {
        place,
        to: people.map(({ member }) => scene.recipient(member)),
        steps: stepsOf(scene, found.round, place, from, close),
      },
    ];
  });
}

function stepsOf(
  { group }: Scene,
  round: Round,
  place: Place,
  from: Temporal.PlainDate,
  until: Temporal.Instant,
): Step[] {
  const about: About = { round: round.key, activity: round.activity };
  const invitedAt = place.sendable(round.openedAt ?? round.opensAt);
  const ends = lastDay(round.closesAt, group.timeZone);
  const last = lastDay(until, group.timeZone);
  const near = place.before(last, 1);
  const mid = place.next(from.add({ days: Math.floor(from.until(ends, { largestUnit: 'days' }).days / 2) }));
  const reminder = (step: string, day: Temporal.PlainDate, key: Step['key']): Step => ({
    at: place.at(day),
    until,
    kind: 'reminder',
    about: { ...about, step },
    key,
  });
  const reminders = [
    ...(Temporal.PlainDate.compare(mid, near) < 0 ? [reminder('mid', mid, keys.mid(round.key))] : []),
    reminder('near', near, keys.near(round.key, last)),
  ];
  return [
    { at: invitedAt, until, kind: 'invitation', about, key: keys.invite(round.key), opening: true },
    // A short window has room for only those that fall between the invitation and the close.
    ...reminders.filter(({ at }) => isBefore(invitedAt, at) && isBefore(at, until)),
  ];
}

function summariesOf({ group, home }: Scene, round: Round, closedAt: Temporal.Instant): Line[] {
  const about = { round: round.key, activity: round.activity };
  return (['group', 'steering'] as const)
    .filter((channel) => hasChannel(group, channel))
    .map((channel) => ({
      place: home,
      to: [{ channel }],
      steps: [
        {
          at: home.morning(closedAt),
          until: null,
          kind: 'summary',
          about,
          key: keys.summary(round.key),
        },
      ],
    }));
}
