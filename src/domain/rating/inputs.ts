/** A rating page's inputs are flat: "now:<item>", "coming:<item>", "comment:<item>". Item keys are slugs, without colons. */

import type { Ratings } from '../instrument.ts';

export const fields = ['now', 'coming', 'comment'] as const;
export type Field = (typeof fields)[number];

export function inputId(field: Field, item: string): string {
  return `${field}:${item}`;
}

/** The item an input belongs to; null when the id is not a rating's. */
export function itemOf(input: string): string | null {
  const colon = input.indexOf(':');
  if (colon < 0) return null;
  return (fields as readonly string[]).includes(input.slice(0, colon)) ? input.slice(colon + 1) : null;
}

/** Ratings as a person would have filled them in. */
export function inputsOf(ratings: Ratings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ratings).flatMap(([item, rating]) => fields.map((field) => [inputId(field, item), rating[field]])),
  );
}
