/** What a group's state is once a happening has been carried out. */

import type { Group } from '../group.ts';
import type { Happening, MessageKind, Tell } from '../happening.ts';
import type { Assignment, Change, GroupState, Round } from '../state.ts';
import { type Done, doneIn } from './done.ts';
import { isAgain } from './keys.ts';
import type { Message } from './messages.ts';

/** The parts of a state that happenings change, in a form that can be moved forward cheaply. */
export type Draft = {
  done: Done;
  rounds: Map<string, RoundDraft>;
  /** Keys of the rounds of each activity. */
  byActivity: Map<string, Set<string>>;
  changes: Change[];
  toldUntil: GroupState['toldUntil'];
  councilToldUntil: Temporal.Instant | null;
  /** Where there is a weekly cap: the last times each member was written to unasked, as many as the cap, in epoch milliseconds, ascending. */
  unasked: Map<string, readonly number[]> | null;
  /** 0 where there is none. */
  cap: number;
};

/** A round, and its assignments by member from when they are first asked for: those are then the truth. */
export type RoundDraft = { round: Round; byMember: Map<string, Assignment> | null };

export function draftOf(group: Group, state: GroupState): Draft {
  const draft: Draft = {
    done: doneIn(state.done),
    rounds: new Map(),
    byActivity: new Map(),
    changes: [...state.changes],
    toldUntil: state.toldUntil,
    councilToldUntil: state.council?.toldUntil ?? null,
    unasked: group.sending?.weeklyCap ? new Map(state.unasked) : null,
    cap: group.sending?.weeklyCap ?? 0,
  };
  for (const round of state.rounds) addRound(draft, round);
  return draft;
}

function addRound(draft: Draft, round: Round): void {
  draft.rounds.set(round.key, { round, byMember: null });
  const keys = draft.byActivity.get(round.activity);
  if (keys) keys.add(round.key);
  else draft.byActivity.set(round.activity, new Set([round.key]));
}

/** Pure: the given state stays as it is. For many happenings at once use `evolveAll`, which copies once. */
export function evolve(group: Group, state: GroupState, happening: Happening): GroupState {
  return evolveAll(group, state, [happening]);
}

export function evolveAll(group: Group, state: GroupState, happenings: Iterable<Happening>): GroupState {
  const draft = draftOf(group, state);
  for (const happening of happenings) advance(draft, happening);
  const { done, changes, toldUntil, unasked } = draft;
  return {
    ...state,
    done: done.all(),
    changes,
    toldUntil,
    ...(state.council ? { council: { ...state.council, toldUntil: draft.councilToldUntil } } : {}),
    ...(unasked ? { unasked } : {}),
    rounds: [...draft.rounds.values()].map(finished),
  };
}

/** Moves a draft forward in place. A key that is done already changes nothing. */
export function advance(draft: Draft, happening: Happening): void {
  if (!draft.done.add(happening.key)) return;
  follow(draft, happening);
  if (isCounted(happening) && 'member' in happening.to) countIn(draft, happening, happening.to.member);
}

/** What was passed over because somebody had answered keeps its place in the week, or the hour of their other messages would tell that. */
function isCounted(happening: Happening): happening is Extract<Happening, { do: 'tell' | 'skip' }> {
  if (happening.do === 'skip') return happening.why === 'answered' || happening.why === 'snoozed';
  return happening.do === 'tell';
}

/** The same for a message that is known not to have been told, and has been counted. */
export function followAll(draft: Draft, { step: { kind, about }, to, why }: Message): void {
  if (why !== null || (kind !== 'invitation' && !about.until)) return;
  for (const one of to) told(draft, { kind, about, to: one });
}

function follow(draft: Draft, happening: Happening): void {
  switch (happening.do) {
    case 'open-round': {
      const scheduled = draft.rounds.get(happening.round)?.round;
      const round: Round = {
        opensAt: happening.at,
        closedAt: null,
        ...scheduled,
        key: happening.round,
        activity: happening.activity,
        instrument: happening.instrument,
        catalogue: happening.catalogue,
        closesAt: happening.closesAt,
        openedAt: happening.at,
        assignments: happening.members.map(pending),
      };
      addRound(draft, round);
      note(draft, happening.at, 'round-opened', round.activity, { round: round.key });
      return;
    }
    case 'close-round': {
      const found = draft.rounds.get(happening.round);
      if (!found || found.round.closedAt) return;
      draft.rounds.set(happening.round, { ...found, round: { ...found.round, closedAt: happening.at } });
      note(draft, happening.at, 'round-closed', found.round.activity, { round: happening.round });
      return;
    }
    case 'note-overdue':
      note(draft, happening.at, 'overdue', happening.activity, { due: happening.due });
      return;
    case 'tell':
      told(draft, happening);
      return;
    case 'skip':
      return;
  }
}

function told(draft: Draft, { kind, to, about }: Pick<Tell, 'kind' | 'to' | 'about'>): void {
  if (about.until && 'channel' in to) {
    const until = Temporal.Instant.from(about.until);
    if (to.channel === 'council') draft.councilToldUntil = until;
    else draft.toldUntil = { ...draft.toldUntil, [to.channel]: until };
  }
  // Whoever joins while a round is open becomes part of it with the invitation.
  if (kind === 'invitation' && about.round && 'member' in to) {
    const found = draft.rounds.get(about.round);
    if (found && !assignmentsOf(found).has(to.member)) assignmentsOf(found).set(to.member, pending(to.member));
  }
}

/** In a person's week, where there is a cap. */
function countIn({ unasked, cap }: Draft, { key, at, kind }: Pick<Tell, 'key' | 'at' | 'kind'>, who: string): void {
  if (unasked && isUnasked(key, kind)) unasked.set(who, counted(unasked.get(who) ?? [], cap, at.epochMilliseconds));
}

/** A week with one more message in it. */
export function counted(sent: readonly number[], cap: number, ms: number): number[] {
  const all = [...sent, ms];
  if ((sent.at(-1) ?? ms) > ms) all.sort((one, other) => one - other);
  return all.slice(-cap);
}

/** What counts towards a person's week: not what they pressed for or put off to that day, nor what a convenor has to decide on. */
export function isUnasked(key: string, kind: MessageKind): boolean {
  return kind !== 'receipt' && kind !== 'notice' && kind !== 'summary' && !isAgain(key);
}

const pending = (member: string): Assignment => ({ member, state: 'pending', extendedTo: null });

function note(
  draft: Draft,
  at: Temporal.Instant,
  kind: Change['kind'],
  activity: string,
  facts: Change['facts'],
): void {
  draft.changes.push({ at, kind, activity, facts });
}

export function assignmentsOf(draft: RoundDraft): Map<string, Assignment> {
  draft.byMember ??= new Map(draft.round.assignments.map((assignment) => [assignment.member, assignment]));
  return draft.byMember;
}

function finished({ round, byMember }: RoundDraft): Round {
  return byMember && byMember.size !== round.assignments.length
    ? { ...round, assignments: [...byMember.values()] }
    : round;
}
