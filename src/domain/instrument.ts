/** What a round asks: an instrument (versioned) over a catalogue (versioned list of items to rate). */

import type { Language } from './group.ts';

export type Words = Partial<Record<Language, string>>;

export type CatalogueItem = {
  /** Stable within the catalogue, e.g. "lakare". */
  key: string;
  /** Names per language from the catalogue; never machine-made. A missing language falls back and is shown so. */
  names: Words;
  status: 'existing' | 'emerging';
};
export type Catalogue = {
  key: string;
  version: number;
  title: Words;
  source: string;
  /** Whose groups rate this list unless they choose another: a country, as in "NO". */
  usualIn?: string | undefined;
  items: CatalogueItem[];
};

/** When a comment must be given. */
export type CommentRule = 'never' | 'shortage-or-differs';

export type Instrument = {
  key: string;
  version: number;
  title: Words;
  /** Catalogue used unless the activity says otherwise. */
  catalogue: string;
  commentRequired: CommentRule;
  commentMax: number;
  /** Items on a page. */
  pageSize: number;
};

/** One item's answer. */
export type Rating = { now: string; coming: string; comment: string };
/** Item key → rating. */
export type Ratings = Record<string, Rating>;
