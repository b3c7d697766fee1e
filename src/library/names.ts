import { type Language, languages } from '../domain/group.ts';
import type { CatalogueItem, Words } from '../domain/instrument.ts';

/** `language` is the one the words are in, so that a fallback can be shown as such. */
export type Named = { name: string; language: Language };

/** The words in the wanted language, else in the first fallback that has them, else in any that has. */
export function wordsIn(words: Words, language: Language, fallback: readonly Language[]): Named {
  for (const candidate of [language, ...fallback, ...languages]) {
    const name = words[candidate];
    if (name !== undefined) return { name, language: candidate };
  }
  throw new Error('words without any language; the library refuses such files');
}

/** An item's name for a reader: see `wordsIn`. */
export function nameOf(item: CatalogueItem, language: Language, fallback: readonly Language[]): Named {
  return wordsIn(item.names, language, fallback);
}
