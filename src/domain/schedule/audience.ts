/** Who a round asks. */

import type { Member } from '../group.ts';
import { type Audience, type Round, termsOf } from '../state.ts';

/** Of a survey that is for some: how many people it asks. */
export type Asked = { asked: number };

/** Whose part is to answer: not clients, owners and observers. */
export function isAsked(member: Member): boolean {
  return member.role !== 'client' && member.role !== 'owner' && member.role !== 'observer';
}

export function inAudience(audience: Audience, member: Member): boolean {
  if (audience === 'everyone') return isAsked(member);
  if (audience.members.includes(member.key)) return true;
  return (
    isAsked(member) &&
    (audience.constituencies.includes(member.constituency) || audience.organisations.includes(member.organisation))
  );
}

/** Whoever comes into the group while a round is open is asked too, when the round is for them. */
export const isFor = (round: Round, member: Member): boolean => inAudience(termsOf(round).audience, member);

export const isForSome = (round: Round): boolean => termsOf(round).audience !== 'everyone';

/** How many people these rounds ask between them: not the excused, and of a round that has not opened whoever it will ask. */
export function askedBy(members: readonly Member[], rounds: readonly Round[]): Asked {
  const asked = rounds.flatMap((round) =>
    round.openedAt
      ? round.assignments.filter(({ state }) => state !== 'excused').map(({ member }) => member)
      : members.filter((member) => isFor(round, member)).map(({ key }) => key),
  );
  return { asked: new Set(asked).size };
}
