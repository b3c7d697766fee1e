/** Try it on me: every card of a round to the convenor alone, marked as a rehearsal in words. Nothing of it is stored. */

import { renderCard } from '../cards/cards.ts';
import type { CardName, Models, SummaryModel } from '../cards/models.ts';
import { say } from '../cards/words.ts';
import type { Identity, Language } from '../domain/group.ts';
import type { Ratings } from '../domain/instrument.ts';
import { levels } from '../domain/levels.ts';
import type { Card, Reply } from '../ports/chat.ts';
import type { AssignmentRow, RoundCounts } from '../ports/store.ts';
import type { Chair } from './convenor.ts';
import { chairOf, today } from './convenor.ts';
import {
  askedOf,
  invitationModel,
  ratePageModel,
  receiptModel,
  reminderModel,
  summaryListModel,
  summaryModel,
} from './models/rating.ts';
import { draftNamed, type RoundDraft } from './steer-drafts.ts';
import type { SeatTurn } from './steer-seat.ts';
import { notice, pageIn } from './turn.ts';

/** Shows these cards to one person, one after the other. */
export type SendRehearsal = (to: Identity, cards: Card[], key: string) => void;

const prefix = 'rehearsal:';
export const isRehearsal = (ref: string): boolean => ref.startsWith(prefix);

type Stage = { chair: Chair; draft: RoundDraft; language: Language };

export function rehearse(chair: Chair, draft: RoundDraft, send: SendRehearsal): void {
  const stage = stageOf(chair, draft);
  const part = pretended(stage);
  const { group } = chair.loaded;
  const { reminders } = draft.values;
  const { pages } = ratePageModel(part, 1, {}, {});
  const cards: Card[] = [cardOf(stage, 'invitation', invitationModel(group, part))];
  for (let page = 1; page <= pages; page++) cards.push(ratePage(stage, page));
  if (reminders !== 'none' && reminders !== 'near')
    cards.push(cardOf(stage, 'reminder', reminderModel(group, part, 'mid')));
  if (reminders !== 'none' && reminders !== 'mid')
    cards.push(cardOf(stage, 'reminder', reminderModel(group, part, 'near')));
  cards.push(receipt(stage), summary(stage));
  send(chair.by.who, cards, `rehearsal:${chair.by.event}`);
}

/** A press on a card of a rehearsal: the pages go on, and nothing is kept. */
export async function takeRehearsal(turn: SeatTurn): Promise<Reply> {
  const { values, verb, who, event } = turn.submission;
  const [group = '', id = ''] = (values.ref ?? '').slice(prefix.length).split('|');
  const chair = await chairOf({ ...turn, who, event }, group);
  if ('do' in chair) return chair;
  const draft = await draftNamed(chair, id);
  if (!draft) return { do: 'notice', text: say(turn.language, 'rehearsal.over') };
  const stage = stageOf(chair, draft);
  const page = Number(values.page ?? '0') || 0;
  switch (verb) {
    case 'rate.open':
      return { do: 'show', card: ratePage(stage, 1) };
    case 'rate.page':
      return { do: 'show', card: ratePage(stage, page + 1) };
    case 'rate.back':
      return { do: 'show', card: ratePage(stage, page - 1) };
    case 'rate.submit':
      return { do: 'finish', card: receipt(stage) };
    case 'summary.whole':
      return { do: 'show', card: whole(stage, pageIn(turn.submission)) };
    case 'summary.show':
      return { do: 'show', card: summary(stage) };
    default:
      return notice(turn, 'unknown-card');
  }
}

function stageOf(chair: Chair, draft: RoundDraft): Stage {
  return { chair, draft, language: (draft.values.language || chair.language) as Language };
}

/** The card with a sentence under its heading; the heading stays first, as it names a page. */
function cardOf<N extends CardName>({ chair, language }: Stage, name: N, model: Models[N], note = ''): Card {
  const { group } = chair.loaded;
  const card = renderCard(name, model, language, { timeZone: chair.member.timeZone, groupLanguage: group.language });
  const [heading, ...rest] = card.body as unknown[];
  const text = [say(language, 'rehearsal.mark'), note].filter(Boolean).join(' ');
  return { ...card, body: [heading, { type: 'TextBlock', text, wrap: true, weight: 'Bolder' }, ...rest] };
}

/** A part that nobody has. */
function pretended({ chair, draft, language }: Stage): AssignmentRow {
  const { group } = chair.loaded;
  const { values } = draft;
  const start = (day: string) => (day === '' ? today(chair) : Temporal.PlainDate.from(day));
  const closesAt = start(values.closes).add({ days: 1 }).toZonedDateTime(group.timeZone).toInstant();
  const { name, timeZone, periods } = group;
  return {
    id: `${prefix}${group.key}|${draft.id}`,
    groupId: chair.loaded.id,
    groupKey: group.key,
    group: { name, language: group.language, timeZone, periods },
    round: {
      id: 'rehearsal',
      key: 'rehearsal',
      activity: draft.activity,
      title: values.title,
      instrument: values.instrument,
      catalogue: values.catalogue,
      closesAt,
      openedAt: chair.now,
      closedAt: null,
      cancelledAt: null,
    },
    member: { ...chair.member, language },
    state: 'pending',
    draft: {},
    answers: {},
    revision: 0,
    version: '',
    isDoubtful: false,
    submittedAt: null,
    extendedTo: null,
  };
}

function ratePage(stage: Stage, page: number): Card {
  return cardOf(stage, 'rating-page', ratePageModel(pretended(stage), page, {}, {}));
}

function receipt(stage: Stage): Card {
  const part = pretended(stage);
  const answers: Ratings = Object.fromEntries(
    askedOf(part).catalogue.items.map(({ key }, index) => [
      key,
      {
        now: levels[index % levels.length] ?? 'sustainable',
        coming: levels[(index + 1) % levels.length] ?? 'vulnerable',
        comment: '',
      },
    ]),
  );
  const submitted = { ...part, state: 'submitted' as const, answers, submittedAt: stage.chair.now };
  return cardOf(stage, 'receipt', receiptModel(submitted), say(stage.language, 'rehearsal.figures'));
}

function summary(stage: Stage): Card {
  return cardOf(stage, 'summary', invented(stage), say(stage.language, 'rehearsal.figures'));
}

function whole(stage: Stage, page: number): Card {
  const list = summaryListModel(invented(stage), page, false);
  return cardOf(stage, 'summary-list', list, say(stage.language, 'rehearsal.figures'));
}

/** Figures of twelve people who do not exist. */
function invented(stage: Stage): SummaryModel {
  const part = pretended(stage);
  const pairs = askedOf(part).catalogue.items.flatMap(({ key: item }, index) =>
    levels.map((now, at) => ({
      item,
      now,
      coming: levels[Math.min(levels.length - 1, at + (index % 2))] ?? now,
      count: 1 + ((index + at) % 3),
    })),
  );
  const counts: RoundCounts = {
    title: part.round.title,
    catalogue: part.round.catalogue,
    instrument: part.round.instrument,
    periods: part.group.periods,
    invited: 12,
    submitted: 9,
    constituencies: [{ name: stage.chair.member.constituency, invited: 12, submitted: 9 }],
    pairs,
  };
  return summaryModel(stage.chair.loaded.group, counts, stage.language, { ref: part.id });
}
