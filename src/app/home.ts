/** The overview: the App Home in Slack, the answer to "home" in Teams. Every group of the person in one card. */

import type { HomeModel } from '../cards/models.ts';
import type { Language } from '../domain/group.ts';
import type { Card, Submission } from '../ports/chat.ts';
import type { Person, Store } from '../ports/store.ts';
import { nextDates, pointsOf } from './models/activity.ts';
import { openSurveys } from './models/rating.ts';
import { cardFor } from './turn.ts';

const datesShown = 5;

export type HomeFor = {
  store: Pick<Store, 'groups' | 'answers'>;
  now: Temporal.Instant;
  people: Person[];
  language: Language;
  who: Submission['who'];
};

export async function homeCard(asked: HomeFor): Promise<Card> {
  const { store, now, people, who } = asked;
  const model: HomeModel = { groups: [], surveys: [], mine: [], next: [] };
  const found = await Promise.all(
    people.map(async ({ groupKey, member }) => ({ member, loaded: await store.groups.glance(groupKey) })),
  );
  for (const { member, loaded } of found) {
    if (!loaded) continue;
    const { group, state } = loaded;
    const today = now.toZonedDateTimeISO(group.timeZone).toPlainDate();
    model.groups.push(group.name);
    model.mine.push(...pointsOf(group, state, member));
    model.next.push(...nextDates(group, state, today));
  }
  model.mine.sort((one, other) => (one.due < other.due ? -1 : 1));
  model.next.sort((one, other) => (one.day < other.day ? -1 : 1));
  model.next.splice(datesShown);
  const names = new Map(people.map((person) => [person.groupKey, person.groupName]));
  const assignments = people.length > 0 ? await store.answers.assignmentsOf(who) : [];
  model.surveys = openSurveys(assignments, (key) => names.get(key) ?? key, now);
  return cardFor(asked, found[0]?.loaded?.group ?? null, 'home', model);
}
