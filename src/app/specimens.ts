/** Every card in every language with the sample that lies beside its template: what there is to look at. */

import { readFileSync } from 'node:fs';
import { cardNames, renderCard } from '../cards/cards.ts';
import type { CardName } from '../cards/models.ts';
import { lacking } from '../cards/words.ts';
import { type Language, languages } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';

export type Specimen = {
  name: CardName;
  language: Language;
  /** Null when it could not be made; `why` says why. */
  card: Card | null;
  why: string | null;
  /** Words of this card that the language has none for: another language's stand there. */
  lacking: string[];
};

export function specimens(): Specimen[] {
  return cardNames.flatMap((name) => {
    const sample = JSON.parse(readFileSync(new URL(`../../cards/${name}.data.json`, import.meta.url), 'utf8'));
    return languages.map((language): Specimen => {
      const about = { name, language, lacking: lacking(language, name) };
      try {
        return { ...about, card: renderCard(name, sample, language), why: null };
      } catch (error) {
        return { ...about, card: null, why: error instanceof Error ? error.message : String(error) };
      }
    });
  });
}
