/** The convenor's seat in the chat: the overview, a running round, an activity, the log. What is changed goes through the steering. */

import type { CardName, Models } from '../cards/models.ts';
import { hasWords, say } from '../cards/words.ts';
import { type Activity, convenorOf, type Identity, type Language, leadsGroup, type Member } from '../domain/group.ts';
import type { Round } from '../domain/state.ts';
import type { Action, Command } from '../domain/steering/command.ts';
import { may, ownsOrStandsIn } from '../domain/steering/may.ts';
import { instruments } from '../library/library.ts';
import type { Card, Reply } from '../ports/chat.ts';
import type { Glance, Person, Store } from '../ports/store.ts';
import { planModel } from './models/activity.ts';
import { activityModel, auditLimit, auditModel, liveModel, seatModel } from './models/convenor.ts';
import { pageOf } from './models/pages.ts';
import { approveModel } from './models/result.ts';
import { otherGroups } from './other-groups.ts';
import type { PlanPictures } from './plan-pictures.ts';
import type { By, Refused, Steering } from './steering.ts';
import { cardFor, notice } from './turn.ts';

/** One person at one group's table. */
export type Chair = {
  store: Store;
  steering: Steering;
  pictures: Pick<PlanPictures, 'of'>;
  now: Temporal.Instant;
  language: Language;
  people: Person[];
  by: By;
  loaded: Glance;
  member: Member;
  /** What this person may do to anything of the group. */
  may: string[];
};

export type ChairFor = {
  store: Store;
  steering: Steering;
  pictures: Pick<PlanPictures, 'of'>;
  now: Temporal.Instant;
  language: Language;
  people: Person[];
  who: Identity;
  event: string;
};

const actions: Action[] = [
  'schedule-round',
  'change-round',
  'nudge',
  'extend',
  'pause',
  'resume',
  'excuse',
  'substitute',
  'reopen',
  'cancel-round',
  'approve-summary',
  'assign',
  'move-date',
  'set-status',
  'park',
  'unpark',
  'hand-over-chair',
  'set-role',
  'add-members',
  'place-members',
  'remove-member',
  'set-sending',
  'set-council',
  'away',
  'back',
  'see-log',
  'see-missing-names',
];

/** The table of the group that is named; without a name that of the group they lead, else their first. */
export async function chairOf(asked: ChairFor, named?: string): Promise<Chair | Reply> {
  const { people, who, event, ...rest } = asked;
  if (people.length === 0) return notice(asked, 'not-member');
  const leads = people.find(({ member }) => leadsGroup(member));
  const person = named ? people.find(({ groupKey }) => groupKey === named) : (leads ?? people[0]);
  const loaded = person && (await asked.store.groups.glance(person.groupKey));
  if (!person || !loaded) return notice(asked, 'not-member');
  const own = [person, ...people.filter((one) => one !== person)];
  const rights = actions.filter((action) => may(person.member, action, loaded.group) === 'all');
  return { ...rest, people: own, by: { who, event }, loaded, member: person.member, may: rights };
}

export function chairCard<N extends CardName>(
  chair: Pick<Chair, 'language' | 'people' | 'loaded'>,
  name: N,
  model: Models[N],
): Card {
  return cardFor(chair, chair.loaded.group, name, model);
}

/** In words, for this person alone. */
export function refusal(chair: Pick<Chair, 'language' | 'loaded'>, { code }: Pick<Refused, 'code'>): Reply {
  const convenor = convenorOf(chair.loaded.group).name;
  // What is wrong with something typed has the same words beside its field.
  const words = hasWords(`refused.${code}`) ? `refused.${code}` : `error.${code}`;
  return { do: 'notice', text: say(chair.language, words, { convenor }) };
}

/** After something was done the group is another. */
export async function again(chair: Chair): Promise<Chair> {
  const { store, loaded, member } = chair;
  const next = (await store.groups.glance(loaded.group.key)) ?? loaded;
  const self = next.group.members.find(({ key }) => key === member.key) ?? member;
  return {
    ...chair,
    loaded: next,
    member: self,
    may: actions.filter((action) => may(self, action, next.group) === 'all'),
  };
}

export const today = ({ now, loaded }: Pick<Chair, 'now' | 'loaded'>): Temporal.PlainDate =>
  now.toZonedDateTimeISO(loaded.group.timeZone).toPlainDate();

export type Shown = { page?: number; said?: string };

export async function seatCard(
  chair: Chair,
  { page = 1, said = '', show = 'all' }: Shown & { show?: 'all' | 'rounds' },
): Promise<Card | Refused> {
  const { group, state } = chair.loaded;
  const rounds = await chair.steering.rounds(chair.by, chair.loaded);
  if (!Array.isArray(rounds)) return rounds;
  const others = otherGroups(chair.people, group);
  const parts = { group, state, rounds, may: chair.may, others, today: today(chair) };
  return chairCard(chair, 'seat', seatModel(parts, { page, said, show }));
}

export async function liveCard(chair: Chair, round: string, { page = 1, said = '' }: Shown): Promise<Card | Refused> {
  const { group } = chair.loaded;
  const live = await chair.steering.live(chair.by, chair.loaded, round);
  if ('is' in live) return live;
  const does = live.may.filter((what) => chair.may.includes(what));
  return chairCard(chair, 'live', liveModel(group, live, does, page, said));
}

/** A round that stands, or one that a window of the plan is going to be. */
export async function roundNamed(chair: Chair, key: string): Promise<Round | null> {
  const { group, state } = chair.loaded;
  const known = state.rounds.find((round) => round.key === key);
  if (known) return known;
  const live = await chair.steering.live(chair.by, chair.loaded, key);
  if ('is' in live) return null;
  const activity = group.activities.find((one) => one.key === live.activity);
  const asks = instruments().find((one) => one.key === activity?.instrument) ?? instruments()[0];
  const { opensAt, closesAt, version } = live;
  return {
    key,
    activity: live.activity,
    instrument: asks?.key ?? '',
    catalogue: activity?.catalogue ?? asks?.catalogue ?? '',
    opensAt,
    closesAt,
    openedAt: null,
    closedAt: null,
    assignments: [],
    version,
  };
}

export function activityCard(chair: Chair, key: string, { page = 1, said = '' }: Shown = {}): Card | Refused {
  const { group, state } = chair.loaded;
  const activity = group.activities.find((one) => one.key === key);
  if (!activity) return { is: 'refused', code: 'unknown-activity' };
  const own = ownsOrStandsIn(chair.member.key, key, group, state)
    ? (['set-status', 'move-date', 'hand-over'] satisfies Command['do'][]).filter(
        (what) => may(chair.member, what, group) !== 'none',
      )
    : [];
  return chairCard(chair, 'activity', activityModel(group, state, activity, [...chair.may, ...own], { page, said }));
}

export async function logCard(chair: Chair, page: number): Promise<Card | Refused> {
  const { group } = chair.loaded;
  const log = await chair.steering.log(chair.by, chair.loaded, { limit: auditLimit(page) });
  return log.is === 'refused' ? log : chairCard(chair, 'audit', auditModel(group, log.entries, page));
}

/** The plan a page at a time, each activity with the way to change it. */
export async function planCard(chair: Chair, asked: number): Promise<Card> {
  const { group, state } = chair.loaded;
  const { rows, ...paged } = pageOf(group.activities, asked);
  const shown = { first: group.activities.indexOf(rows[0] as Activity), count: rows.length, parked: true };
  const pictures = rows.length > 0 ? await chair.pictures.of(chair.loaded, shown, chair.language) : [];
  const model = planModel(group, state, rows);
  const activities = model.activities.map((activity, index) => ({ ...activity, key: rows[index]?.key ?? '' }));
  return chairCard(chair, 'plan', {
    ...model,
    pictures,
    activities,
    others: otherGroups(chair.people, group),
    steer: { ref: group.key, count: group.activities.length, ...paged },
  });
}

/** The summary as the channels will see it, in the group's language. */
export async function approveCard(chair: Chair, round: string): Promise<Card | Refused> {
  const { id, group, state } = chair.loaded;
  const found = state.rounds.find(({ key }) => key === round);
  if (!found) return { is: 'refused', code: 'unknown-round' };
  const result = await chair.store.answers.result(id, round);
  if (!result) return { is: 'refused', code: 'nothing-to-approve' };
  return chairCard(chair, 'approve', approveModel(group, found, result, chair.language));
}

/** A card is shown, a refusal is said. */
export function shown(chair: Chair, made: Card | Refused, how: 'show' | 'finish' = 'show'): Reply {
  return 'is' in made ? refusal(chair, made as Refused) : { do: how, card: made };
}
