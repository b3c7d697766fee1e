/**
 * A collection's window is a round, and so is what a convenor schedules: it opens, its people are invited, those who have not answered
 * are reminded, it closes, and its summary goes to the channels. Once open, a round runs by its own dates, whatever becomes of its
 * row in the plan.
 */

import type { Activity, Member } from '../group.ts';
import type { Unsaid } from '../happening.ts';
import { type Assignment, keepsToCounts, type Round, termsOf } from '../state.ts';
import { opensRound } from './activities.ts';
import { isFor } from './audience.ts';
import { byPlace, type Chain, type Deed, type Line } from './chain.ts';
import { assignmentsOf, type RoundDraft } from './evolve.ts';
import { keys } from './keys.ts';
import { comingRounds, opening, roundKey, unopened } from './opening.ts';
import { isBefore, later } from './place.ts';
import { stepsOf } from './reminders.ts';
import { hasChannel, type Scene, type Waiting } from './scene.ts';

/** All rounds of one activity: those its windows open, those that were scheduled, and those whose window has since been changed in the plan. */
export function roundsChain(activity: Activity): Chain {
  const windows = activity.due.filter((due) => opensRound(activity, due));
  const planned = new Map(windows.map((due) => [roundKey(activity, due), due]));
  const coming = (scene: Scene, rounds: RoundDraft[]) =>
    comingRounds(
      scene,
      activity,
      windows,
      rounds.map(({ round }) => round),
    );
  return {
    deeds: (scene) => {
      const rounds = roundsOf(scene, activity.key);
      const isStray = ({ round }: RoundDraft) => isOpen(round) && !planned.has(round.key) && !round.terms;
      // A window changed in the plan while its round is open: nobody is asked twice at once, the new one waits.
      const waits = rounds.some(isStray);
      return [
        ...rounds.flatMap((found) => closing(scene, found)),
        ...coming(scene, rounds).flatMap((round) =>
          waits && planned.has(round.key) ? [] : opening(scene, activity, round),
        ),
      ];
    },
    lines: (scene, now) => {
      if (activity.parked) return [];
      const rounds = roundsOf(scene, activity.key);
      const from = (round: Round) =>
        (round.terms ? null : planned.get(round.key)?.from) ?? scene.home.day(round.opensAt);
      return [
        ...coming(scene, rounds).flatMap((round) => unopened(scene, activity, round)),
        ...rounds.flatMap((found) => linesOf(scene, found, from(found.round), now)),
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

export const isOpen = (round: Round) => round.openedAt !== null && round.closedAt === null;

function roundsOf({ draft }: Scene, activity: string): RoundDraft[] {
  return [...(draft.byActivity.get(activity) ?? [])].flatMap((key) => draft.rounds.get(key) ?? []);
}

/** Until when this person may answer: the round's close, or a personal extension of it. */
export function closeFor(round: Round, assignment: Assignment | undefined): Temporal.Instant {
  return assignment?.extendedTo ? later(round.closesAt, assignment.extendedTo) : round.closesAt;
}

/** A round stays open for those it was extended for. */
function closing({ members }: Scene, found: RoundDraft): Deed[] {
  const { round } = found;
  if (round.closedAt || !round.openedAt) return [];
  let at = round.closesAt;
  for (const assignment of assignmentsOf(found).values()) {
    if (assignment.extendedTo && members.has(assignment.member)) at = later(at, assignment.extendedTo);
  }
  const key = keys.close(round.key, round.reopened);
  return [{ key, at, happening: () => ({ do: 'close-round', key, at, round: round.key }) }];
}

function linesOf(scene: Scene, found: RoundDraft, from: Temporal.PlainDate, now: Temporal.Instant): Line[] {
  const { round } = found;
  if (!round.openedAt || round.cancelledAt) return [];
  const summaries = round.closedAt ? summariesOf(scene, round, round.closedAt) : [];
  // What a round that closes in this very step leaves unsaid is still written down as too late.
  const live = !round.closedAt || scene.fresh.has(keys.close(round.key, round.reopened));
  return live && !round.pausedAt ? [...personal(scene, found, from, now), ...summaries] : summaries;
}

function personal(scene: Scene, found: RoundDraft, from: Temporal.PlainDate, now: Temporal.Instant): Line[] {
  const { round } = found;
  // Whoever becomes a member while the round is open is invited too.
  const mayJoin = isOpen(round) && isBefore(now, round.closesAt);
  const evenly = keepsToCounts(round);
  return waitingIn(scene, found, mayJoin).map(({ close, ...line }) => ({
    ...line,
    evenly,
    steps: stepsOf(scene, round, line.place, from, close),
  }));
}

/**
 * Those who have not answered, by place and close. In a run nobody answers: only whoever joins makes it another list. Of a round that
 * keeps to counts also those who have, so that the same keys are written down at the same moments whoever has answered.
 */
function waitingIn(scene: Scene, found: RoundDraft, mayJoin: boolean): Waiting['lines'] {
  const { round } = found;
  const assignments = assignmentsOf(found);
  const known = scene.waiting.get(found);
  if (known?.mayJoin === mayJoin && known.parts === assignments.size) return known.lines;
  const { hour } = termsOf(round);
  const waits = (member: Member) => {
    const assignment = assignments.get(member.key);
    if (!assignment) return mayJoin && isFor(round, member);
    return assignment.state === 'pending' || assignment.state === 'draft';
  };
  const hasAnswered = (member: Member) => {
    const assignment = assignments.get(member.key);
    return assignment?.state === 'submitted' || assignment?.state === 'declined';
  };
  const linesFor = (isOne: (member: Member) => boolean, line: { unsaid?: Unsaid }) => {
    const people = scene.group.members.flatMap((member) =>
      isOne(member) ? [{ member, close: closeFor(round, assignments.get(member.key)) }] : [],
    );
    const closes = Map.groupBy(people, ({ close }) => close.epochMilliseconds);
    return [...closes.values()].flatMap((alike) =>
      byPlace(alike, ({ member }) => scene.placeOf(member, hour)).map(({ place, people: here }) => ({
        ...line,
        place,
        close: alike[0]?.close ?? round.closesAt,
        to: here.map(({ member }) => scene.recipient(member)),
      })),
    );
  };
  const lines = [
    ...linesFor(waits, {}),
    ...(keepsToCounts(round) ? linesFor(hasAnswered, { unsaid: 'answered' }) : []),
  ];
  scene.waiting.set(found, { mayJoin, parts: assignments.size, lines });
  return lines;
}

/** To the channels; where the convenor wants to see it first, to the convenor, and to the channels once it is approved. */
function summariesOf(
  { group, home, convenor, placeOf, recipient }: Scene,
  round: Round,
  closedAt: Temporal.Instant,
): Line[] {
  const about = { round: round.key, activity: round.activity };
  const { review } = termsOf(round);
  const drafts: Line[] = [];
  if (review && convenor) {
    const place = placeOf(convenor);
    const step = {
      at: place.morning(closedAt),
      until: null,
      kind: 'summary' as const,
      about: { ...about, step: 'review' },
    };
    const key = keys.review(round.key, round.reopened);
    drafts.push({ place, to: [recipient(convenor)], steps: [{ ...step, key }] });
  }
  if (review && convenor && !round.approvedAt) return drafts;
  const ready = home.morning(closedAt);
  const at = review && round.approvedAt ? later(ready, home.sendable(round.approvedAt)) : ready;
  const channels = (['group', 'steering'] as const).filter((channel) => hasChannel(group, channel));
  return [
    ...drafts,
    ...channels.map((channel): Line => {
      const key = keys.summary(round.key, round.reopened);
      return { place: home, to: [{ channel }], steps: [{ at, until: null, kind: 'summary', about, key }] };
    }),
  ];
}
