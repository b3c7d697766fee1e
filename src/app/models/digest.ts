/** What a channel is told: changes only, and never who answered what. */

import type { DigestLine, DigestModel } from '../../cards/models.ts';
import type { Group } from '../../domain/group.ts';
import type { Change, PlanState, Round, Status } from '../../domain/state.ts';
import { effectiveDay, ownersOf, wordOn } from './activity.ts';
import { type AttentionLine, attentionOf } from './attention.ts';

const aheadDays = 14;

export type Span = { after: Temporal.Instant | null; until: Temporal.Instant };

export function digestModel(
  group: Group,
  state: PlanState,
  audience: 'group' | 'steering',
  { after, until }: Span,
  now: Temporal.Instant,
): DigestModel {
  const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
  const told = state.changes.filter(
    (change) =>
      Temporal.Instant.compare(change.at, until) <= 0 && (!after || Temporal.Instant.compare(change.at, after) > 0),
  );
  // The steering committee gets changes only; the group's own Monday also shows what still waits.
  const { late, blocked, unowned } =
    audience === 'group' ? attentionOf(group, state, today) : { late: [], blocked: [], unowned: [] };
  const isNews = ({ key, day }: AttentionLine) =>
    told.some(
      ({ kind, activity, facts, at }) =>
        kind === 'overdue' && activity === key && missedDay(state, key, facts.due, at, group.timeZone) === day,
    );
  return {
    group: group.name,
    audience,
    day: today.toString(),
    changes: told.flatMap((change) => lineOf(group, state, change)),
    // What is said to be late for the first time stands among the news.
    late: late.filter((line) => !isNews(line)).map(pointOf),
    blocked: blocked.map(pointOf),
    unowned: unowned.map(pointOf),
    ahead: ahead(group, state, today),
    open: state.rounds
      .filter((round) => round.openedAt && !round.closedAt)
      .map((round) => ({ ...countsOf(round), title: titleOf(group, round.activity), closes: lastDay(round, group) })),
  };
}

const pointOf = ({ title, day, owners }: AttentionLine) => ({ activity: title, day, owners });

/** The day whose end is the close. */
function lastDay(round: Round, group: Group): string {
  return round.closesAt.subtract({ seconds: 1 }).toZonedDateTimeISO(group.timeZone).toPlainDate().toString();
}

/** Whoever is excused, or has somebody answer instead, is not counted: that is all a channel learns of it. */
function countsOf(round: Round): { invited: number; submitted: number } {
  return {
    invited: round.assignments.filter((assignment) => assignment.state !== 'excused').length,
    submitted: round.assignments.filter((assignment) => assignment.state === 'submitted').length,
  };
}

const titleOf = (group: Group, key: string | null) =>
  group.activities.find((activity) => activity.key === key)?.title ?? key ?? '';

function lineOf(group: Group, state: PlanState, { kind, activity: key, facts, at }: Change): DigestLine[] {
  const activity = titleOf(group, key);
  const round = state.rounds.find((one) => one.key === facts.round);
  switch (kind) {
    case 'plan-imported':
      return [{ what: kind, activities: Number(facts.activities ?? group.activities.length) }];
    case 'round-opened':
      return round
        ? [{ what: kind, title: activity, closes: lastDay(round, group), invited: countsOf(round).invited }]
        : [];
    case 'round-closed':
      return round ? [{ what: kind, title: activity, ...countsOf(round) }] : [];
    case 'round-extended':
      return [{ what: kind, title: activity, from: dayIn(facts.from), to: dayIn(facts.to) }];
    case 'round-reopened':
      return [{ what: kind, title: activity, to: dayIn(facts.to) }];
    case 'round-paused':
    case 'round-resumed':
    case 'round-cancelled':
      return [{ what: kind, title: activity }];
    case 'chair-handed-over':
      return [{ what: kind, to: facts.to ?? '' }];
    case 'status':
      return [{ what: kind, activity, due: dayIn(facts.due), status: facts.status as Status, note: facts.note ?? '' }];
    case 'date-moved':
      return [{ what: kind, activity, from: dayIn(facts.from), to: dayIn(facts.to) }];
    case 'owner-set':
      return [{ what: kind, activity, owner: facts.owner ?? '' }];
    case 'handed-over':
      return [{ what: kind, activity, to: facts.to ?? '' }];
    case 'parked':
    case 'unparked':
      return [{ what: kind, activity }];
    case 'overdue':
      return [{ what: kind, activity, due: missedDay(state, key, facts.due, at, group.timeZone) }];
  }
}

/** The day that had passed when it was noted: the one it had been moved to, if that lies before. */
function missedDay(
  state: PlanState,
  activity: string | null,
  due: string | undefined,
  at: Temporal.Instant,
  zone: string,
) {
  const moved = wordOn(state, activity ?? '', due ?? '')?.newDate;
  const noted = at.toZonedDateTimeISO(zone).toPlainDate();
  return moved && Temporal.PlainDate.compare(moved, noted) <= 0 ? moved.toString() : dayIn(due);
}

/** The last day of a due point's key: "2022-10-12" or "2022-10-12/2022-11-07". */
function dayIn(due: string | undefined): string {
  return (due ?? '').split('/').at(-1) ?? '';
}

function ahead(group: Group, state: PlanState, today: Temporal.PlainDate): DigestModel['ahead'] {
  const limit = today.add({ days: aheadDays });
  return group.activities
    .filter((activity) => !activity.parked && activity.kind !== 'watch' && !activity.ongoing)
    .flatMap((activity) =>
      activity.due
        .filter((due) => !['done', 'stopped'].includes(wordOn(state, activity.key, due.key)?.status ?? ''))
        .map((due) => ({
          activity: activity.title,
          day: effectiveDay(state, activity, due),
          owners:
            activity.owners === 'all'
              ? ('all' as const)
              : ownersOf(group, activity)
                  .map((member) => member.name)
                  .join(', '),
        })),
    )
    .filter(({ day }) => Temporal.PlainDate.compare(day, today) >= 0 && Temporal.PlainDate.compare(day, limit) <= 0)
    .sort((one, other) => Temporal.PlainDate.compare(one.day, other.day))
    .map((line) => ({ ...line, day: line.day.toString() }));
}
