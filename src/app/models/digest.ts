/** What a channel is told: changes only, and never who answered what. */

import type { DigestLine, DigestListModel, DigestModel } from '../../cards/models.ts';
import { entriesOf } from '../../cards/views/digest.ts';
import { type Activity, dueDay, type Group } from '../../domain/group.ts';
import { isDated, isFinished } from '../../domain/schedule/activities.ts';
import { roundKey } from '../../domain/schedule/opening.ts';
import { type Change, type PlanState, type Round, type Status, wordOn } from '../../domain/state.ts';
import { askedOf, daysOf, effectiveDay, isOver, ownersOf, roundsOf, spanNow } from './activity.ts';
import { type AttentionLine, attentionOf } from './attention.ts';
import { pageOf } from './pages.ts';

const aheadDays = 14;

export type Span = { after: Temporal.Instant | null; until: Temporal.Instant };

export type Digest = Omit<DigestModel, 'whole'>;

/** What leads from a digest to all of it; `of`: a group's or a council's key. */
export function wholeOf(
  of: { group: string } | { council: string },
  audience: Digest['audience'],
  { after, until }: Span,
) {
  return { ...of, audience, after: after?.toString() ?? '', until: until.toString() };
}

const linesOnAPage = 20;

/** `told`: the day up to which it tells what has happened. */
export function digestListModel(digest: DigestModel, told: Temporal.PlainDate, asked: number): DigestListModel {
  const { group, audience, whole } = digest;
  const { rows, ...paged } = pageOf(entriesOf(digest), asked, linesOnAPage);
  return { group, audience, whole, told: told.toString(), lines: rows, ...paged };
}

export function digestModel(
  group: Group,
  state: PlanState,
  audience: 'group' | 'steering',
  { after, until }: Span,
  now: Temporal.Instant,
): Digest {
  const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
  const told = state.changes.filter(
    (change) =>
      Temporal.Instant.compare(change.at, until) <= 0 && (!after || Temporal.Instant.compare(change.at, after) > 0),
  );
  const imported = told.findLast(({ kind }) => kind === 'plan-imported');
  // The steering committee gets changes only; the group's own Monday also shows what still waits.
  const { late, blocked, unowned } =
    audience === 'group' ? attentionOf(group, state, today) : { late: [], blocked: [], unowned: [] };
  const isNews = ({ key, day }: AttentionLine) =>
    told.some(
      ({ kind, activity, facts, at }) =>
        kind === 'overdue' && activity === key && missedDay(group, state, key, facts.due, at) === day,
    );
  return {
    group: group.name,
    audience,
    day: today.toString(),
    changes: told
      // Read in more than once: how it stands since the last time is enough, beside what that changed.
      .filter((change) => change.kind !== 'plan-imported' || change === imported)
      .flatMap((change) => lineOf(group, state, change)),
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
      return [
        {
          what: kind,
          activity,
          due: plannedDay(group, key, facts.due),
          status: facts.status as Status,
          note: facts.note ?? '',
        },
      ];
    case 'date-moved':
      return [{ what: kind, activity, from: dayIn(facts.from), to: dayIn(facts.to) }];
    case 'owner-set':
      return [{ what: kind, activity, owner: facts.owner ?? '' }];
    case 'handed-over':
      return [{ what: kind, activity, to: facts.to ?? '' }];
    case 'renamed':
      return [{ what: kind, activity, from: facts.from ?? '' }];
    case 'added':
    case 'parked':
    case 'unparked':
      return [{ what: kind, activity }];
    case 'overdue':
      return [{ what: kind, activity, due: missedDay(group, state, key, facts.due, at) }];
  }
}

/** The day that had passed when it was noted: where the due point stands now, if that lies before, else the day it is named by. */
function missedDay(group: Group, state: PlanState, key: string | null, due: string | undefined, at: Temporal.Instant) {
  const { activity, point } = pointIn(group, key, due);
  const day = activity && point ? effectiveDay(group, state, activity, point) : null;
  const noted = at.toZonedDateTimeISO(group.timeZone).toPlainDate();
  return day && Temporal.PlainDate.compare(day, noted) <= 0 ? day.toString() : dayIn(due);
}

/** Where the plan has a due point now; whoever is told of it knows it by that day. */
function plannedDay(group: Group, key: string | null, due: string | undefined): string {
  const { point } = pointIn(group, key, due);
  return point ? dueDay(point).toString() : dayIn(due);
}

function pointIn(group: Group, key: string | null, due: string | undefined) {
  const activity = group.activities.find((one) => one.key === key);
  return { activity, point: activity?.due.find((one) => one.key === due) };
}

/** The last day of a due point's key: "2022-10-12" or "2022-10-12/2022-11-07". The plan may have it at another by now. */
function dayIn(due: string | undefined): string {
  return (due ?? '').split('/').at(-1) ?? '';
}

/** What begins or is due in the next two weeks: what lies ahead stands at its first day, what has begun at its last. */
function ahead(group: Group, state: PlanState, today: Temporal.PlainDate): DigestModel['ahead'] {
  const limit = today.add({ days: aheadDays });
  const isAhead = (day: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(day, today) >= 0 && Temporal.PlainDate.compare(day, limit) <= 0;
  return group.activities
    .filter(isDated)
    .flatMap((activity) =>
      [...plannedOf(group, state, activity), ...besidesOf(group, state, activity)].map(({ from, to, rounds }) => {
        const waits = Temporal.PlainDate.compare(from, today) >= 0 && !from.equals(to);
        const span = waits ? { day: from, until: to.toString() } : { day: to };
        return { activity: activity.title, owners: namesOf(group, activity, rounds), ...span };
      }),
    )
    .filter(({ day }) => isAhead(day))
    .sort((one, other) => Temporal.PlainDate.compare(one.day, other.day))
    .map((line) => ({ ...line, day: line.day.toString() }));
}

const plannedOf = (group: Group, state: PlanState, activity: Activity) =>
  activity.due
    .filter((due) => !isFinished(wordOn(state, activity.key, due.key)))
    .filter((due) => !isOver(state, activity, due))
    .map((due) => ({ ...spanNow(group, state, activity, due), rounds: roundsOf(state, activity, [due]) }));

/** Surveys to come that are no window of the plan. */
function besidesOf(group: Group, state: PlanState, activity: Activity) {
  const planned = new Set(activity.due.map((due) => roundKey(activity, due)));
  return state.rounds
    .filter((round) => round.activity === activity.key && !round.openedAt && !round.closedAt && !planned.has(round.key))
    .map((round) => ({ ...daysOf(group, round), rounds: [round] }));
}

const namesOf = (group: Group, activity: Activity, rounds: readonly Round[]) =>
  activity.owners === 'all'
    ? (askedOf(group, rounds) ?? 'all')
    : ownersOf(group, activity)
        .map(({ name }) => name)
        .join(', ');
