/**
 * An activity without an owner or a date cannot be run: the convenor is asked once to see to it. The key says what is missing, so
 * nothing more is asked once it is there. An optional activity is asked about too: whether it will be is for the convenor to say.
 */

import type { Activity } from '../group.ts';
import { isDated } from './activities.ts';
import { type Chain, noDeeds } from './chain.ts';
import { keys } from './keys.ts';
import { ownersOf } from './scene.ts';

export function fixChain(activity: Activity): Chain {
  return {
    deeds: noDeeds,
    lines: (scene) => {
      const missing = missingOf(activity, ownersOf(activity, scene).length > 0);
      if (!scene.convenor || !missing) return [];
      const place = scene.placeOf(scene.convenor);
      return [
        {
          place,
          to: [scene.recipient(scene.convenor)],
          steps: [
            {
              at: place.morning(scene.group.startsAt),
              until: null,
              kind: 'fix',
              about: { activity: activity.key, step: missing },
              key: () => keys.fix(activity.key, missing),
            },
          ],
        },
      ];
    },
  };
}

/** "owner", "date", "owner+date", or empty. An owner who left is no owner. */
export function missingOf(activity: Activity, isOwned: boolean): string {
  if (!isDated(activity)) return '';
  const hasOwner = isOwned || activity.owners === 'all';
  return [hasOwner ? '' : 'owner', activity.due.length === 0 ? 'date' : ''].filter(Boolean).join('+');
}
