/** The convenor gives an activity an owner or a date, or sets it aside. */

import type { FixPageModel } from '../cards/models.ts';
import { say } from '../cards/words.ts';
import { type Activity, dueDay, leadsGroup, type Member } from '../domain/group.ts';
import { isSane } from '../domain/steering/deed.ts';
import type { Reply } from '../ports/chat.ts';
import type { Glance } from '../ports/store.ts';
import { fixModel, fixPageModel, readRef } from './models/activity.ts';
import { readDay } from './read-day.ts';
import { notOne, people } from './steer-choices.ts';
import { refuse } from './steer-pages.ts';
import type { Steering } from './steering.ts';
import { cardFor, notice, type Turn } from './turn.ts';

type FixTurn = Turn & { steering: Pick<Steering, 'turnedAway'> };
type Place = { turn: Turn; loaded: Glance; member: Member; activity: Activity };

export async function takeFix(turn: FixTurn): Promise<Reply> {
  const place = await placeOf(turn);
  if ('do' in place) return place;
  if (isMended(place)) return notice(turn, 'already');
  switch (turn.submission.verb) {
    case 'fix.open':
      return {
        do: 'show',
        card: cardFor(turn, place.loaded.group, 'fix-page', pageModel(place, { owner: '', date: '' })),
      };
    case 'fix.back':
      return {
        do: 'show',
        card: cardFor(turn, place.loaded.group, 'fix', fixModel(place.loaded.group, place.activity)),
      };
    case 'fix.park':
      return park(place);
    case 'fix.save':
      return save(place);
    default:
      return notice(turn, 'unknown-card');
  }
}

async function placeOf(turn: FixTurn): Promise<Place | Reply> {
  const ref = readRef(turn.submission.values.ref ?? '');
  if (turn.people.length === 0) return notice(turn, 'not-member');
  const person = turn.people.find((one) => one.groupKey === ref?.group);
  if (!ref || !person) return notice(turn, 'not-yours');
  if (!leadsGroup(person.member)) {
    const { who, event, verb } = turn.submission;
    await turn.steering.turnedAway({ who, event }, ref.group, verb === 'fix.park' ? 'park' : 'assign');
    return notice(turn, 'convenor-only');
  }
  const loaded = await turn.store.groups.glance(ref.group);
  const activity = loaded?.group.activities.find((one) => one.key === ref.activity);
  return loaded && activity ? { turn, loaded, member: person.member, activity } : notice(turn, 'unknown-card');
}

/** Set aside, or nothing is missing and a date is still to come: the card that was pressed is an old one. */
function isMended({ turn, loaded: { group }, activity }: Place): boolean {
  const today = turn.now.toZonedDateTimeISO(group.timeZone).toPlainDate();
  const ahead = activity.due.some((due) => Temporal.PlainDate.compare(dueDay(due), today) >= 0);
  return activity.parked || (fixModel(group, activity).missing.length === 0 && ahead);
}

async function park({ turn, loaded, member, activity }: Place): Promise<Reply> {
  const change = { at: turn.now, kind: 'parked' as const, activity: activity.key, facts: {} };
  await turn.store.plans.amend(loaded.id, activity.key, { parked: true }, change, member.key, turn.submission.event);
  return finished(turn, loaded, activity, 'parked');
}

async function save(place: Place): Promise<Reply> {
  const { turn, loaded, member, activity } = place;
  const { values, event } = turn.submission;
  const given = { owner: values.owner ?? '', date: values.date ?? '' };
  const day = readDay(given.date);
  const today = turn.now.toZonedDateTimeISO(loaded.group.timeZone).toPlainDate();
  const errors: FixPageModel['errors'] = {};
  if (day === 'bad' || (day && !isSane(day, today))) errors.date = 'bad-date';
  else if (day && Temporal.PlainDate.compare(day, today) < 0) errors.date = 'past-date';
  const meant = given.owner === '' || given.owner === 'all' ? null : people(loaded.group)(given.owner);
  if (meant && meant.is !== 'one') errors.owner = notOne(meant);
  if (Object.keys(errors).length > 0) return refuse({ ...turn, loaded }, 'fix-page', pageModel(place, given), errors);
  const owner = meant?.is === 'one' ? meant.member : null;
  if (owner || given.owner === 'all') {
    const facts = { owner: owner?.name ?? say(loaded.group.language, 'common.everyone') };
    const change = { at: turn.now, kind: 'owner-set' as const, activity: activity.key, facts };
    const owners = owner ? [owner.key] : ('all' as const);
    await turn.store.plans.amend(loaded.id, activity.key, { owners }, change, member.key, event);
  }
  if (day && day !== 'bad') {
    const facts = { from: '', to: day.toString() };
    const change = { at: turn.now, kind: 'date-moved' as const, activity: activity.key, facts };
    await turn.store.plans.amend(loaded.id, activity.key, { due: day }, change, member.key, `${event}:date`);
  }
  return finished(turn, loaded, activity, 'saved');
}

/** What still is missing stays on the card; otherwise it ends in a short note. */
async function finished(turn: Turn, before: Glance, { key, title }: Activity, how: 'saved' | 'parked'): Promise<Reply> {
  const loaded = (await turn.store.groups.glance(before.group.key)) ?? before;
  const activity = loaded.group.activities.find((one) => one.key === key);
  const fix = activity && fixModel(loaded.group, activity);
  if (how === 'saved' && fix && fix.missing.length > 0)
    return { do: 'finish', card: cardFor(turn, loaded.group, 'fix', fix) };
  return {
    do: 'finish',
    card: cardFor(turn, loaded.group, 'notice', { title, text: say(turn.language, `notice.${how}`) }),
  };
}

function pageModel({ loaded, activity }: Place, values: FixPageModel['values']): FixPageModel {
  return fixPageModel(fixModel(loaded.group, activity), loaded.group, values, {});
}
