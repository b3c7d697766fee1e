/** The parts a schedule is made of. Each kind of chain lives in its own file and only says what is planned; late.ts says what of it is told. */

import type { About, Happening, MessageKind, Recipient, Unsaid } from '../happening.ts';
import type { Place } from './place.ts';
import type { Scene } from './scene.ts';

/** One message of a line, for each of its people. */
export type Step = {
  at: Temporal.Instant;
  /** From here on it makes no sense any more; null when it always does. */
  until: Temporal.Instant | null;
  kind: MessageKind;
  about: About;
  /** `who` is the member's key or the channel's purpose. */
  key: (who: string) => string;
  /** Must come before the line's other messages: whoever has missed it gets it and not them. */
  opening?: boolean;
};

/** The messages that one chain has for people who share a place and the same dates. One person is in one line of a chain. */
export type Line = {
  place: Place;
  to: Recipient[];
  /** Oldest first. */
  steps: Step[];
  /** Nobody may see from the ledger's keys who of them puts something off. */
  evenly?: boolean;
  /** Nothing of it is told: what would be is written down, with this as the reason. */
  unsaid?: Unsaid;
};

/** Something that is done without telling anybody. It is done however late it is. */
export type Deed = { key: string; at: Temporal.Instant; happening: (now: Temporal.Instant) => Happening };

/** What belongs together and ends together: a round, a due point, a channel's digest. */
export type Chain = {
  deeds(scene: Scene): Deed[];
  /** `now` matters only to digests, which tell as much as there is. */
  lines(scene: Scene, now: Temporal.Instant): Line[];
};

export const noDeeds = (): Deed[] => [];

export function nameOf(to: Recipient): string {
  return 'member' in to ? to.member : to.channel;
}

/** People by place, in their own order. */
export function byPlace<T>(people: readonly T[], placeOf: (person: T) => Place) {
  const found = new Map<string, { place: Place; people: T[] }>();
  for (const person of people) {
    const place = placeOf(person);
    const here = found.get(place.key);
    if (here) here.people.push(person);
    else found.set(place.key, { place, people: [person] });
  }
  return [...found.values()];
}
