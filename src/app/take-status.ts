/** An owner's word on an activity: one tap, or the page with a note, a new date and a hand-over. */

import type { StatusPageModel } from '../cards/models.ts';
import { say } from '../cards/words.ts';
import { type Activity, type DuePoint, dueDay, type Member } from '../domain/group.ts';
import { type Status, statuses } from '../domain/state.ts';
import { isSane } from '../domain/steering/deed.ts';
import { ownsOrStandsIn } from '../domain/steering/may.ts';
import type { Reply } from '../ports/chat.ts';
import type { Glance } from '../ports/store.ts';
import { homeCard } from './home.ts';
import { readRef, statusModel, statusPageModel, wordOn } from './models/activity.ts';
import type { Steering } from './steering.ts';
import { cardFor, notice, type Turn } from './turn.ts';

const noteMax = 1000;
type StatusTurn = Turn & { steering: Pick<Steering, 'turnedAway'> };
type Point = { turn: Turn; loaded: Glance; member: Member; activity: Activity; due: DuePoint };

export async function takeStatus(turn: StatusTurn): Promise<Reply> {
  const point = await pointOf(turn);
  if ('do' in point) return point;
  const { submission } = turn;
  switch (submission.verb) {
    case 'status.set':
      return isStatus(submission.values.status) ? set(point, submission.values.status) : notice(turn, 'unknown-card');
    case 'status.more':
      return { do: 'show', card: pageCard(point, startValues(point), {}) };
    case 'status.save':
      return save(point);
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
  if (!owns && member.role !== 'convenor' && member.role !== 'deputy') {
    const { who, event } = turn.submission;
    await turn.steering.turnedAway({ who, event }, ref.group, 'set-status');
    return notice(turn, 'not-yours');
  }
  // As with a survey: whoever presses has the card. The overview is no delivery.
  if (turn.submission.message && turn.submission.values.home !== '1') {
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

type Given = { status: Status; note: string; newDate: Temporal.PlainDate | null; handTo: string | null };

async function store(point: Point, { status, note, newDate, handTo }: Given): Promise<Reply> {
  const { turn, loaded, member, activity, due } = point;
  const { submission, now } = turn;
  const event = submission.event;
  await turn.store.plans.saveStatus(
    loaded.id,
    { activity: activity.key, due: due.key, status, note, newDate, by: member.key, event },
    now,
  );
  const taker = loaded.group.members.find((one) => one.key === handTo);
  if (taker) {
    const change = { at: now, kind: 'handed-over' as const, activity: activity.key, facts: { to: taker.name } };
    await turn.store.plans.amend(
      loaded.id,
      activity.key,
      { owners: [taker.key] },
      change,
      member.key,
      `${event}:hand-over`,
    );
  }
  const after = (await turn.store.groups.glance(loaded.group.key)) ?? loaded;
  return {
    do: 'finish',
    card: cardFor(turn, after.group, 'status', statusModel(after.group, after.state, activity, due)),
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
    handTo: loaded.group.members.some((member) => member.key === values.handTo) ? (values.handTo ?? '') : '',
  };
  const date = readDay(given.newDate);
  const today = turn.now.toZonedDateTimeISO(loaded.group.timeZone).toPlainDate();
  const errors: StatusPageModel['errors'] = {};
  if (given.note.length > noteMax) errors.note = 'too-long';
  if (date === 'bad' || (date && !isSane(date, today))) errors.newDate = 'bad-date';
  else if (date && Temporal.PlainDate.compare(date, today) < 0) errors.newDate = 'past-date';
  if (Object.keys(errors).length > 0) {
    const words = Object.entries(errors).map(([id, code]) => [id, say(turn.language, `error.${code}`)]);
    return { do: 'refuse', card: pageCard(point, given, errors), errors: Object.fromEntries(words) };
  }
  const newDate = date && date !== 'bad' && !date.equals(dueDay(due)) ? date : null;
  return store(point, { status: given.status || 'under-way', note: given.note, newDate, handTo: given.handTo || null });
}

/** null when empty, "bad" when it is no date. */
export function readDay(text: string): Temporal.PlainDate | 'bad' | null {
  if (text.trim() === '') return null;
  try {
    return Temporal.PlainDate.from(text.trim());
  } catch {
    return 'bad';
  }
}

function startValues({ loaded, activity, due }: Point): StatusPageModel['values'] {
  const { current } = statusModel(loaded.group, loaded.state, activity, due);
  return { status: current?.status ?? '', note: current?.note ?? '', newDate: '', handTo: '' };
}

function pageCard(
  { turn, loaded, activity, due }: Point,
  values: StatusPageModel['values'],
  errors: StatusPageModel['errors'],
) {
  const status = statusModel(loaded.group, loaded.state, activity, due);
  return cardFor(turn, loaded.group, 'status-page', statusPageModel(status, loaded.group, values, errors));
}
