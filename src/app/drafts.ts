/** What everything about a timetable on its way needs: who is in the channel, what the plan says now, whose turn it is. */

import { say } from '../cards/words.ts';
import type { Holidays } from '../domain/calendar.ts';
import { countryOfZone, zoneOfCountry } from '../domain/countries.ts';
import { type Group, type Identity, type Language, leadsGroup, type Platform } from '../domain/group.ts';
import { type Draft, type DraftFacts, type DraftReading, readDraft } from '../domain/plan/draft.ts';
import { withPeopleNow } from '../domain/plan/people-now.ts';
import { type Person as Named, peopleOf, type RosterPerson } from '../domain/plan/roster.ts';
import type { ChannelMember, ChatPlatform, Reply } from '../ports/chat.ts';
import type { ReadDocument } from '../ports/documents.ts';
import type { Place, StoredDraft } from '../ports/drafts.ts';
import type { Former } from '../ports/steering.ts';
import type { Person, Store } from '../ports/store.ts';
import { cardFor, languageFor } from './turn.ts';

/** What the world gives to whoever takes a plan in. */
export type ImportWorld = {
  store: Store;
  now: Temporal.Instant;
  platforms: Partial<Record<Platform, Pick<ChatPlatform, 'roster' | 'find' | 'download' | 'send'>>>;
  readDocument: ReadDocument;
  holidays: Holidays;
};

/** Somebody who brings or reviews a plan. */
export type Reader = { who: Identity; people: Person[]; language: Language };

export const leads = ({ member }: Person) => leadsGroup(member);

/** Everybody in a channel, or null when the platform does not tell now. */
export async function rosterIn(
  { platforms, store }: Pick<ImportWorld, 'platforms' | 'store'>,
  place: Omit<Place, 'name'>,
): Promise<{ name: string | null; people: RosterPerson[] } | null> {
  const roster = await platforms[place.platform]?.roster(place);
  if (roster?.is !== 'known') return null;
  const { platform, tenant, channel } = place;
  if (roster.name) await store.drafts.named({ platform, tenant, channel, name: roster.name });
  return { name: roster.name, people: await Promise.all(roster.members.map(personFrom)) };
}

export async function personFrom({ user, name, mail, locale, timeZone }: ChannelMember): Promise<RosterPerson> {
  return { user, name, mail, language: locale ? await languageFor([], { locale }) : null, timeZone };
}

/**
 * A group's members as its plan can name them, with everybody else in its channel. Whoever was removed from the group is nobody a plan can
 * name, wherever they are: who comes back is said in the chat. Their key is theirs, and nobody of the same name gets it.
 */
export function peopleIn(
  { members }: Group,
  former: readonly Former[],
  roster: readonly RosterPerson[],
  place: Pick<Place, 'platform' | 'tenant'>,
): Named[] {
  const known = members.map(({ key, name, identities }) => ({ key, name, user: userIn(identities, place) }));
  const users = new Set(known.map(({ user }) => user));
  const removed = new Set(former.map(({ who }) => userIn(who, place)).filter((user) => !users.has(user)));
  return peopleOf(
    roster.filter(({ user }) => !removed.has(user)),
    known,
    former.map(({ key }) => key),
  );
}

const userIn = (identities: readonly Identity[], place: Pick<Place, 'platform' | 'tenant'>) =>
  identities.find(({ platform, tenant }) => platform === place.platform && tenant === place.tenant)?.user ?? null;

/** The draft of a group that runs, with its people as they are in the group now. */
export function draftNow(
  { draft, author }: StoredDraft,
  { members, channels }: Group,
  former: readonly Former[],
): Draft {
  // The roster was that of the group's channel, wherever its convenor wrote from.
  const place = channels.find(({ purpose }) => purpose === 'group') ?? author;
  return withPeopleNow(
    draft,
    members.map(({ key, name, identities }) => ({ key, name, user: userIn(identities, place) })),
    former.map(({ key, who }) => ({ key, user: userIn(who, place) })),
  );
}

const usualCountry: Record<Language, string> = { sv: 'SE', nb: 'NO', fi: 'FI', en: 'GB' };

/** Where somebody is, as far as is known: their zone tells the country, otherwise their language does. */
export function homeOf(language: Language, timeZone: string | null): Draft['home'] {
  const country = countryOf(timeZone, usualCountry[language]);
  return { language, timeZone: timeZone ?? zoneOfCountry(country) ?? 'UTC', country };
}

/** A group at home in another country (one of `homeCountries`; any other is not taken); a zone that lies there stays. */
export function movedTo(home: Draft['home'], country: string): Draft['home'] {
  const timeZone = countryOfZone(home.timeZone) === country ? home.timeZone : zoneOfCountry(country);
  return timeZone === null ? home : { ...home, country, timeZone };
}

export const countryOf = (timeZone: string | null, otherwise: string): string =>
  (timeZone && countryOfZone(timeZone)) || otherwise;

export function reading(world: Pick<ImportWorld, 'now' | 'holidays'>, draft: Draft): DraftReading {
  return readDraft(draft, factsFor(world, draft));
}

export function factsFor({ now, holidays }: Pick<ImportWorld, 'now' | 'holidays'>, { home }: Draft): DraftFacts {
  return {
    today: now.toZonedDateTimeISO(home.timeZone).toPlainDate(),
    isHoliday: (day) => holidays(home.country, day),
  };
}

/** A sentence about the import as a card: what happened, and what to do. */
export function told(
  reader: Pick<Reader, 'language' | 'people'>,
  code: string,
  facts: Record<string, unknown> = {},
  { more = '', draft }: { more?: string; draft?: string } = {},
): Extract<Reply, { do: 'show' }> {
  const title = say(reader.language, `import.${code}.title`);
  const text = [say(reader.language, `import.${code}`, facts), more].filter(Boolean).join(' ');
  return { do: 'show', card: cardFor(reader, null, 'notice', { title, text, ...(draft && { draft }) }) };
}

/** May this person look at and change the draft? Whoever brought it, whoever sees it in its channel, and who leads its group. */
export function mayTouch(stored: StoredDraft, { who, people }: Reader, channel: string | null): boolean {
  const { author } = stored;
  if (stored.group !== null && stored.state === 'open') {
    return people.some((person) => person.groupKey === stored.group && leads(person));
  }
  if (author.platform !== who.platform || author.tenant !== who.tenant) return false;
  return author.user === who.user || (stored.channel !== null && stored.channel === channel);
}
