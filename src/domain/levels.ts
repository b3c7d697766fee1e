/** The four levels of competence supply, in order, and the two answers that are not levels. */

export const levels = ['surplus', 'sustainable', 'vulnerable', 'shortage'] as const;
/** Answers that never count as missing and never enter a median; they have their own count. */
export const nonLevels = ['cannot-assess', 'not-with-us'] as const;
export const ratingChoices = [...levels, ...nonLevels] as const;

export type SupplyLevel = (typeof levels)[number];
export type Level = (typeof ratingChoices)[number];

export function isLevel(value: string): value is Level {
  return (ratingChoices as readonly string[]).includes(value);
}
