import type { Voice } from '../voice.ts';

/** The data of a template. Its strings and numbers are also the values of the card's words. */
export type ViewData = Record<string, unknown>;
export type View<M> = (model: M, voice: Voice) => ViewData;

/** A list that may be cut: the part shown, and a line that tells how many more there are ('' when none). */
export function atMost<T>(items: readonly T[], max: number, voice: Voice): { shown: T[]; more: string } {
  const rest = items.length - max;
  return { shown: items.slice(0, max), more: rest > 0 ? voice.say('common.more', { n: rest }) : '' };
}
