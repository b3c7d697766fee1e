/**
 * A group's state without who has answered: what a convenor may foresee of a round that keeps to counts. Two states that differ only in
 * which people have answered such a round become the same one, so whatever is computed from it can tell nobody. Where it cannot be
 * exact it foresees too much rather than too little.
 */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import { byPlace } from '../schedule/chain.ts';
import { isBefore } from '../schedule/place.ts';
import { lastDay, stepsOf } from '../schedule/reminders.ts';
import { closeFor, isOpen } from '../schedule/rounds.ts';
import { type Scene, sceneOf } from '../schedule/scene.ts';
import { type GroupState, type Round, termsOf } from '../state.ts';

type Instant = Temporal.Instant;

export const keepsToCounts = (round: Round): boolean => termsOf(round).anonymity === 'counts';

/** Open, and nobody is told who has answered it. */
export const isSecret = (round: Round): boolean => keepsToCounts(round) && isOpen(round);

/**
 * What makes this state, and any that a command makes of it, blind: as if nobody had answered, and everybody had been told what was due
 * before `now`. Reminders that people put off themselves are left out: only somebody who has not answered can put one off.
 * `also`: a closed round that may be opened again. States stay as they are where no round keeps to counts.
 */
export function blinding(
  group: Group,
  state: GroupState,
  now: Instant,
  holidays: Holidays,
  also?: string,
): (state: GroupState) => GroupState {
  const secret = state.rounds.filter((round) => isSecret(round) || (keepsToCounts(round) && round.key === also));
  if (secret.length === 0) return (same) => same;
  const scene = sceneOf(group, state, holidays);
  const told = secret.flatMap((round) => [...toldBefore(scene, state, round, now)]);
  const names = new Set(secret.map(({ key }) => key));
  const own = secret.flatMap(({ key }) => [`invite:${key}:`, `remind:${key}:`, `again:round:${key}:`]);
  return (later) => ({
    ...later,
    rounds: later.rounds.map((round) => (isSecret(round) ? unanswered(round) : round)),
    snoozes: (later.snoozes ?? []).filter(({ about }) => !('round' in about && names.has(about.round))),
    done: new Set([...[...later.done].filter((key) => !own.some((start) => key.startsWith(start))), ...told]),
  });
}

const unanswered = (round: Round): Round => ({
  ...round,
  assignments: round.assignments
    .map((part) => (part.state === 'excused' ? part : { ...part, state: 'pending' as const }))
    .sort((one, other) => (one.member < other.member ? -1 : 1)),
});

/** Keys of what the plan had for a round's people before `now`, whoever of them has answered. */
function* toldBefore(scene: Scene, state: GroupState, round: Round, now: Instant): Generator<string> {
  const { hour } = termsOf(round);
  const people = round.assignments.flatMap((part) => {
    const member = scene.members.get(part.member);
    return member && part.state !== 'excused' ? [{ member, close: closeFor(round, part) }] : [];
  });
  // What fell into a pause was not told; what a weekly cap holds back may still be.
  const until = [now, round.pausedAt ?? now, scene.group.sending?.weeklyCap ? now.subtract({ hours: 168 }) : now];
  const isTold = (at: Instant) =>
    until.every((limit) => isBefore(at, limit)) && !(round.resumedAt && isBefore(at, round.resumedAt));
  for (const { close, from, to } of closesOf(scene, state, round)) {
    const then = { ...round, closesAt: close };
    const places = byPlace(people, ({ member }) => scene.placeOf(member, hour));
    for (const { place, people } of places) {
      const steps = stepsOf(scene, then, place, scene.home.day(round.opensAt), close);
      const told = steps.filter(({ at }) => isTold(at) && !(from && isBefore(at, from)) && !(to && !isBefore(at, to)));
      for (const { member } of people) {
        const away = scene.aways.get(member.key);
        const isAway = away && Temporal.PlainDate.compare(place.day(now), away.until) <= 0;
        for (const { at, key } of told) if (!isAway || isBefore(at, away.since)) yield key(member.key);
      }
    }
  }
}

type Close = { close: Instant; from: Instant | null; to: Instant | null };

/** The closes a round has had, each with when it held: latest first. */
function closesOf({ home, group }: Scene, { changes }: GroupState, round: Round): Close[] {
  const found: Close[] = [{ close: round.closesAt, from: null, to: null }];
  for (const { at, kind, activity, facts } of changes.toReversed()) {
    const last = found.at(-1);
    if (!last || kind !== 'date-moved' || activity !== round.activity || !facts.from) continue;
    if (facts.to !== lastDay(last.close, group.timeZone).toString()) continue;
    last.from = at;
    found.push({ close: home.endOf(Temporal.PlainDate.from(facts.from)), from: null, to: at });
  }
  return found;
}
