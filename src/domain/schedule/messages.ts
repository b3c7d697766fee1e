/** What a run says to many at once; each person's own happening is made of it only where somebody needs it. */

import type { Happening, Recipient } from '../happening.ts';
import { nameOf, type Step } from './chain.ts';

type Why = Extract<Happening, { do: 'skip' }>['why'];

/** `at`: the instant it is told with. `why`: it is written down and not sent. */
export type Message = { at: Temporal.Instant; step: Step; to: readonly Recipient[]; why: Why | null };

/** One thing that happens, or one message of many. */
export type Part = Happening | Message;

export const isMessage = (part: Part): part is Message => 'step' in part;

/** One by one, in the same order. */
export function happeningsOf(parts: readonly Part[]): Happening[] {
  const all: Happening[] = [];
  for (const part of parts) {
    if (isMessage(part)) for (const to of part.to) all.push(happeningFor(part, to));
    else all.push(part);
  }
  return all;
}

export function happeningFor({ at, step, why }: Message, to: Recipient): Extract<Happening, { do: 'tell' | 'skip' }> {
  const { kind, about } = step;
  const key = step.key(nameOf(to));
  return why === null ? { do: 'tell', key, at, kind, to, about } : { do: 'skip', key, at, kind, to, about, why };
}
