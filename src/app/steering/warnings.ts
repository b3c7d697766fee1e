/** What a convenor should know of a round before they confirm it. None of it stops them. */

import type { Holidays } from '../../domain/calendar.ts';
import type { Group } from '../../domain/group.ts';
import type { Tell } from '../../domain/happening.ts';
import { isAsked, isFor } from '../../domain/schedule/audience.ts';
import { lastDay } from '../../domain/schedule/reminders.ts';
import { type PlanState, type Round, termsOf } from '../../domain/state.ts';
import { isUnstated } from '../models/group.ts';
import type { Warning } from './types.ts';

/** Fewer people than this, and an answer is easily guessed from counts. */
const fewPeople = 4;

export function warningsOf(group: Group, state: PlanState, round: Round, plan: Tell[], holidays: Holidays): Warning[] {
  const people = group.members.filter((member) => isFor(round, member));
  const zone = group.timeZone;
  const opens = round.opensAt.toZonedDateTimeISO(zone).toPlainDate();
  const closes = lastDay(round.closesAt, zone);
  const found: Warning[] = [];
  for (const other of state.rounds) {
    const overlaps =
      Temporal.Instant.compare(other.opensAt, round.closesAt) < 0 &&
      Temporal.Instant.compare(round.opensAt, other.closesAt) < 0;
    if (other.key === round.key || other.closedAt || !overlaps) continue;
    const both = people.filter((member) => isFor(other, member)).length;
    const title = group.activities.find(({ key }) => key === other.activity)?.title ?? other.activity;
    if (both > 0) found.push({ code: 'clash', facts: { round: other.key, title, people: String(both) } });
  }
  if (closes.dayOfWeek > 5) found.push({ code: 'weekend', facts: { day: closes.toString() } });
  for (const day of [opens, closes]) {
    const holiday = holidays(group.country, day);
    if (holiday) found.push({ code: 'holiday', facts: { day: day.toString(), name: holiday } });
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
