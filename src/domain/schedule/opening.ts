/** How a window of the plan becomes a round: when it opens, and what happens when it cannot. */

import type { Activity, DuePoint } from '../group.ts';
import type { Happening } from '../happening.ts';
import type { Deed, Line } from './chain.ts';
import { keys } from './keys.ts';
import { isBefore, later } from './place.ts';
import type { Scene } from './scene.ts';

type Window = Extract<DuePoint, { from: unknown }>;

/** Asked when the activity names no instrument. */
const usual = { instrument: 'role-rating', catalogue: 'se-legitimation-2023' };

export function roundKey(activity: Activity, due: DuePoint): string {
  return `${activity.key}/${due.key}`;
}

export function opening(scene: Scene, activity: Activity, due: Window): Deed[] {
  const window = windowOf(scene, due);
  const round = roundKey(activity, due);
  if (!window || activity.parked || activity.ongoing || scene.draft.rounds.has(round)) return [];
  const { opensAt, closesAt } = window;
  if (!isBefore(opensAt, closesAt)) return [];
  const key = keys.open(round);
  const happening = (now: Temporal.Instant): Happening =>
    // Nobody could be asked any more. Opening it only to close it would post a summary of nothing; `unopened` asks the convenor instead.
    isBefore(scene.home.openSince(now) ? now : scene.home.morning(now), closesAt)
      ? {
          do: 'open-round',
          key,
          at: opensAt,
          round,
          activity: activity.key,
          due: due.key,
          instrument: activity.instrument ?? usual.instrument,
          catalogue: activity.catalogue ?? usual.catalogue,
          closesAt,
          members: scene.asked.map((member) => member.key),
        }
      : { do: 'skip', key, at: opensAt, kind: 'invitation', to: { channel: 'group' }, why: 'too-late' };
  return [{ key, at: opensAt, happening }];
}

/** Null for a window that was over before Rond began. One that was under way opens on the first morning. */
function windowOf({ group, home }: Scene, due: Window) {
  const closesAt = home.endOf(due.to);
  if (!isBefore(group.startsAt, closesAt)) return null;
  return { opensAt: later(home.at(home.next(due.from)), home.morning(group.startsAt)), closesAt };
}

/** The window passed without a working morning in it, or while Rond was down: the convenor sets another. */
export function unopened(scene: Scene, activity: Activity, due: Window): Line[] {
  const window = windowOf(scene, due);
  const round = roundKey(activity, due);
  if (!window || !scene.convenor || activity.ongoing || scene.draft.rounds.has(round)) return [];
  const missed = scene.draft.done.has(keys.open(round));
  if (!missed && isBefore(window.opensAt, window.closesAt)) return [];
  const place = scene.placeOf(scene.convenor);
  const key = keys.fix(activity.key, `window:${due.key}`);
  const about = { activity: activity.key, due: due.key, step: 'date' };
  const at = place.morning(missed ? window.opensAt : scene.group.startsAt);
  return [
    { place, to: [scene.recipient(scene.convenor)], steps: [{ at, until: null, kind: 'fix', about, key: () => key }] },
  ];
}
