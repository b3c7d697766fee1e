/** What everything about a timetable on its way needs: who is in the channel, what the plan says now, whose turn it is. */

import { say } from '../cards/words.ts';
import type { Holidays } from '../domain/calendar.ts';
import type { Group, Identity, Language, Member, Platform } from '../domain/group.ts';
import { type Draft, type DraftReading, readDraft } from '../domain/plan/draft.ts';
import { type Person as Named, peopleOf, type RosterPerson } from '../domain/plan/roster.ts';
import type { ChannelMember, ChatPlatform, Reply } from '../ports/chat.ts';
import type { ReadDocument } from '../ports/documents.ts';
import type { Place, StoredDraft } from '../ports/drafts.ts';
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

export const leads = ({ member }: Person) => member.role === 'convenor' || member.role === 'deputy';

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

/** A group's members as its plan can name them, with everybody else in its channel. */
export function peopleIn(group: Group, roster: readonly RosterPerson[], place: Omit<Place, 'name'>): Named[] {
  const userOf = ({ identities }: Member) =>
    identities.find(({ platform, tenant }) => platform === place.platform && tenant === place.tenant)?.user ?? null;
  return peopleOf(
    roster,
    group.members.map((member) => ({ key: member.key, name: member.name, user: userOf(member) })),
  );
}

const zoneCountries: Record<string, string> = {
  'Europe/Stockholm': 'SE',
  'Europe/Oslo': 'NO',
  'Europe/Helsinki': 'FI',
  'Europe/Mariehamn': 'FI',
  'Europe/Copenhagen': 'DK',
  'Europe/London': 'GB',
};
const homes: Record<Language, { timeZone: string; country: string }> = {
  sv: { timeZone: 'Europe/Stockholm', country: 'SE' },
  nb: { timeZone: 'Europe/Oslo', country: 'NO' },
  fi: { timeZone: 'Europe/Helsinki', country: 'FI' },
  en: { timeZone: 'Europe/London', country: 'GB' },
};

/** Where somebody is, as far as is known: their zone tells the country, otherwise their language does. */
export function homeOf(language: Language, timeZone: string | null): Draft['home'] {
  const usual = homes[language];
  if (!timeZone) return { language, ...usual };
  return { language, timeZone, country: zoneCountries[timeZone] ?? usual.country };
}

export function countryOf(timeZone: string | null, otherwise: string): string {
  return (timeZone && zoneCountries[timeZone]) || otherwise;
}

export function reading({ now, holidays }: Pick<ImportWorld, 'now' | 'holidays'>, draft: Draft): DraftReading {
  const { timeZone, country } = draft.home;
  return readDraft(draft, {
    today: now.toZonedDateTimeISO(timeZone).toPlainDate(),
    isHoliday: (day) => holidays(country, day),
  });
}

/** A sentence about the import as a card: what happened, and what to do. */
export function told(
  reader: Pick<Reader, 'language' | 'people'>,
  code: string,
  facts: Record<string, unknown> = {},
  more = '',
): Extract<Reply, { do: 'show' }> {
  const title = say(reader.language, `import.${code}.title`);
  const text = [say(reader.language, `import.${code}`, facts), more].filter(Boolean).join(' ');
  return { do: 'show', card: cardFor(reader, null, 'notice', { title, text }) };
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
