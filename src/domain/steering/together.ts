/**
 * Where two runs that only some rounds set apart come together again: those rounds are over in both, and everything else has gone the same
 * way for so long that neither a full week nor a row of days off can still carry a difference on. From there they are the same.
 */

import type { Group } from '../group.ts';
import type { Happening } from '../happening.ts';
import type { Draft } from '../schedule/evolve.ts';
import type { Change, GroupState, Round } from '../state.ts';
import { differing, isSame } from './touched.ts';

type Whole = { group: Group; state: GroupState };

export type Together = {
  /** What happened at a moment in only one of the runs. */
  saw(ms: number, gone: readonly Happening[], come: readonly Happening[]): void;
  /** At a moment at which both runs are. */
  isReached(ms: number, old: Draft, next: Draft): boolean;
};

/** Longer than a week's cap reaches, and than there are days off in a row. */
const quietMs = 14 * 86_400_000;

/** Null when more than rounds set the runs apart. `round`: must be over, too, whatever sets them apart. */
export function togetherIn(before: Whole, after: Whole, round: string | null): Together | null {
  if (!isSame(before.group, after.group, ['members', 'version'])) return null;
  if (differing(before.group.members, after.group.members).length > 0) return null;
  if (!isSame(before.state, after.state, ['rounds', 'changes'])) return null;
  const changed = differing<Round>(before.state.rounds, after.state.rounds).map(({ key }) => key);
  if (round !== null) changed.push(round);
  /** What only one of them has had so far. */
  const [had, has] = [new Map<string, Happening>(), new Map<string, Happening>()];
  let last = Number.NEGATIVE_INFINITY;
  /** Since when those rounds are over in both. */
  let over = Number.POSITIVE_INFINITY;
  const take = (happenings: readonly Happening[], mine: Map<string, Happening>, others: Map<string, Happening>) => {
    for (const one of happenings) if (!others.delete(one.key)) mine.set(one.key, one);
  };
  return {
    saw(ms, gone, come) {
      if (gone.length + come.length > 0) last = ms;
      take(gone, had, has);
      take(come, has, had);
    },
    isReached(ms, old, next) {
      const isOver = (key: string) => isClosed(old, key) && isClosed(next, key);
      if (!changed.every(isOver)) return false;
      over = Math.min(over, ms);
      if (ms - Math.max(over, last) < quietMs) return false;
      const keys = new Set([...old.rounds.keys(), ...next.rounds.keys()]);
      const goOn = [...keys].filter((key) => !isOver(key));
      return (
        goOn.every((key) => isAlike(old.rounds.get(key)?.round, next.rounds.get(key)?.round)) &&
        [...had.values(), ...has.values()].every((one) => isBygone(one, isOver)) &&
        untoldIn(old) === untoldIn(next)
      );
    },
  };
}

const isClosed = ({ rounds }: Draft, key: string) => Boolean(rounds.get(key)?.round.closedAt);

/** It belongs to a round that is over, or is a digest: what is told next there depends on what has not been told. */
function isBygone(one: Happening, isOver: (round: string) => boolean): boolean {
  if (one.do === 'open-round' || one.do === 'close-round') return isOver(one.round);
  if (one.do === 'note-overdue') return false;
  const { round, until } = one.about;
  return round === undefined ? until !== undefined : isOver(round);
}

function isAlike(one: Round | undefined, other: Round | undefined): boolean {
  if (!one || !other) return false;
  const times = ({ opensAt, openedAt, closesAt, closedAt }: Round) => `${opensAt} ${openedAt} ${closesAt} ${closedAt}`;
  return one === other || times(one) === times(other);
}

/** Until when each channel has been told, and the first of what it has not. */
function untoldIn({ toldUntil, councilToldUntil, changes }: Draft): string {
  const all = [toldUntil.group, toldUntil.steering, councilToldUntil];
  return all.map((told) => `${told} ${firstAfter(changes, told)}`).join();
}

function firstAfter(changes: readonly Change[], told: Temporal.Instant | null): number {
  const from = told?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  return changes.reduce((first, { at }) => {
    const ms = at.epochMilliseconds;
    return ms > from && ms < first ? ms : first;
  }, Number.POSITIVE_INFINITY);
}
