/** Runs a plan tick by tick, as the product does: decide, carry out, wait. */

import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../src/domain/group.ts';
import type { Happening, Tell } from '../../src/domain/happening.ts';
import { decide } from '../../src/domain/schedule/decide.ts';
import { evolveAll } from '../../src/domain/schedule/evolve.ts';
import type { AssignmentState, GroupState, StatusUpdate } from '../../src/domain/state.ts';
import { emptyState } from '../../src/domain/state.ts';

export type Tick = { now: Temporal.Instant; happenings: Happening[] };

export const at = (text: string) => Temporal.Instant.from(text);

/** `between` is what people do just before a tick. */
export function run(
  group: Group,
  ticks: Temporal.Instant[],
  between: (state: GroupState, now: Temporal.Instant) => GroupState = (state) => state,
  state: GroupState = emptyState,
): { ticks: Tick[]; state: GroupState } {
  let now = state;
  const done = ticks.map((tick) => {
    now = between(now, tick);
    const happenings = decide(group, now, tick, holidayName);
    now = evolveAll(group, now, happenings);
    return { now: tick, happenings };
  });
  return { ticks: done, state: now };
}

/** Ticks from one instant up to another, at a fixed spacing. */
export function every(minutes: number, from: string, to: string): Temporal.Instant[] {
  const ticks: Temporal.Instant[] = [];
  for (let tick = at(from); Temporal.Instant.compare(tick, at(to)) <= 0; tick = tick.add({ minutes })) ticks.push(tick);
  return ticks;
}

export const tells = (happenings: Happening[]): Tell[] => happenings.flatMap((one) => (one.do === 'tell' ? [one] : []));

export const told = (ticks: Tick[]): Tell[] => tells(ticks.flatMap(({ happenings }) => happenings));

/** "2022-11-04T08:00:00Z key", one a line. */
export const lines = (happenings: Happening[]): string[] => happenings.map((one) => `${one.at} ${one.key}`);

export function answered(state: GroupState, member: string, to: AssignmentState = 'submitted'): GroupState {
  const rounds = state.rounds.map((round) => ({
    ...round,
    assignments: round.assignments.map((one) => (one.member === member ? { ...one, state: to } : one)),
  }));
  return { ...state, rounds };
}

export function extended(state: GroupState, member: string, extendedTo: Temporal.Instant): GroupState {
  const rounds = state.rounds.map((round) => ({
    ...round,
    assignments: round.assignments.map((one) => (one.member === member ? { ...one, extendedTo } : one)),
  }));
  return { ...state, rounds };
}

export function said(state: GroupState, update: Partial<StatusUpdate> & { activity: string; due: string }): GroupState {
  const full: StatusUpdate = {
    status: 'under-way',
    note: '',
    newDate: null,
    by: null,
    at: at('2022-10-01T08:00Z'),
    ...update,
  };
  const others = state.statuses.filter((one) => one.activity !== full.activity || one.due !== full.due);
  return { ...state, statuses: [...others, full] };
}
