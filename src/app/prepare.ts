/** From a claimed delivery to the card, from the state at this moment: whether it is still wanted is asked once more here. */

import { renderCard } from '../cards/cards.ts';
import type { CardName, Models } from '../cards/models.ts';
import type { Prepared } from '../delivery/sender.ts';
import type { Holidays } from '../domain/calendar.ts';
import { type Group, type Language, leadsGroup, type Member } from '../domain/group.ts';
import type { Recipient, Tell } from '../domain/happening.ts';
import { sentAs } from '../domain/schedule/keys.ts';
import { stillWanted } from '../domain/schedule/still-wanted.ts';
import type { Card } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { AssignmentRow, Delivery, Glance, Store } from '../ports/store.ts';
import { councilDigest, groupDigest } from './digests.ts';
import { deadlineModel, fixModel, overdueModel, statusModel } from './models/activity.ts';
import { contactFor } from './models/contact.ts';
import { dueOverModel } from './models/due-over.ts';
import { answeredModel, invitationModel, receiptModel, reminderModel, surveyOverModel } from './models/rating.ts';
import { approveModel, resultModel } from './models/result.ts';
import { unreachedModel } from './models/unreached.ts';

export type PrepareOptions = {
  store: Pick<Store, 'groups' | 'answers' | 'steering'>;
  clock: Clock;
  holidays: Holidays;
  log: { error(data: object, message: string): void };
};

/** By delivery id; one whose card cannot be made is left out, and the others go on. Groups are loaded once for the batch. */
export function preparing({
  store,
  clock,
  holidays,
  log,
}: PrepareOptions): (batch: Delivery[]) => Promise<Map<string, Prepared>> {
  return async (batch) => {
    const groups = new Map<string, Glance | null>();
    const others = batch.filter((delivery) => !isReceipt(delivery));
    for (const key of new Set(others.map(({ groupKey }) => groupKey))) groups.set(key, await store.groups.glance(key));
    const prepared = new Map<string, Prepared>();
    for (const delivery of batch) {
      const loaded = groups.get(delivery.groupKey);
      try {
        if (isReceipt(delivery)) prepared.set(delivery.id, await prepareReceipt(store, delivery));
        else
          prepared.set(
            delivery.id,
            loaded ? await prepareOne({ store, holidays }, loaded, delivery, clock.now()) : skip('removed'),
          );
      } catch (error) {
        log.error({ error, kind: delivery.kind, key: delivery.key }, 'a card could not be made');
      }
    }
    return prepared;
  };
}

const isUnanswered = (state: AssignmentRow['state']) => state !== 'submitted' && state !== 'declined';

const skip = (why: string): Prepared => ({ is: 'skip', why });

/** What is put beside one says only that it is there, and names the convenor. */
const isReceipt = ({ kind, about }: Delivery) => kind === 'receipt' && !about.beside;

const isOfPoint = ({ kind }: Pick<Delivery, 'kind'>) => kind === 'deadline' || kind === 'status' || kind === 'overdue';

/** The assignment says everything a receipt does: there may be hundreds, and no group is loaded for them. */
async function prepareReceipt({ answers }: PrepareOptions['store'], { about }: Delivery): Promise<Prepared> {
  const part = await answers.assignment(about.assignment ?? '');
  if (!part) return skip('removed');
  const { language, timeZone } = part.member;
  return { is: 'send', card: renderCard('receipt', receiptModel(part), language, voice(part, timeZone)) };
}

/** Without a key: the card as it stands now, whatever day it was sent about. */
type Told = Pick<Delivery, 'kind' | 'member' | 'channel' | 'about' | 'dueAt' | 'blocked'> & (Posted | Replaced);
type Posted = { mode: 'post'; key: string };
type Replaced = { mode: 'replace'; key: string | null };

/** The card of a message to a member as it stands now, whatever day it was sent about; null when there is none any more. */
export async function cardAnew(
  parts: Parameters<typeof prepareOne>[0],
  loaded: Glance,
  { kind, member, about }: Pick<Delivery, 'kind' | 'member' | 'about'>,
  now: Temporal.Instant,
): Promise<Card | null> {
  const told: Told = { kind, mode: 'replace', key: null, member, channel: null, about, dueAt: now, blocked: null };
  const made = await prepareOne(parts, loaded, told, now);
  return made.is === 'send' ? made.card : null;
}

async function prepareOne(
  { store, holidays }: Pick<PrepareOptions, 'store' | 'holidays'>,
  loaded: Glance,
  delivery: Told,
  now: Temporal.Instant,
): Promise<Prepared> {
  const { group, state } = loaded;
  const { about } = delivery;
  if (delivery.mode === 'post') {
    const wanted = stillWanted(group, state, tellOf(delivery), now);
    if (wanted !== true) return skip(wanted);
    // An administrator's switch is turned back without a word to us: that door is tried each time.
    if (delivery.blocked && delivery.blocked !== 'disabled-by-admin')
      return { is: 'unreachable', why: delivery.blocked };
  }
  const reader = group.members.find((member) => member.key === delivery.member) ?? null;
  // A round may be asked in a language of its own.
  const asked = state.rounds.find(({ key }) => key === about.round)?.terms?.language;
  const language = (reader && asked) ?? reader?.language ?? group.language;
  const card = <N extends CardName>(name: N, model: Models[N] | null): Prepared =>
    model ? { is: 'send', card: renderCard(name, model, language, voice(loaded, reader?.timeZone)) } : skip('removed');

  const activity = group.activities.find((one) => one.key === about.activity);
  const due = activity?.due.find((point) => point.key === about.due);
  const assignment = async () =>
    about.round && delivery.member ? store.answers.assignmentIn(loaded.id, about.round, delivery.member) : null;

  if (delivery.mode === 'replace' && isOfPoint(delivery)) {
    const over = dueOverModel(
      loaded,
      { ...delivery, key: delivery.key && sentAs(delivery.key) },
      delivery.member ?? '',
    );
    if (over) return card('due-over', over);
  }
  const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
  switch (delivery.kind) {
    case 'welcome':
      return card('welcome', welcomeModel(loaded, reader, about.step === 'chair', now));
    case 'invitation':
    case 'reminder': {
      const part = await assignment();
      if (!part) return skip('removed');
      if (delivery.mode === 'replace') {
        // Put anew where it stands, it must not cover what has come there since.
        if (!isUnanswered(part.state)) return skip('answered');
        const over = surveyOverModel(loaded, part, now);
        const { language, timeZone } = part.member;
        if (over) return { is: 'send', card: renderCard('survey-over', over, language, voice(loaded, timeZone)) };
      }
      if (delivery.kind === 'invitation') return card('invitation', invitationModel(group, part));
      return card('reminder', reminderModel(group, part, about.step === 'near' ? 'near' : 'mid'));
    }
    case 'receipt': {
      const part = await store.answers.assignment(about.assignment ?? '');
      if (!part || isUnanswered(part.state)) return skip('removed');
      const { language, timeZone } = part.member;
      const model = answeredModel(group, part);
      return { is: 'send', card: renderCard('survey-over', model, language, voice(loaded, timeZone)) };
    }
    case 'deadline':
      return card('deadline', activity && due ? deadlineModel(group, state, activity, due, about.step, today) : null);
    case 'status':
      return card('status', activity && due ? statusModel(group, state, activity, due) : null);
    case 'overdue':
      return card('overdue', activity && due ? overdueModel(group, state, activity, due, today, holidays) : null);
    case 'fix':
      return card('fix', activity ? fixModel(group, activity) : null);
    case 'digest':
    case 'steering': {
      const span = {
        after: about.after ? Temporal.Instant.from(about.after) : null,
        until: about.until ? Temporal.Instant.from(about.until) : now,
      };
      if (delivery.channel === 'council') {
        const council = group.council && (await councilDigest(store, group.council, span, now));
        if (!council || council.digest.changes.length === 0) return skip('nothing-new');
        return { is: 'send', card: renderCard('digest', council.digest, council.language, voice(loaded)) };
      }
      const model = groupDigest(loaded, delivery.kind === 'digest' ? 'group' : 'steering', span, now);
      return model.changes.length > 0 ? card('digest', model) : skip('nothing-new');
    }
    case 'summary': {
      const round = state.rounds.find(({ key }) => key === about.round);
      const result = round && (await store.answers.result(loaded.id, round.key));
      if (!result) return skip('removed');
      if (about.step === 'review') return card('approve', approveModel(group, round, result, language));
      return card('summary', resultModel(group, round, result, language));
    }
    case 'notice':
      return card('notice', unreachedModel(group, about, language));
  }
}

export function voice(
  { group }: { group: Pick<Group, 'language' | 'timeZone'> },
  timeZone?: string,
): { timeZone: string; groupLanguage: Language } {
  return { timeZone: timeZone ?? group.timeZone, groupLanguage: group.language };
}

function tellOf(delivery: Told & Posted): Tell {
  const to: Recipient = delivery.channel ? { channel: delivery.channel } : { member: delivery.member ?? '' };
  return { do: 'tell', key: delivery.key, at: delivery.dueAt, kind: delivery.kind, to, about: delivery.about };
}

function welcomeModel(
  { group }: Glance,
  reader: Member | null,
  asChair: boolean,
  now: Temporal.Instant,
): Models['welcome'] {
  const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
  const days = group.activities
    .flatMap((activity) => activity.due.map((due) => ({ title: activity.title, day: 'on' in due ? due.on : due.from })))
    .filter(({ day }) => Temporal.PlainDate.compare(day, today) >= 0)
    .sort((one, other) => Temporal.PlainDate.compare(one.day, other.day));
  const next = days[0];
  return {
    group: group.name,
    person: reader?.name ?? '',
    convenor: contactFor(group, reader?.name ?? ''),
    next: next ? { title: next.title, day: next.day.toString() } : null,
    seat: reader && leadsGroup(reader) ? group.key : null,
    chair: asChair ? { by: group.members.find(({ key }) => key === group.chair?.by)?.name ?? null } : null,
  };
}
