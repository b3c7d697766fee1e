/** What a convenor does to a round that is there: while it runs, before it opens, and after it has closed. */

import { opensRound } from '../schedule/activities.ts';
import { isFor } from '../schedule/audience.ts';
import { keys } from '../schedule/keys.ts';
import { roundOfWindow } from '../schedule/opening.ts';
import { isBefore } from '../schedule/place.ts';
import { lastDay } from '../schedule/reminders.ts';
import { closeFor, isOpen } from '../schedule/rounds.ts';
import {
  type Assignment,
  type Change,
  type GroupState,
  keepsToCounts,
  type PlanState,
  type Round,
  termsOf,
} from '../state.ts';
import { isSecret } from './blind.ts';
import type { RefusalCode, RoundCommand } from './command.ts';
import {
  type Deed,
  type Edit,
  isSane,
  isStale,
  nameOf,
  refuse,
  type Scene,
  titleOf,
  withChange,
  withRound,
} from './deed.ts';
import { roundEdits } from './round-edits.ts';
import { timesOf, windowFault } from './schedule-round.ts';
import { termsWith } from './terms.ts';

type Running = Exclude<RoundCommand, { do: 'schedule-round' | 'open-round-now' }>;
type Refusal = { code: RefusalCode };
/** What becomes of the round, what the audit says, and what a digest tells. An excuse or a substitute is for no channel: there it shows in the counts alone. */
type Next = { round: Round; edits: Edit[]; told?: Change['kind'] };

export function runRound(scene: Scene, command: Running): Deed {
  const round = roundIn(scene, command.round);
  if (!round) return refuse('unknown-round');
  const version = round.version ?? 0;
  const subject = `round:${round.key}`;
  if (isStale(command.seen, version)) return { ok: 'stale', subject, current: version };
  const next = nextOf(scene, round, command);
  if ('code' in next) return refuse(next.code);
  const { group, now } = scene;
  let state: GroupState = withRound(scene.state, { ...next.round, version: version + 1 });
  if (next.told) {
    const day = (one: Round) => lastDay(one.closesAt, group.timeZone).toString();
    const facts = { round: round.key, from: day(round), to: day(next.round) };
    state = withChange(state, { at: now, kind: next.told, activity: round.activity, facts });
  }
  return {
    ok: true,
    group,
    state,
    subject,
    subjectName: titleOf(group, round.activity),
    version: version + 1,
    edits: next.edits,
    round: round.key,
    activity: round.activity,
  };
}

/** A round that exists, or what a window of the plan will open if nobody changes anything. */
export function roundIn({ group, state, home }: Pick<Scene, 'group' | 'state' | 'home'>, key: string): Round | null {
  const found = state.rounds.find((round) => round.key === key);
  if (found) return found;
  for (const activity of group.activities) {
    if (!key.startsWith(`${activity.key}/`) || activity.ongoing) continue;
    const due = activity.due.find((one) => `${activity.key}/${one.key}` === key);
    if (due && opensRound(activity, due)) return roundOfWindow(group, home, activity, due);
  }
  return null;
}

/** Every round there is, and those that the plan's windows will open. */
export function plannedRounds({ group, state, home }: Pick<Scene, 'group' | 'home'> & { state: PlanState }): Round[] {
  const known = new Set(state.rounds.map(({ key }) => key));
  const coming = group.activities.flatMap((activity) =>
    activity.ongoing || activity.parked
      ? []
      : activity.due.flatMap((due) => {
          const round = opensRound(activity, due) ? roundOfWindow(group, home, activity, due) : null;
          return round && !known.has(round.key) ? [round] : [];
        }),
  );
  return [...state.rounds, ...coming];
}

function nextOf(scene: Scene, round: Round, command: Running): Next | Refusal {
  const { now } = scene;
  const one = (field: string, from: string | null, to: string | null): Edit[] => [{ field, from, to }];
  switch (command.do) {
    case 'change-round':
      return changed(scene, round, command);
    case 'nudge':
      return nudged(scene, round);
    case 'extend':
      return command.member === undefined
        ? extended(scene, round, command.closes)
        : extendedFor(scene, round, command.member, command.closes);
    case 'pause':
      if (!isOpen(round)) return closedCode(round);
      if (round.pausedAt) return { code: 'already-paused' };
      return { round: { ...round, pausedAt: now }, edits: one('state', 'open', 'paused'), told: 'round-paused' };
    case 'resume':
      if (!isOpen(round)) return closedCode(round);
      if (!round.pausedAt) return { code: 'not-paused' };
      return {
        round: { ...round, pausedAt: null, resumedAt: now },
        edits: one('state', 'paused', 'open'),
        told: 'round-resumed',
      };
    case 'excuse': {
      const part = partOf(round, command.member);
      if ('code' in part) return part;
      const edits = one('excused', null, nameOf(scene.group, command.member));
      return { round: withPart(round, { ...part, state: 'excused' }), edits };
    }
    case 'substitute':
      return substituted(scene, round, command.member, command.by);
    case 'reopen':
      return reopened(scene, round, command.closes);
    case 'cancel-round': {
      if (round.closedAt) return { code: 'already-closed' };
      const edits = one('state', round.openedAt ? 'open' : 'scheduled', 'cancelled');
      return {
        round: { ...round, closedAt: now, cancelledAt: now, terms: termsOf(round) },
        edits,
        told: 'round-cancelled',
      };
    }
    case 'approve-summary': {
      const waits = termsOf(round).review && round.closedAt && !round.approvedAt && !round.cancelledAt;
      if (!waits) return { code: 'nothing-to-approve' };
      return { round: { ...round, approvedAt: now }, edits: one('summary', 'waits', 'approved') };
    }
  }
}

const closedCode = (round: Round): Refusal => ({ code: round.closedAt ? 'already-closed' : 'not-open' });

function changed(scene: Scene, round: Round, command: Extract<Running, { do: 'change-round' }>): Next | Refusal {
  if (round.closedAt) return { code: 'already-closed' };
  const { settings } = command;
  const before = termsOf(round);
  const dates = { opens: scene.home.day(round.opensAt), closes: lastDay(round.closesAt, scene.group.timeZone) };
  const window = { opens: command.opens ?? dates.opens, closes: command.closes ?? dates.closes };
  const movesDates = !window.opens.equals(dates.opens) || !window.closes.equals(dates.closes);
  const isFixed = settings.audience !== undefined || settings.anonymity !== undefined || movesDates;
  if (round.openedAt && isFixed) return { code: 'already-open' };
  const set = termsWith(scene, before, settings, window);
  if ('code' in set) return set;
  let next: Round = { ...round, terms: set.terms };
  if (!round.openedAt && (movesDates || settings.hour !== undefined)) {
    const fault = windowFault(scene, window);
    if (fault) return { code: fault };
    const times = timesOf(scene, window, set.terms.hour, null);
    if ('code' in times) return times;
    // One that could not open in its time has said so once for ever: under another name it opens after all.
    const again = scene.state.done.has(keys.open(round.key, round.reopened)) ? 1 : 0;
    next = { ...next, ...times, reopened: (round.reopened ?? 0) + again };
  }
  const edits = roundEdits(scene, round, next);
  if (edits.length === 0) return { code: 'nothing-changes' };
  return { round: next, edits, ...(window.closes.equals(dates.closes) ? {} : { told: 'round-extended' as const }) };
}

function nudged({ group, home, now, today }: Scene, round: Round): Next | Refusal {
  if (!isOpen(round)) return closedCode(round);
  if (round.pausedAt) return { code: 'already-paused' };
  if (round.nudgedAt && home.day(round.nudgedAt).equals(today)) return { code: 'nudged-today' };
  const parts = new Map(round.assignments.map((part) => [part.member, part]));
  const isMissing = group.members.some((member) => {
    const part = parts.get(member.key);
    if (part && !isWaiting(part)) return false;
    return (part !== undefined || isFor(round, member)) && isBefore(now, closeFor(round, part));
  });
  // Of somebody who has left, the counts alone would not say it.
  if (!isMissing && !isSecret(round)) return { code: 'nobody-missing' };
  return { round: { ...round, nudgedAt: now }, edits: [{ field: 'nudged', from: null, to: today.toString() }] };
}

function extended(scene: Scene, round: Round, closes: Temporal.PlainDate): Next | Refusal {
  const { group, home, today } = scene;
  if (round.closedAt) return { code: 'already-closed' };
  const before = lastDay(round.closesAt, group.timeZone);
  const fault = laterFault(scene, before, closes);
  if (fault) return { code: fault };
  const days = before.until(closes, { largestUnit: 'days' }).days;
  const terms = termsOf(round);
  // Chosen days that are still to come keep their distance to the close.
  const shift = (day: Temporal.PlainDate) => (Temporal.PlainDate.compare(day, today) > 0 ? day.add({ days }) : day);
  const reminders = typeof terms.reminders === 'object' ? { days: terms.reminders.days.map(shift) } : terms.reminders;
  const isOwn = round.terms || !round.openedAt;
  const next = { ...round, closesAt: home.endOf(closes), ...(isOwn ? { terms: { ...terms, reminders } } : {}) };
  return { round: next, edits: roundEdits(scene, round, next), told: 'round-extended' };
}

function extendedFor(scene: Scene, round: Round, member: string, closes: Temporal.PlainDate): Next | Refusal {
  const { group, home } = scene;
  if (!isOpen(round)) return closedCode(round);
  const part = partOf(round, member);
  if ('code' in part) return part;
  const before = lastDay(closeFor(round, part), group.timeZone);
  const fault = laterFault(scene, before, closes);
  if (fault) return { code: fault };
  const edits = [{ field: `closes for ${nameOf(group, member)}`, from: before.toString(), to: closes.toString() }];
  return { round: withPart(round, { ...part, extendedTo: home.endOf(closes) }), edits };
}

function laterFault({ today }: Scene, before: Temporal.PlainDate, closes: Temporal.PlainDate): RefusalCode | null {
  if (!isSane(closes, today)) return 'bad-date';
  if (Temporal.PlainDate.compare(closes, today) < 0) return 'window-over';
  const order = Temporal.PlainDate.compare(closes, before);
  if (order === 0) return 'nothing-changes';
  return order < 0 ? 'window-backwards' : null;
}

function reopened(scene: Scene, round: Round, closes: Temporal.PlainDate): Next | Refusal {
  if (!round.closedAt || !round.openedAt) return { code: 'not-closed' };
  if (!isSane(closes, scene.today)) return { code: 'bad-date' };
  const closesAt = scene.home.endOf(closes);
  if (!isBefore(scene.home.sendable(scene.now), closesAt)) return { code: 'window-over' };
  const next: Round = {
    ...round,
    closesAt,
    closedAt: null,
    cancelledAt: null,
    approvedAt: null,
    pausedAt: null,
    // What was not said in its first time is not said now.
    resumedAt: scene.now,
    reopened: (round.reopened ?? 0) + 1,
  };
  const state = { field: 'state', from: round.cancelledAt ? 'cancelled' : 'closed', to: 'open' };
  return { round: next, edits: [state, ...roundEdits(scene, round, next)], told: 'round-reopened' };
}

/** The other answers from the beginning: what the first had begun stays with the first. */
export function substituted({ group }: Pick<Scene, 'group'>, round: Round, member: string, by: string): Next | Refusal {
  const fault = personFault(round);
  if (fault) return fault;
  if (member === by) return { code: 'same-person' };
  if (!group.members.some(({ key }) => key === by)) return { code: 'unknown-member' };
  const part = partOf(round, member);
  if ('code' in part) return part;
  if (round.assignments.some((one) => one.member === by)) return { code: 'already-in-round' };
  const instead: Assignment = { member: by, state: 'pending', extendedTo: part.extendedTo };
  const next = withPart(round, { ...part, state: 'excused', substitute: by });
  return {
    round: { ...next, assignments: [...next.assignments, instead] },
    edits: [{ field: 'substitute', from: nameOf(group, member), to: nameOf(group, by) }],
  };
}

export const isWaiting = ({ state }: Assignment) => state === 'pending' || state === 'draft';

/** Why nothing can be done about one person, whoever it is. In a round that keeps to counts, those before and after would tell. */
function personFault(round: Round): Refusal | null {
  if (!isOpen(round)) return closedCode(round);
  return keepsToCounts(round) ? { code: 'counts-only' } : null;
}

function partOf(round: Round, member: string): Assignment | Refusal {
  const fault = personFault(round);
  if (fault) return fault;
  const part = round.assignments.find((one) => one.member === member);
  if (!part || part.state === 'excused') return { code: 'not-in-round' };
  return isWaiting(part) ? part : { code: 'already-answered' };
}

function withPart(round: Round, part: Assignment): Round {
  return { ...round, assignments: round.assignments.map((one) => (one.member === part.member ? part : one)) };
}
