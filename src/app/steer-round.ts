/** A round from the first idea to the confirmed plan: page, send plan with warnings, rehearsal, confirmation. */

import { say } from '../cards/words.ts';
import { isOpen } from '../domain/schedule/rounds.ts';
import type { Round } from '../domain/state.ts';
import type { Reply, Submission } from '../ports/chat.ts';
import { type Chair, chairCard, refusal, roundNamed, today } from './convenor.ts';
import {
  asOpened,
  besideFor,
  commandFrom,
  roundPageModel,
  roundPlanModel,
  startValues,
  typedOver,
  valuesOf,
} from './models/convenor-round.ts';
import { after, foreseen } from './steer-do.ts';
import { draftNamed, keepDraft, type RoundDraft } from './steer-drafts.ts';
import { refuse } from './steer-pages.ts';
import { rehearse, type SendRehearsal } from './steer-rehearse.ts';
import { notice } from './turn.ts';

type At = Chair & { submission: Submission; rehearse: SendRehearsal };

export async function takeRound(chair: At): Promise<Reply> {
  const { verb, values } = chair.submission;
  if (!chair.may.includes('schedule-round')) return attempt(chair);
  if (verb === 'round.new') return fromNothing(chair, values.activity ?? '', values.due ?? '');
  if (verb === 'round.edit') return fromRound(chair, values.round ?? '');
  const draft = await draftNamed(chair, values.draft ?? '');
  if (!draft) return { do: 'notice', text: say(chair.language, 'round-plan.gone') };
  switch (verb) {
    case 'round.change':
      return page(chair, draft, true);
    case 'round.save':
      return save(chair, draft);
    case 'round.show':
      return plan(chair, draft, { page: Number(values.page ?? '1') || 1, how: 'show' });
    case 'round.try':
      return tryOn(chair, draft);
    case 'round.confirm':
      return confirm(chair, draft);
    default:
      return notice(chair, 'unknown-card');
  }
}

/** Not theirs to do: said politely, and kept. */
async function attempt(chair: At): Promise<Reply> {
  const { group } = chair.loaded;
  const values = startValues(group, today(chair), '', '');
  const command = commandFrom(
    group,
    { id: '', values: { ...values, title: '–' }, activity: '', due: '', round: '', seen: 0 },
    false,
  );
  const outcome = 'do' in command ? await foreseen(chair, command) : null;
  return refusal(chair, outcome?.is === 'refused' ? outcome : { code: 'not-allowed' });
}

async function fromNothing(chair: At, activity: string, due: string): Promise<Reply> {
  const values = startValues(chair.loaded.group, today(chair), activity, due);
  return page(chair, await keepDraft(chair, { values, activity, due, round: '', seen: 0 }));
}

async function fromRound(chair: At, key: string): Promise<Reply> {
  const { group } = chair.loaded;
  const round = await roundNamed(chair, key);
  if (!round) return refusal(chair, { code: 'unknown-round' });
  const { activity, version = 0 } = round;
  return page(
    chair,
    await keepDraft(chair, { values: valuesOf(group, round), activity, due: '', round: key, seen: version }),
  );
}

function openRound(chair: Chair, draft: RoundDraft): Round | null {
  const round = chair.loaded.state.rounds.find(({ key }) => key === draft.round);
  return round && isOpen(round) ? round : null;
}

const runs = (chair: Chair, draft: RoundDraft): boolean => openRound(chair, draft) !== null;

function pageModel(chair: Chair, draft: RoundDraft) {
  return roundPageModel(chair.loaded.group, draft, runs(chair, draft), chair.language);
}

function page(chair: At, draft: RoundDraft, fromPlan = false): Reply {
  const model = pageModel(chair, draft);
  const from = fromPlan ? { ...model.from, plan: true as const } : model.from;
  return { do: 'show', card: chairCard(chair, 'round-page', { ...model, from }) };
}

/** The draft as it can still be done; a page instead when the round has opened meanwhile and more was wanted of it. */
async function still(chair: At, draft: RoundDraft): Promise<RoundDraft | Reply> {
  const round = openRound(chair, draft);
  if (!round) return draft;
  const { draft: next, lapsed } = asOpened(chair.loaded.group, round, draft);
  if (!lapsed) return next;
  return refuse(chair, 'round-page', pageModel(chair, await keepDraft(chair, next)), { page: 'already-open' });
}

/** What was typed is kept even when it cannot be done yet. */
async function save(chair: At, before: RoundDraft): Promise<Reply> {
  const draft = await keepDraft(chair, { ...before, values: typedOver(before.values, chair.submission.values) });
  return plan(chair, draft, { page: 1, how: 'finish' });
}

async function plan(
  chair: At,
  before: RoundDraft,
  { page, how, said = '' }: { page: number; how: 'show' | 'finish'; said?: string },
): Promise<Reply> {
  const { group } = chair.loaded;
  const draft = await still(chair, before);
  if ('do' in draft) return draft;
  const command = commandFrom(group, draft, runs(chair, draft));
  if ('errors' in command) return refuse(chair, 'round-page', pageModel(chair, draft), command.errors);
  const found = await foreseen(chair, command);
  if (found.is === 'refused') {
    const errors = { [besideFor(found.code)]: found.code };
    return how === 'finish' ? refuse(chair, 'round-page', pageModel(chair, draft), errors) : refusal(chair, found);
  }
  // What was seen on this card is what the confirmation is judged by.
  const judged = 'seen' in found.command ? (found.command.seen ?? draft.seen) : draft.seen;
  const current = judged === draft.seen ? draft : await keepDraft(chair, { ...draft, seen: judged });
  const model = roundPlanModel(group, current, found, { page, reader: chair.language, said });
  return { do: how, card: chairCard(chair, 'round-plan', model) };
}

async function tryOn(chair: At, draft: RoundDraft): Promise<Reply> {
  rehearse(chair, draft, chair.rehearse);
  return plan(chair, draft, { page: 1, how: 'show', said: 'rehearsal' });
}

async function confirm(chair: At, before: RoundDraft): Promise<Reply> {
  const { group } = chair.loaded;
  const draft = await still(chair, before);
  if ('do' in draft) return draft;
  const command = commandFrom(group, draft, runs(chair, draft));
  if ('errors' in command) return page(chair, draft);
  const outcome = await chair.steering.carryOut(chair.by, group.key, command);
  if (outcome.is === 'refused') return refusal(chair, outcome);
  if (outcome.is === 'stale') return plan(chair, draft, { page: 1, how: 'finish' });
  return after(chair, command, outcome);
}
