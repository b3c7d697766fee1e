/** What is different about a round, as the audit keeps it. */

import { lastDay } from '../schedule/reminders.ts';
import { type Round, termsOf, usualTerms } from '../state.ts';
import type { Edit, Scene } from './deed.ts';
import { termEdits } from './terms.ts';

/** `before` null: the round is new. */
export function roundEdits(scene: Scene, before: Round | null, after: Round): Edit[] {
  const { home, group } = scene;
  const opens = (round: Round) => home.day(round.opensAt).toString();
  const closes = (round: Round) => lastDay(round.closesAt, group.timeZone).toString();
  const edits: Edit[] = [];
  const compare = (field: string, of: (round: Round) => string | null) => {
    const [from, to] = [before ? of(before) : null, of(after)];
    if (from !== to) edits.push({ field, from, to });
  };
  compare('instrument', ({ instrument }) => instrument);
  compare('catalogue', ({ catalogue }) => catalogue);
  compare('opens', opens);
  compare('closes', closes);
  return [...edits, ...termEdits(scene, before ? termsOf(before) : usualTerms, termsOf(after))];
}
