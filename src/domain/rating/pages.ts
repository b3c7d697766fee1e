import type { Catalogue, CatalogueItem, Instrument } from '../instrument.ts';

/** The catalogue's items in order, `pageSize` on each page; the last page may be shorter. */
export function pagesOf(catalogue: Catalogue, instrument: Instrument): CatalogueItem[][] {
  const pages: CatalogueItem[][] = [];
  for (let start = 0; start < catalogue.items.length; start += instrument.pageSize) {
    pages.push(catalogue.items.slice(start, start + instrument.pageSize));
  }
  return pages;
}

/** The 1-based page an item stands on; null when the catalogue does not have it. */
export function pageOf(catalogue: Catalogue, instrument: Instrument, item: string): number | null {
  const index = catalogue.items.findIndex((candidate) => candidate.key === item);
  return index < 0 ? null : Math.floor(index / instrument.pageSize) + 1;
}
