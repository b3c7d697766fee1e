/** An owner's word on an activity: one tap, or the page with a note, a new date and a hand-over. */

import { nobody, type StatusPageModel } from '../cards/models.ts';
import type { Holidays } from '../domain/calendar.ts';
import { type Activity, type DuePoint, dueDay, leadsGroup, type Member } from '../domain/group.ts';
import { type Status, statuses, wordOn } from '../domain/state.ts';
import { isSane } from '../domain/steering/deed.ts';
import { ownsOrStandsIn } from '../domain/steering/may.ts';
import { ownersAfter } from '../domain/steering/steer-plan.ts';
import type { Reply } from '../ports/chat.ts';
import type { Glance } from '../ports/store.ts';
import { cardBehind, openedOn } from './card-behind.ts';
import { homeCard } from './home.ts';
import { readRef, statusModel, statusPageModel } from './models/activity.ts';
import { dueOverModel } from './models/due-over.ts';
import { readDay } from './read-day.ts';
import { notOne, people } from './steer-choices.ts';
import { refuse } from './steer-pages.ts';
import type { Steering } from './steering.ts';
import { cardFor, notice, type Turn } from './turn.ts';

const noteMax = 1000;
type StatusTurn = Turn & { steering: Pick<Steering, 'turnedAway'>; holidays: Holidays };
type Point = { turn: Turn; loaded: Glance; member: Member; activity: Activity; due: DuePoint };

export async function takeStatus(turn: StatusTurn): Promise<Reply> {
  const point = await pointOf(turn);
  if ('do' in point) return point;
  const { submission } = turn;
  switch (submission.verb) {
    case 'status.set':
      return isStatus(submission.values.status) ? set(point, submission.values.status) : notice(turn, 'unknown-card');
    case 'status.more':
      await noteOpened(point);
      return {
        do: 'show',
        card: cardFor(turn, point.loaded.group, 'status-page', pageModel(point, startValues(point))),
      };
    case 'status.save':
      return save(point);
    case 'status.back': {
      const { loaded, member, activity, due } = point;
      const about = { activity: activity.key, due: due.key };
      const card = await cardBehind(turn, loaded, member, about, submission.values);
      return card ? { do: 'show', card } : notice(turn, 'unknown-card');
    }
    default:
      return notice(turn, 'unknown-card');
  }
}

const isStatus = (value: string | undefined): value is Status => statuses.some((status) => status === value);

/** The due point the button names, when this person may speak for it: an owner, the convenor or the deputy. */
async function pointOf(turn: StatusTurn): Promise<Point | Reply> {
  const ref = readRef(turn.submission.values.ref ?? '');
  const person = turn.people.find((one) => one.groupKey === ref?.group);
  if (!ref || turn.people.length === 0) return notice(turn, turn.people.length === 0 ? 'not-member' : 'unknown-card');
  if (!person) return notice(turn, 'not-yours');
  const loaded = await turn.store.groups.glance(ref.group);
  const activity = loaded?.group.activities.find((one) => one.key === ref.activity);
  const due = activity?.due.find((one) => one.key === ref.due);
  if (!loaded || !activity || !due) return notice(turn, 'unknown-card');
  const { member } = person;
  const owns = ownsOrStandsIn(member.key, activity.key, loaded.group, loaded.state);
  if (!owns && !leadsGroup(member)) {
    const { who, event } = turn.submission;
    await turn.steering.turnedAway({ who, event }, ref.group, 'set-status');
    return notice(turn, 'not-yours');
  }
  // As with a survey: whoever presses has the card.
  if (turn.submission.message && isOnMessage(turn.submission.values)) {
    const about = { activity: activity.key, due: due.key };
    await turn.store.ledger.adopt(
      loaded.id,
      member.key,
      turn.submission.message,
      ['deadline', 'status', 'overdue'],
      about,
    );
  }
  return { turn, loaded, member, activity, due };
}

/** The overview and the list of one's dates are no deliveries; neither is a page that lies on one of them. */
const isOnMessage = ({ home, on }: Record<string, string>) => home !== '1' && on !== 'home' && on !== 'status-list';

async function noteOpened({ turn: { submission, store, now }, loaded, member }: Point): Promise<void> {
  if (submission.message) await store.ledger.pageOpened(loaded.id, member.key, submission.message, now);
}

/** `status`: null when nothing was said of it. */
type Given = { status: Status | null; note: string; newDate: Temporal.PlainDate | null; handTo: string | null };

async function store(point: Point, { status, note, newDate, handTo }: Given): Promise<Reply> {
  const { turn, loaded, member, activity, due } = point;
  const { submission, now } = turn;
  const event = submission.event;
  const word = { activity: activity.key, due: due.key, note, newDate, by: member.key, event };
  if (status) await turn.store.plans.saveStatus(loaded.id, { ...word, status, pressed: submission.message }, now);
  const taker = loaded.group.members.find((one) => one.key === handTo);
  if (taker) {
    const change = { at: now, kind: 'handed-over' as const, activity: activity.key, facts: { to: taker.name } };
    await turn.store.plans.amend(
      loaded.id,
      activity.key,
      { owners: ownersAfter(activity, member.key, taker.key) },
      change,
      member.key,
      `${event}:hand-over`,
      submission.message,
    );
  }
  const after = (await turn.store.groups.glance(loaded.group.key)) ?? loaded;
  const owns = ({ group, state }: Glance) => ownsOrStandsIn(member.key, activity.key, group, state);
  const about = { key: null, kind: 'deadline' as const, about: { activity: activity.key, due: due.key } };
  const over = owns(loaded) && !owns(after) ? dueOverModel(after, about, member.key) : null;
  return {
    do: 'finish',
    card: over
      ? cardFor(turn, after.group, 'due-over', over)
      : cardFor(turn, after.group, 'status', statusModel(after.group, after.state, activity, due)),
  };
}

/** One tap. On the overview it is the overview that is shown anew. */
async function set(point: Point, status: Status): Promise<Reply> {
  const { turn, loaded, activity, due } = point;
  if (status === 'done' && wordOn(loaded.state, activity.key, due.key)?.status === 'done')
    return notice(turn, 'already');
  const reply = await store(point, { status, note: '', newDate: null, handTo: null });
  if (turn.submission.values.home !== '1' || turn.submission.where !== 'personal') return reply;
  return { do: 'show', card: await homeCard({ ...turn, who: turn.submission.who }) };
}

async function save(point: Point): Promise<Reply> {
  const { turn, loaded, due } = point;
  const { values } = turn.submission;
  const given: StatusPageModel['values'] = {
    status: isStatus(values.status) ? values.status : '',
    note: (values.note ?? '').normalize('NFC').replaceAll('\u0000', '').trim(),
    newDate: values.newDate ?? '',
    handTo: values.handTo === nobody ? '' : (values.handTo ?? '').trim(),
  };
  const date = readDay(given.newDate);
  const today = turn.now.toZonedDateTimeISO(loaded.group.timeZone).toPlainDate();
  const errors: StatusPageModel['errors'] = {};
  // What nobody said of how it goes is not said in their name.
  if (given.status === '' && (given.note !== '' || date)) errors.status = 'missing-status';
  if (given.note.length > noteMax) errors.note = 'too-long';
  if (date === 'bad' || (date && !isSane(date, today))) errors.newDate = 'bad-date';
  else if (date && Temporal.PlainDate.compare(date, today) < 0) errors.newDate = 'past-date';
  const taker = given.handTo === '' ? null : people(loaded.group)(given.handTo);
  if (taker && taker.is !== 'one') errors.handTo = notOne(taker);
  if (Object.keys(errors).length > 0) {
    await noteOpened(point);
    return refuse({ ...turn, loaded }, 'status-page', pageModel(point, given), errors);
  }
  const newDate = date && date !== 'bad' && !date.equals(dueDay(due)) ? date : null;
  return store(point, {
    status: given.status || null,
    note: given.note,
    newDate,
    handTo: taker?.is === 'one' ? taker.member.key : null,
  });
}

function startValues({ loaded, activity, due }: Point): StatusPageModel['values'] {
  const { current } = statusModel(loaded.group, loaded.state, activity, due);
  return { status: current?.status ?? '', note: current?.note ?? '', newDate: '', handTo: '' };
}

function pageModel({ turn, loaded, activity, due }: Point, values: StatusPageModel['values']): StatusPageModel {
  const status = statusModel(loaded.group, loaded.state, activity, due);
  return statusPageModel(status, loaded.group, values, openedOn(turn.submission.values));
}
