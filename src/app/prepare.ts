/** From a claimed delivery to the card, from the state at this moment: whether it is still wanted is asked once more here. */

import { renderCard } from '../cards/cards.ts';
import type { CardName, Models } from '../cards/models.ts';
import type { Prepared } from '../delivery/sender.ts';
import type { Holidays } from '../domain/calendar.ts';
import type { Group, Language } from '../domain/group.ts';
import type { Recipient, Tell } from '../domain/happening.ts';
import { stillWanted } from '../domain/schedule/still-wanted.ts';
import type { Clock } from '../ports/clock.ts';
import type { AssignmentRow, Delivery, Glance, Store } from '../ports/store.ts';
import { deadlineModel, fixModel, overdueModel, statusModel } from './models/activity.ts';
import { contactFor } from './models/contact.ts';
import { councilModel } from './models/council.ts';
import { digestModel, type Span } from './models/digest.ts';
import { invitationModel, receiptModel, reminderModel, shutFor, summaryModel } from './models/rating.ts';
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
    const others = batch.filter(({ kind }) => kind !== 'receipt');
    for (const key of new Set(others.map(({ groupKey }) => groupKey))) groups.set(key, await store.groups.glance(key));
    const prepared = new Map<string, Prepared>();
    for (const delivery of batch) {
      const loaded = groups.get(delivery.groupKey);
      try {
        if (delivery.kind === 'receipt') prepared.set(delivery.id, await prepareReceipt(store, delivery));
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

const isOpenFor = (state: AssignmentRow['state']) => state === 'pending' || state === 'draft';

const skip = (why: string): Prepared => ({ is: 'skip', why });

/** The assignment says everything a receipt does: there may be hundreds, and no group is loaded for them. */
async function prepareReceipt({ answers }: PrepareOptions['store'], { about }: Delivery): Promise<Prepared> {
  const part = await answers.assignment((about as { assignment?: string }).assignment ?? '');
  if (!part) return skip('removed');
  const { language, timeZone } = part.member;
  return { is: 'send', card: renderCard('receipt', receiptModel(part), language, voice(part, timeZone)) };
}

async function prepareOne(
  { store, holidays }: Pick<PrepareOptions, 'store' | 'holidays'>,
  loaded: Glance,
  delivery: Delivery,
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

  // Put anew where it stands, it must not cover what has come there since.
  const isOver = (part: AssignmentRow | null) =>
    delivery.mode === 'replace' && (!part || !isOpenFor(part.state) || shutFor(part, now) !== null);

  switch (delivery.kind) {
    case 'welcome':
      return card('welcome', welcomeModel(loaded, reader?.name ?? '', now));
    case 'invitation': {
      const part = await assignment();
      if (isOver(part)) return skip('answered');
      return card('invitation', part && invitationModel(group, part));
    }
    case 'reminder': {
      const part = await assignment();
      if (isOver(part)) return skip('answered');
      return card('reminder', part && reminderModel(group, part, about.step === 'near' ? 'near' : 'mid'));
    }
    case 'receipt':
      return prepareReceipt(store, delivery);
    case 'deadline':
      return card(
        'deadline',
        activity && due ? deadlineModel(group, state, activity, due, about.step === 'day' ? 'day' : 'week') : null,
      );
    case 'status':
      return card('status', activity && due ? statusModel(group, state, activity, due) : null);
    case 'overdue': {
      const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
      return card('overdue', activity && due ? overdueModel(group, state, activity, due, today, holidays) : null);
    }
    case 'fix':
      return card('fix', activity ? fixModel(group, activity) : null);
    case 'digest':
    case 'steering': {
      const span = {
        after: about.after ? Temporal.Instant.from(about.after) : null,
        until: about.until ? Temporal.Instant.from(about.until) : now,
      };
      if (delivery.channel === 'council') {
        const council = await councilOf(store, loaded, span, now);
        return council && council.changes.length > 0 ? card('digest', council) : skip('nothing-new');
      }
      const model = digestModel(group, state, delivery.kind === 'digest' ? 'group' : 'steering', span, now);
      return model.changes.length > 0 ? card('digest', model) : skip('nothing-new');
    }
    case 'summary': {
      const counts = about.round ? await store.answers.sumUp(loaded.id, about.round) : null;
      const summary = counts && summaryModel(group, counts, language);
      const round = state.rounds.find(({ key }) => key === about.round);
      if (about.step !== 'review') return card('summary', summary);
      return card(
        'approve',
        summary && round ? { ...summary, ref: group.key, round: round.key, version: round.version ?? 0 } : null,
      );
    }
    case 'notice':
      return card('notice', unreachedModel(group, about, language));
  }
}

async function councilOf(
  { groups, steering }: PrepareOptions['store'],
  { group: { council } }: Glance,
  span: Span,
  now: Temporal.Instant,
): Promise<Models['digest'] | null> {
  if (!council) return null;
  const found: Glance[] = [];
  for (const key of await steering.groupsOf(council.key)) {
    const loaded = await groups.glance(key);
    if (loaded) found.push(loaded);
  }
  return councilModel(council.name, found, span, now);
}

export function voice(
  { group }: { group: Pick<Group, 'language' | 'timeZone'> },
  timeZone?: string,
): { timeZone: string; groupLanguage: Language } {
  return { timeZone: timeZone ?? group.timeZone, groupLanguage: group.language };
}

function tellOf(delivery: Delivery): Tell {
  const to: Recipient = delivery.channel ? { channel: delivery.channel } : { member: delivery.member ?? '' };
  return { do: 'tell', key: delivery.key, at: delivery.dueAt, kind: delivery.kind, to, about: delivery.about };
}

function welcomeModel({ group }: Glance, person: string, now: Temporal.Instant): Models['welcome'] {
  const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
  const days = group.activities
    .flatMap((activity) => activity.due.map((due) => ({ title: activity.title, day: 'on' in due ? due.on : due.from })))
    .filter(({ day }) => Temporal.PlainDate.compare(day, today) >= 0)
    .sort((one, other) => Temporal.PlainDate.compare(one.day, other.day));
  const next = days[0];
  return {
    group: group.name,
    person,
    convenor: contactFor(group, person),
    next: next ? { title: next.title, day: next.day.toString() } : null,
  };
}
