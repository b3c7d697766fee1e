/** The role rating's pages: open, save and go on, go back, submit. Every page is saved as a draft at once. */

import type { RatePageModel } from '../cards/models.ts';
import { say } from '../cards/words.ts';
import type { MessageKind } from '../domain/happening.ts';
import type { Ratings } from '../domain/instrument.ts';
import { isLevel } from '../domain/levels.ts';
import { pageOf, pagesOf } from '../domain/rating/pages.ts';
import { checkAll, checkPage } from '../domain/rating/validate.ts';
import type { Reference, Reply, Submission } from '../ports/chat.ts';
import type { AssignmentRow } from '../ports/store.ts';
import { askedOf, ratePageModel, receiptModel, shutFor } from './models/rating.ts';
import { cardFor, languageFor, notice, type Turn } from './turn.ts';

type Errors = RatePageModel['errors'];
/** `seen`: it must still be so when something is stored; null when it has been read for this. */
type Part = { turn: Turn; assignment: AssignmentRow; seen: string | null };

export type AnswerRequest = Pick<Turn, 'store' | 'now' | 'submission'>;

export async function takeAnswer(request: AnswerRequest): Promise<Reply> {
  return (await handInAsRemembered(request)) ?? (await takeAsRead(request));
}

/**
 * Somebody who goes from page to page is known already: what they hand in is stored if all is as it was, and if it is not, or there
 * is nothing to store, null. Whatever is to be said otherwise is said of the assignment as it is.
 */
async function handInAsRemembered({ store, now, submission }: AnswerRequest): Promise<Reply | null> {
  const { verb, who, values } = submission;
  if (verb === 'rate.open') return null;
  const assignment = store.answers.remembered(values.ref ?? '');
  if (!assignment || !isTheirs(assignment, who) || shutFor(assignment, now)) return null;
  return handIn({ turn: turnOf({ store, now, submission }, assignment), assignment, seen: assignment.version });
}

async function takeAsRead(request: AnswerRequest): Promise<Reply> {
  const part = await partOf(request);
  if ('do' in part) return part;
  const { turn } = part;
  const { submission } = turn;
  switch (submission.verb) {
    case 'rate.open':
      // Lists and receipts say that answers may be changed; an invitation and a reminder do not.
      if (submission.values.change !== '1') {
        // The card that was pressed proves that its message arrived.
        if (submission.message && part.assignment.isDoubtful) await adopt(part, submission.message);
        if (part.assignment.state === 'submitted') return notice(turn, 'answered');
      }
      return page(part, firstOpenPage(part.assignment), part.assignment.draft, {}, 'show');
    default:
      return (await handIn(part)) ?? notice(turn, 'unknown-card');
  }
}

/** Null for a verb that hands nothing in, and when something may have changed since it was `seen`. */
async function handIn(part: Part): Promise<Reply | null> {
  switch (part.turn.submission.verb) {
    case 'rate.page':
    case 'rate.back':
      return savePage(part);
    case 'rate.submit':
      return submit(part);
    default:
      return null;
  }
}

/** The assignment the button names, when it is this person's and its round is open. One look-up on the way that matters. */
async function partOf({ store, now, submission }: AnswerRequest): Promise<Part | Reply> {
  const { who } = submission;
  const assignment = await store.answers.assignment(submission.values.ref ?? '');
  if (!assignment || !isTheirs(assignment, who)) {
    const people = await store.people.find(who);
    const language = await languageFor(people, submission);
    if (people.length === 0) return notice({ language }, 'not-member');
    return notice({ language }, assignment ? 'not-yours' : 'unknown-card');
  }
  const turn = turnOf({ store, now, submission }, assignment);
  return shutFor(assignment, now) ? notice(turn, 'closed') : { turn, assignment, seen: null };
}

const isTheirs = ({ member }: AssignmentRow, who: Submission['who']): boolean =>
  member.identities.some(
    ({ platform, tenant, user }) => platform === who.platform && tenant === who.tenant && user === who.user,
  );

function turnOf(request: AnswerRequest, { groupId, groupKey, group, member }: AssignmentRow): Turn {
  return { ...request, people: [{ groupId, groupKey, groupName: group.name, member }], language: member.language };
}

async function adopt({ turn, assignment }: Part, message: Reference): Promise<void> {
  const kinds: MessageKind[] = ['invitation', 'reminder'];
  const about = { round: assignment.round.key };
  await turn.store.ledger.adopt(assignment.groupId, assignment.member.key, message, kinds, about);
}

async function savePage(part: Part): Promise<Reply | null> {
  const { turn, assignment } = part;
  const { given, number, errors } = readPage(part);
  const saved = await save(part, given, errors);
  if (saved !== 'stored') return saved;
  const ratings = { ...assignment.draft, ...given };
  if (turn.submission.verb === 'rate.back') return page(part, number - 1, ratings, {}, 'show');
  // A level that is still missing does not stop somebody from looking on: the submit asks for it.
  const stopping = Object.fromEntries(Object.entries(errors).filter(([, code]) => code !== 'missing-level')) as Errors;
  if (Object.keys(stopping).length > 0) return page(part, number, ratings, stopping, 'refuse');
  return page(part, number + 1, ratings, {}, 'show');
}

async function submit(part: Part): Promise<Reply | null> {
  const { turn, assignment, seen } = part;
  const { given, number } = readPage(part);
  const { instrument, catalogue } = askedOf(assignment);
  const check = checkAll(instrument, catalogue, { ...assignment.draft, ...given });
  if (check.page !== null) {
    const saved = await save(part, given, check.errors);
    if (saved !== 'stored') return saved;
    return page(part, check.page, check.ratings, check.errors, check.page === number ? 'refuse' : 'show');
  }
  const { store, submission } = turn;
  const taken = await store.answers.submit(
    assignment.id,
    submission.who,
    check.ratings,
    submission.event,
    turn.now,
    submission.message,
    seen ?? undefined,
  );
  if (taken.is === 'changed') return null;
  if (taken.is === 'refused') return notice(turn, 'closed');
  const isNew = taken.is === 'taken';
  const submittedAt = isNew ? turn.now : assignment.submittedAt;
  const stored = { ...assignment, state: 'submitted' as const, answers: check.ratings, submittedAt };
  return {
    do: 'finish',
    // Made only if the platform shows it at once; the message itself gets the receipt of a new answer through the ledger.
    get card() {
      return cardFor(turn, stored.group, 'receipt', receiptModel(stored));
    },
    ...(isNew ? { recorded: true as const } : {}),
  };
}

/** What the page's inputs say. A button without inputs (an old card, a bare call) gives nothing and changes nothing. */
function readPage({ turn, assignment }: Part): { given: Ratings; number: number; errors: Errors } {
  const { instrument, catalogue } = askedOf(assignment);
  const { values } = turn.submission;
  const pages = pagesOf(catalogue, instrument);
  const number = Math.min(Math.max(1, Number.parseInt(values.page ?? '1', 10) || 1), pages.length);
  const speaks = Object.keys(values).some(
    (id) => id.startsWith('now:') || id.startsWith('coming:') || id.startsWith('comment:'),
  );
  if (!speaks) return { given: {}, number, errors: {} };
  const { ratings, errors } = checkPage(instrument, pages[number - 1] ?? [], values);
  return { given: ratings, number, errors };
}

/** A reply only when it could not be stored; null as above. */
async function save(
  { turn, assignment, seen }: Part,
  given: Ratings,
  errors: Errors,
): Promise<Reply | 'stored' | null> {
  // Nothing that is stored would prove that all is as it was.
  if (Object.keys(given).length === 0) return seen === null ? 'stored' : null;
  const { store, submission, now } = turn;
  const { id } = assignment;
  const complete = Object.keys(errors).length === 0;
  const { who, event } = submission;
  const taken = await store.answers.saveDraft(id, who, given, complete, event, now, seen ?? undefined);
  if (taken.is === 'changed') return null;
  return taken.is === 'refused' ? notice(turn, 'closed') : 'stored';
}

function page(part: Part, number: number, ratings: Ratings, errors: Errors, how: 'show' | 'refuse'): Reply {
  const { turn, assignment } = part;
  const model = ratePageModel(assignment, number, ratings, errors);
  const shown = new Set(model.items.map((item) => item.key));
  const here = Object.entries(errors).filter(([id]) => shown.has(id.slice(id.indexOf(':') + 1)));
  const card = cardFor(turn, assignment.group, 'rating-page', { ...model, errors: Object.fromEntries(here) });
  if (how === 'show' || here.length === 0) return { do: 'show', card };
  const words = here.map(([id, code]) => [id, say(turn.language, `error.${code}`)]);
  return { do: 'refuse', card, errors: Object.fromEntries(words) };
}

/** Where somebody who stopped goes on: the first page with a role that has no level yet, else the first. */
function firstOpenPage(assignment: AssignmentRow): number {
  if (assignment.state !== 'draft') return 1;
  const { instrument, catalogue } = askedOf(assignment);
  const open = catalogue.items.find((item) => {
    const rating = assignment.draft[item.key];
    return !rating || !isLevel(rating.now) || !isLevel(rating.coming);
  });
  return (open && pageOf(catalogue, instrument, open.key)) || 1;
}
