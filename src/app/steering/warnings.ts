/** What a convenor should know of a round before they confirm it. None of it stops them. */

import type { Holidays } from '../../domain/calendar.ts';
import type { Group } from '../../domain/group.ts';
import type { Tell } from '../../domain/happening.ts';
import { isAsked, isFor } from '../../domain/schedule/audience.ts';
import { type PlanState, type Round, termsOf } from '../../domain/state.ts';
import type { Command } from '../../domain/steering/command.ts';
import { homeOf } from '../../domain/steering/deed.ts';
import { plannedRounds } from '../../domain/steering/run-round.ts';
import { isUnstated } from '../models/group.ts';
import type { Warning } from './types.ts';

/** Fewer people than this, and an answer is easily guessed from counts. */
const fewPeople = 4;

export function warningsOf(group: Group, state: PlanState, round: Round, plan: Tell[], holidays: Holidays): Warning[] {
  const people = group.members.filter((member) => isFor(round, member));
  const found: Warning[] = [];
  // What the plan itself will open asks the same people.
  for (const other of plannedRounds({ group, state, home: homeOf(group, holidays) })) {
    const overlaps =
      Temporal.Instant.compare(other.opensAt, round.closesAt) < 0 &&
      Temporal.Instant.compare(round.opensAt, other.closesAt) < 0;
    if (other.key === round.key || other.closedAt || !overlaps) continue;
    const both = people.filter((member) => isFor(other, member)).length;
    const title = group.activities.find(({ key }) => key === other.activity)?.title ?? other.activity;
    if (both > 0) found.push({ code: 'clash', facts: { round: other.key, title, people: String(both) } });
  }
  const covered = new Set(people.map(({ constituency }) => constituency));
  for (const name of new Set(group.members.filter(isAsked).map(({ constituency }) => constituency)))
    if (!covered.has(name) && !isUnstated(name)) found.push({ code: 'uncovered', facts: { name } });
  for (const { name, identities } of people)
    if (identities.length === 0) found.push({ code: 'unreachable', facts: { name } });
  if (termsOf(round).reminders !== 'none' && !plan.some(({ kind }) => kind === 'reminder'))
    found.push({ code: 'no-reminder', facts: {} });
  if (termsOf(round).anonymity === 'counts' && people.length < fewPeople)
    found.push({ code: 'small-group', facts: { people: String(people.length) } });
  return found;
}

/** Days that a command names and that are no working days: what would be sent on them comes later. */
export function dayWarnings({ country }: Group, command: Command, holidays: Holidays): Warning[] {
  return daysIn(command).flatMap((named): Warning[] => {
    const [day, name] = [named.toString(), holidays(country, named)];
    if (name) return [{ code: 'holiday', facts: { day, name } }];
    return named.dayOfWeek > 5 ? [{ code: 'weekend', facts: { day } }] : [];
  });
}

function daysIn(command: Command): Temporal.PlainDate[] {
  switch (command.do) {
    case 'schedule-round':
      return [command.opens, command.closes];
    case 'change-round':
      return [command.opens, command.closes].filter((day) => day !== undefined);
    case 'open-round-now':
    case 'extend':
    case 'reopen':
      return [command.closes];
    case 'move-date':
      return [command.from, command.to].filter((day) => day !== undefined);
    default:
      return [];
  }
}
