/** How a window becomes a round, of the plan or of the convenor's own: when it opens, and what happens when it cannot. */

import type { Activity, DuePoint, Group } from '../group.ts';
import type { Happening } from '../happening.ts';
import { type Round, usualTerms } from '../state.ts';
import { inAudience } from './audience.ts';
import type { Deed, Line } from './chain.ts';
import { keys } from './keys.ts';
import { isBefore, later, type Place } from './place.ts';
import type { Scene } from './scene.ts';

export type Window = Extract<DuePoint, { from: unknown }>;

/** Asked when the activity names no instrument. */
const usual = { instrument: 'role-rating', catalogue: 'se-legitimation-2023' };

/** A round that is to open. */
type Coming = Pick<Round, 'key' | 'instrument' | 'catalogue' | 'opensAt' | 'closesAt' | 'terms' | 'reopened'> & {
  due: string;
};

export function roundKey(activity: Activity, due: DuePoint): string {
  return `${activity.key}/${due.key}`;
}

/** What a window of the plan asks when nobody has set anything. Null for a window that was over before Rond began. */
export function roundOfWindow(group: Group, home: Place, activity: Activity, due: Window): Round | null {
  const closesAt = home.endOf(due.to);
  if (!isBefore(group.startsAt, closesAt)) return null;
  return {
    key: roundKey(activity, due),
    activity: activity.key,
    instrument: activity.instrument ?? usual.instrument,
    catalogue: activity.catalogue ?? usual.catalogue,
    // One that was under way opens on the first morning.
    opensAt: later(home.at(home.next(due.from)), home.morning(group.startsAt)),
    closesAt,
    openedAt: null,
    closedAt: null,
    assignments: [],
  };
}

/** The rounds of an activity that have not opened: its windows, unless somebody has set something else for them, and what was scheduled. */
export function comingRounds(scene: Scene, activity: Activity, windows: Window[], scheduled: Round[]): Coming[] {
  const planned = windows.flatMap((due) => {
    const round = activity.ongoing ? null : roundOfWindow(scene.group, scene.home, activity, due);
    return round && !scene.draft.rounds.has(round.key) ? [{ ...round, due: due.key }] : [];
  });
  const waiting = scheduled.filter((round) => !round.openedAt && !round.closedAt);
  return [...planned, ...waiting.map((round) => ({ ...round, due: round.key.slice(activity.key.length + 1) }))];
}

export function opening(scene: Scene, activity: Activity, round: Coming): Deed[] {
  const { opensAt, closesAt } = round;
  if (activity.parked || !isBefore(opensAt, closesAt)) return [];
  const key = keys.open(round.key, round.reopened);
  const happening = (now: Temporal.Instant): Happening =>
    // Nobody could be asked any more. Opening it only to close it would post a summary of nothing; `unopened` asks the convenor instead.
    isBefore(scene.home.openSince(now) ? now : scene.home.morning(now), closesAt)
      ? {
          do: 'open-round',
          key,
          at: opensAt,
          round: round.key,
          activity: activity.key,
          due: round.due,
          instrument: round.instrument,
          catalogue: round.catalogue,
          closesAt,
          members: peopleOf(scene, round),
        }
      : {
          do: 'skip',
          key,
          at: opensAt,
          kind: 'invitation',
          to: { channel: 'group' },
          about: { round: round.key, activity: activity.key },
          why: 'too-late',
        };
  return [{ key, at: opensAt, happening }];
}

function peopleOf({ group }: Scene, { terms = usualTerms }: Coming): string[] {
  return group.members.filter((member) => inAudience(terms.audience, member)).map(({ key }) => key);
}

/** The window passed without a working morning in it, or while Rond was down: the convenor sets another. */
export function unopened(scene: Scene, activity: Activity, round: Coming): Line[] {
  if (!scene.convenor) return [];
  const missed = scene.draft.done.has(keys.open(round.key, round.reopened));
  if (!missed && isBefore(round.opensAt, round.closesAt)) return [];
  const place = scene.placeOf(scene.convenor);
  const key = keys.fix(activity.key, `window:${round.due}`);
  const about = { activity: activity.key, due: round.due, step: 'date' };
  const at = place.morning(missed ? round.opensAt : scene.group.startsAt);
  return [
    { place, to: [scene.recipient(scene.convenor)], steps: [{ at, until: null, kind: 'fix', about, key: () => key }] },
  ];
}
