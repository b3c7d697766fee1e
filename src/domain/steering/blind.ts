/**
 * A group's state without who has answered: what a convenor may foresee of a round that keeps to counts. Two states that differ only in
 * which people have answered such a round become the same one, so whatever is computed from it can tell nobody. The ledger's keys are
 * the same in both (`Line.unsaid`), so what has been told is known exactly: everything that will be sent is foreseen, and what whoever
 * has answered will not get besides.
 */

import { isOpen } from '../schedule/rounds.ts';
import { type GroupState, keepsToCounts, type Round } from '../state.ts';

/** Open, and nobody is told who has answered it. */
export const isSecret = (round: Round): boolean => keepsToCounts(round) && isOpen(round);

/**
 * What makes this state, and any that a command makes of it, blind: as if nobody had answered. Reminders that people put off themselves
 * are left out: only somebody who has not answered can put one off. `also`: a closed round that may be opened again. States stay as they
 * are where no round keeps to counts.
 */
export function blinding(state: GroupState, also?: string): (state: GroupState) => GroupState {
  const secret = state.rounds.filter((round) => isSecret(round) || (keepsToCounts(round) && round.key === also));
  if (secret.length === 0) return (same) => same;
  const names = new Set(secret.map(({ key }) => key));
  const putOff = secret.map(({ key }) => `again:round:${key}:`);
  return (later) => ({
    ...later,
    rounds: later.rounds.map((round) => (isSecret(round) ? unanswered(round) : round)),
    snoozes: (later.snoozes ?? []).filter(({ about }) => !('round' in about && names.has(about.round))),
    done: new Set([...later.done].filter((key) => !putOff.some((start) => key.startsWith(start)))),
  });
}

const unanswered = (round: Round): Round => ({
  ...round,
  assignments: round.assignments
    .map((part) => (part.state === 'excused' ? part : { ...part, state: 'pending' as const }))
    .sort((one, other) => (one.member < other.member ? -1 : 1)),
});
