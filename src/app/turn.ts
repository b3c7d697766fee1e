/** What every answer to a person needs: who they are to us, in which language to speak, and what time it is. */

import { renderCard } from '../cards/cards.ts';
import type { CardName, Models } from '../cards/models.ts';
import type { NoticeCode } from '../cards/notices.ts';
import { say } from '../cards/words.ts';
import { type Group, type Language, languages } from '../domain/group.ts';
import type { Card, Reply, Submission } from '../ports/chat.ts';
import type { Person, Store } from '../ports/store.ts';

export type Turn = {
  store: Store;
  now: Temporal.Instant;
  /** Every membership of the person; empty for somebody we do not know. */
  people: Person[];
  language: Language;
  submission: Submission;
};

export function notice(turn: { language: Language }, code: NoticeCode): Reply {
  return { do: 'notice', text: say(turn.language, `notice.${code}`) };
}

/** The page of a list that a button asks for. */
export const pageIn = ({ values }: Pick<Submission, 'values'>): number => {
  const page = Number(values.page ?? '1');
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
};

/** A card for this person, in their language and zone, with the group's own names where a translation is missing. */
export function cardFor<N extends CardName>(
  turn: { language: Language; people: Person[] },
  group: Pick<Group, 'language' | 'timeZone'> | null,
  name: N,
  model: Models[N],
): Card {
  const timeZone = turn.people[0]?.member.timeZone ?? group?.timeZone;
  const groupLanguage = group?.language ?? turn.language;
  return renderCard(name, model, turn.language, { ...(timeZone ? { timeZone } : {}), groupLanguage });
}

type Said = Pick<Submission, 'locale' | 'askLocale'>;

/** A member's own language; for somebody we do not know, that of their client. */
export async function languageFor(people: Person[], { locale, askLocale }: Said): Promise<Language> {
  const [person] = people;
  return person ? person.member.language : languageOf(locale ?? (await askLocale?.()) ?? null);
}

/** "sv-SE" → sv; "no", "nn" → nb; anything else English. */
function languageOf(locale: string | null): Language {
  const tag = (locale ?? '').slice(0, 2).toLowerCase();
  if (tag === 'no' || tag === 'nn') return 'nb';
  return languages.find((language) => language === tag) ?? 'en';
}
