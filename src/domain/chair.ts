/** The chair that somebody was given by somebody else. */

import type { Group, Member } from './group.ts';

/** Whom it was handed over to and when, as long as they have it; null where whoever has it began the group or took it. */
export function handedTo({
  chair,
  members,
}: Pick<Group, 'chair' | 'members'>): { member: Member; at: Temporal.Instant } | null {
  if (!chair || chair.by === chair.to) return null;
  const member = members.find(({ key, role }) => key === chair.to && role === 'convenor');
  return member ? { member, at: chair.at } : null;
}
