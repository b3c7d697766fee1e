/** What the cards of a role rating show. */

import type {
  InvitationModel,
  RatePageModel,
  ReceiptModel,
  ReminderModel,
  SummaryLine,
  SummaryListModel,
  SummaryModel,
  SurveyOverModel,
  SurveysModel,
} from '../../cards/models.ts';
import { shownName } from '../../cards/names.ts';
import { inOrder } from '../../cards/views/summary.ts';
import { toSecond } from '../../domain/calendar.ts';
import type { Group, Language } from '../../domain/group.ts';
import type { Catalogue, Instrument, Ratings } from '../../domain/instrument.ts';
import { isLevel, type Level } from '../../domain/levels.ts';
import { shownConstituencies } from '../../domain/rating/constituencies.ts';
import { pagesOf } from '../../domain/rating/pages.ts';
import { summarise } from '../../domain/rating/summary.ts';
import { answeredItems } from '../../domain/rating/validate.ts';
import { catalogue, instrument } from '../../library/library.ts';
import { nameOf } from '../../library/names.ts';
import type { AssignmentRow, Glance, RoundCounts } from '../../ports/store.ts';
import { contactFor } from './contact.ts';
import { pageOf } from './pages.ts';

/** An assignment's instrument and catalogue. */
export function askedOf({ round }: Pick<AssignmentRow, 'round'>): { instrument: Instrument; catalogue: Catalogue } {
  return { instrument: instrument(round.instrument), catalogue: catalogue(round.catalogue) };
}

/** When this person can no longer change the answer: the round's close, or a personal extension. */
export function closesFor({ round, extendedTo }: AssignmentRow): Temporal.Instant {
  return extendedTo && Temporal.Instant.compare(extendedTo, round.closesAt) > 0 ? extendedTo : round.closesAt;
}

/** Why a person cannot answer now, or null when they can. */
export function shutFor(assignment: AssignmentRow, now: Temporal.Instant): 'closed' | null {
  const { round } = assignment;
  const open = round.openedAt && Temporal.Instant.compare(round.openedAt, now) <= 0 && !round.closedAt;
  return open && Temporal.Instant.compare(now, closesFor(assignment)) < 0 ? null : 'closed';
}

function overOf({ round: { closedAt, cancelledAt } }: AssignmentRow): ReceiptModel['over'] {
  return cancelledAt ? 'cancelled' : closedAt ? 'closed' : null;
}

/** Instants on cards carry no fraction: the platforms' date macros accept none. */
export function instantText(at: Temporal.Instant): string {
  return toSecond(at).toString();
}

const when = (at: Temporal.Instant, zone: string) => ({ instant: instantText(at), zone });

export function invitationModel(group: Group, assignment: AssignmentRow): InvitationModel {
  return {
    ref: assignment.id,
    person: assignment.member.name,
    group: group.name,
    title: assignment.round.title,
    items: askedOf(assignment).catalogue.items.length,
    closes: when(closesFor(assignment), assignment.member.timeZone),
    convenor: contactFor(group, assignment.member.name),
  };
}

export function reminderModel(group: Group, assignment: AssignmentRow, step: 'mid' | 'near'): ReminderModel {
  return { ...invitationModel(group, assignment), step, answered: answeredItems(assignment.draft) };
}

/** Null while their part is open: a survey may be over for one person only. */
export function surveyOverModel(
  { group, state }: Glance,
  assignment: AssignmentRow,
  now: Temporal.Instant,
): SurveyOverModel | null {
  const { member, round } = assignment;
  const nameOf = (key: string) => group.members.find((one) => one.key === key)?.name;
  const isIn = nameOf(member.key) !== undefined;
  const excused = assignment.state === 'excused' ? 'excused' : null;
  const why = isIn ? (excused ?? overOf(assignment) ?? shutFor(assignment, now)) : 'left';
  if (why === null) return null;
  const part = state.rounds.find(({ key }) => key === round.key)?.assignments.find((one) => one.member === member.key);
  return {
    ...endOf(group, assignment, why),
    by: (why === 'excused' && nameOf(part?.substitute ?? '')) || '',
    isUnsent: why === 'closed' && answeredItems(assignment.draft) > 0,
  };
}

/** In the place of a reminder of whoever has answered at another message. */
export const answeredModel = (group: Group, assignment: AssignmentRow): SurveyOverModel =>
  endOf(group, assignment, 'answered');

function endOf(group: Group, assignment: AssignmentRow, why: SurveyOverModel['why']): SurveyOverModel {
  const { member, round } = assignment;
  return {
    person: member.name,
    group: group.name,
    title: round.title,
    why,
    by: '',
    closes: when(closesFor(assignment), member.timeZone),
    isUnsent: false,
    convenor: contactFor(group, member.name),
  };
}

export function ratePageModel(
  assignment: AssignmentRow,
  page: number,
  ratings: Ratings,
  errors: RatePageModel['errors'],
): RatePageModel {
  const asked = askedOf(assignment);
  const pages = pagesOf(asked.catalogue, asked.instrument);
  const current = Math.min(Math.max(1, page), pages.length);
  const { group, member } = assignment;
  const { language } = member;
  return {
    ref: assignment.id,
    title: assignment.round.title,
    page: current,
    pages: pages.length,
    periods: group.periods,
    items: (pages[current - 1] ?? []).map((item) => {
      const { now = '', coming = '', comment = '' } = ratings[item.key] ?? {};
      return {
        key: item.key,
        name: shownName(nameOf(item, language, [group.language]), language),
        now: isLevel(now) ? now : '',
        coming: isLevel(coming) ? coming : '',
        comment,
      };
    }),
    errors,
    commentRule: asked.instrument.commentRequired,
    commentMax: asked.instrument.commentMax,
    closes: when(closesFor(assignment), member.timeZone),
  };
}

export function receiptModel(assignment: AssignmentRow): ReceiptModel {
  const { group, member } = assignment;
  const { language } = member;
  const zone = member.timeZone;
  return {
    ref: assignment.id,
    group: group.name,
    title: assignment.round.title,
    submitted: when(assignment.submittedAt ?? assignment.round.closesAt, zone),
    closes: when(closesFor(assignment), zone),
    over: overOf(assignment),
    periods: group.periods,
    items: askedOf(assignment).catalogue.items.flatMap((item) => {
      const rating = assignment.answers[item.key];
      if (!rating) return [];
      const name = shownName(nameOf(item, language, [group.language]), language);
      return [{ name, now: rating.now as Level, coming: rating.coming as Level, comment: rating.comment }];
    }),
  };
}

/** `whole`: what the button to all of it says. */
export function summaryModel(
  group: Pick<Group, 'name' | 'language'>,
  counts: RoundCounts,
  language: Language,
  whole: Record<string, string>,
): SummaryModel {
  const items = catalogue(counts.catalogue).items.map((item) => ({
    key: item.key,
    name: shownName(nameOf(item, language, [group.language]), language),
  }));
  const { constituencies, pairs } = counts;
  const summary = summarise({ items, counts: pairs, constituencies });
  return {
    ...summary,
    constituencies: shownConstituencies(constituencies),
    group: group.name,
    title: counts.title,
    periods: counts.periods,
    whole,
  };
}

/** So many lines without buttons are read on a page; the first roles take several each. */
const linesOnAPage = 20;

/** Line by line what the summary says: it names no more of anybody's answers than the channel was told. */
export function summaryListModel(
  { constituencies, items, change: _, ...summary }: SummaryModel,
  asked: number,
  outdated: boolean,
): SummaryListModel {
  const { full, brief } = inOrder(items);
  const lines: SummaryLine[] = [
    ...constituencies.map((one) => ({ is: 'constituency' as const, ...one })),
    ...full.map((item) => ({ is: 'full' as const, ...item })),
    ...brief.map((item) => ({ is: 'brief' as const, ...item })),
  ];
  const { rows, ...paged } = pageOf(lines, asked, linesOnAPage);
  return { ...summary, lines: rows, ...paged, outdated };
}

export function surveysModel(open: SurveysModel['surveys'], asked: number): SurveysModel {
  const { rows, ...paged } = pageOf(open, asked);
  return { count: open.length, ...paged, surveys: rows };
}

/** What this person may answer now, over all their groups. */
export function openSurveys(
  assignments: AssignmentRow[],
  groupName: (key: string) => string,
  now: Temporal.Instant,
): SurveysModel['surveys'] {
  return assignments
    .filter((assignment) => shutFor(assignment, now) === null)
    .map((assignment) => ({
      ref: assignment.id,
      group: groupName(assignment.groupKey),
      title: assignment.round.title,
      closes: when(closesFor(assignment), assignment.member.timeZone),
      state: assignment.state === 'submitted' || assignment.state === 'draft' ? assignment.state : 'pending',
    }));
}
