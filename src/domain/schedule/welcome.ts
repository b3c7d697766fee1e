/**
 * Everybody is greeted once: on the first working morning of the plan, or when they come. Whoever is made convenor by somebody else is told
 * so as soon as Rond may write to them, and where both fall together is not greeted as well.
 */

import { handedTo } from '../chair.ts';
import { byPlace, type Chain, noDeeds, type Step } from './chain.ts';
import { keys } from './keys.ts';
import { later, type Place } from './place.ts';
import type { Scene } from './scene.ts';

export const welcomeChain: Chain = {
  deeds: noDeeds,
  lines({ group, placeOf, recipient }) {
    const chair = handedTo(group);
    const lines = byPlace(
      group.members.filter((member) => member !== chair?.member),
      placeOf,
    ).map(({ place, people }) => ({ place, to: people.map(recipient), steps: [greeting(group, place)] }));
    if (!chair) return lines;
    const place = placeOf(chair.member);
    const steps = [greeting(group, place), word(group, place, chair.at)];
    steps.sort((one, other) => Temporal.Instant.compare(one.at, other.at));
    return [...lines, { place, to: [recipient(chair.member)], steps }];
  },
};

type Starts = Pick<Scene['group'], 'startsAt'>;

const greeting = ({ startsAt }: Starts, place: Place): Step => ({
  at: place.morning(startsAt),
  until: null,
  kind: 'welcome',
  about: {},
  key: keys.welcome(),
});

const word = ({ startsAt }: Starts, place: Place, at: Temporal.Instant): Step => ({
  at: place.sendable(later(at, startsAt)),
  until: null,
  kind: 'welcome',
  about: { step: 'chair' },
  key: keys.chair(at),
});
