/** help, plan, status, my surveys: as a text in four languages, or as a button. The same answers on both platforms. */

import { type CommandName, parseCommand } from '../cards/commands.ts';
import { say } from '../cards/words.ts';
import type { Language } from '../domain/group.ts';
import type { Card, Command, Reply, Submission } from '../ports/chat.ts';
import type { Glance, Person, Store } from '../ports/store.ts';
import { leads } from './drafts.ts';
import { homeCard } from './home.ts';
import { planModel, statusListModel } from './models/activity.ts';
import { contactFor } from './models/contact.ts';
import { pageOf } from './models/pages.ts';
import { openSurveys, surveysModel } from './models/rating.ts';
import { unreachedIn } from './models/unreached.ts';
import { otherGroups } from './other-groups.ts';
import type { PlanPictures } from './plan-pictures.ts';
import { cardFor, notice } from './turn.ts';

export type Asked = {
  store: Store;
  pictures: Pick<PlanPictures, 'of'>;
  now: Temporal.Instant;
  people: Person[];
  language: Language;
  who: Submission['who'];
  where: Command['where'];
  channel: string | null;
  /** Of a list, as a button asks for it. */
  page?: number;
  /** The group that a button is about. */
  group?: string | undefined;
};

/** As many as one picture shows, and as stand whole on a card. */
export const activitiesOnAPage = 15;

/** The answer to a text. Whoever says nothing but Rond's name, as "/rond" alone, wants to know what there is to say. */
export async function takeCommand(asked: Asked, text: string): Promise<Reply> {
  const name = text.trim() === '' ? 'help' : parseCommand(text);
  return name ? answer(asked, name) : { do: 'show', card: await unknownCard(asked) };
}

export async function answer(asked: Asked, name: CommandName): Promise<Reply> {
  if (name === 'help') return { do: 'show', card: await helpCard(asked) };
  if (name === 'home') {
    if (asked.where === 'channel') return notice(asked, 'personal-only');
    return { do: 'show', card: await homeCard(asked) };
  }
  if (asked.people.length === 0) return notice(asked, 'not-member');
  if (name === 'surveys') {
    if (asked.where === 'channel') return notice(asked, 'personal-only');
    return { do: 'show', card: await surveysCard(asked) };
  }
  const person = await personFor(asked);
  const loaded = person && (await asked.store.groups.glance(person.groupKey));
  if (!person || !loaded) return notice(asked, 'not-member');
  if (name === 'plan') {
    return { do: 'show', card: await planCard(asked, loaded) };
  }
  if (asked.where === 'channel') return notice(asked, 'personal-only');
  const unreached = leads(person) ? unreachedIn(loaded.group, await asked.store.ledger.unreached(loaded.id)) : [];
  const today = asked.now.toZonedDateTimeISO(loaded.group.timeZone).toPlainDate();
  const model = statusListModel(loaded.group, loaded.state, person.member, today, unreached, asked.page ?? 1);
  const others = otherGroups(asked.people, loaded.group);
  return { do: 'show', card: cardFor(asked, loaded.group, 'status-list', { ...model, others }) };
}

async function planCard(asked: Asked, loaded: Glance): Promise<Card> {
  const { group, state } = loaded;
  const all = group.activities.filter(({ parked }) => !parked);
  const { rows, ...paged } = pageOf(all, asked.page ?? 1, activitiesOnAPage);
  const shown = { first: (paged.page - 1) * activitiesOnAPage, count: rows.length, parked: false };
  const pictures = rows.length > 0 ? await asked.pictures.of(loaded, shown, asked.language) : [];
  const read = { ref: group.key, count: all.length, ...paged };
  const others = asked.where === 'channel' ? [] : otherGroups(asked.people, group);
  return cardFor(asked, group, 'plan', { ...planModel(group, state, rows), pictures, read, others });
}

/** In a channel the group that talks there; what only the person sees is otherwise about their first group. */
async function personFor({ store, people, who, where, channel, group }: Asked): Promise<Person | null> {
  const here = channel ? await store.people.groupsIn(who.platform, who.tenant, channel) : [];
  const found = people.find((person) => here.includes(person.groupKey));
  if (found || where === 'channel') return found ?? null;
  return people.find(({ groupKey }) => groupKey === group) ?? people[0] ?? null;
}

async function helpCard(asked: Asked): Promise<Card> {
  const person = await personFor(asked);
  const loaded = person ? await asked.store.groups.glance(person.groupKey) : null;
  const convenor = person && loaded ? contactFor(loaded.group, person.member.name) : null;
  const seat = person && leads(person) && asked.where === 'personal' ? person.groupKey : null;
  return cardFor(asked, loaded?.group ?? null, 'help', { group: loaded?.group.name ?? null, convenor, seat });
}

async function unknownCard(asked: Asked): Promise<Card> {
  const title = say(asked.language, 'notice.unknown-command.title');
  return cardFor(asked, null, 'notice', { title, text: say(asked.language, 'notice.unknown-command') });
}

async function surveysCard(asked: Asked): Promise<Card> {
  const assignments = await asked.store.answers.assignmentsOf(asked.who);
  const names = new Map(asked.people.map((person) => [person.groupKey, person.groupName]));
  return cardFor(
    asked,
    null,
    'surveys',
    surveysModel(
      openSurveys(assignments, (key) => names.get(key) ?? key, asked.now),
      asked.page ?? 1,
    ),
  );
}
