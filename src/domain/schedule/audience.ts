/** Who a round asks. */

import type { Member } from '../group.ts';
import { type Audience, type Round, termsOf } from '../state.ts';

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
