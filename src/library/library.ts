/** The instruments and catalogues that come with Rond: data files, read once and checked. */

import type { Catalogue, Instrument } from '../domain/instrument.ts';
import { loadLibrary } from './load.ts';

const shipped = loadLibrary(new URL('./', import.meta.url));

/** All shipped instruments, by key. */
export function instruments(): Instrument[] {
  return [...shipped.instruments.values()];
}

/** All shipped catalogues, by key. */
export function catalogues(): Catalogue[] {
  return [...shipped.catalogues.values()];
}

/** The instrument with this key. Throws an Error that names the known ones. */
export function instrument(key: string): Instrument {
  return known(shipped.instruments, 'instrument', key);
}

/** The catalogue with this key. Throws an Error that names the known ones. */
export function catalogue(key: string): Catalogue {
  return known(shipped.catalogues, 'catalogue', key);
}

/** The list that groups of a country (ISO 3166, "NO") are asked about unless they choose one: its own, or the instrument's. */
export function usualCatalogue({ catalogue: otherwise }: Instrument, country: string): string {
  return catalogues().find(({ usualIn }) => usualIn === country)?.key ?? otherwise;
}

function known<T>(entries: Map<string, T>, what: string, key: string): T {
  const entry = entries.get(key);
  if (!entry) throw new Error(`There is no ${what} "${key}". Known: ${[...entries.keys()].join(', ')}.`);
  return entry;
}
