/** What a command would change about what is sent: the preview before and after it, side by side. */

import type { Holidays } from '../calendar.ts';
import type { Group } from '../group.ts';
import type { Tell } from '../happening.ts';
import { preview } from '../schedule/preview.ts';
import type { GroupState } from '../state.ts';

export type Effects = {
  /** Would no longer be sent, or not at that time. */
  stops: Tell[];
  /** Would be new, or at another time. */
  starts: Tell[];
  /** Everything that would be sent after it. */
  after: Tell[];
};

type Whole = { group: Group; state: GroupState };

/** In order of time, from `now` up to `until`. */
export function effectsOf(
  before: Whole,
  after: Whole,
  now: Temporal.Instant,
  until: Temporal.Instant,
  holidays: Holidays,
): Effects {
  const tellsOf = ({ group, state }: Whole) =>
    preview(group, state, now, until, holidays).filter((one): one is Tell => one.do === 'tell');
  const [old, next] = [tellsOf(before), tellsOf(after)];
  const missingIn = (tells: Tell[]) => {
    const at = new Map(tells.map((tell) => [tell.key, tell.at.epochMilliseconds]));
    return (tell: Tell) => at.get(tell.key) !== tell.at.epochMilliseconds;
  };
  return { stops: old.filter(missingIn(next)), starts: next.filter(missingIn(old)), after: next };
}
