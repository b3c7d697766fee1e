/** Everybody is greeted once: on the first working morning of the plan, or when they come. */

import { byPlace, type Chain, noDeeds } from './chain.ts';
import { keys } from './keys.ts';

export const welcomeChain: Chain = {
  deeds: noDeeds,
  lines: ({ group, placeOf, recipient }) =>
    byPlace(group.members, placeOf).map(({ place, people }) => ({
      place,
      to: people.map(recipient),
      steps: [{ at: place.morning(group.startsAt), until: null, kind: 'welcome', about: {}, key: keys.welcome() }],
    })),
};
