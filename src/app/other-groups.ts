/** Somebody may be in several groups: a card about one leads to the others. */

import type { Group } from '../domain/group.ts';
import type { Person } from '../ports/store.ts';

/** Where else this person is: the way to the same card of another group. */
export function otherGroups(people: readonly Person[], { key }: Pick<Group, 'key'>): { ref: string; name: string }[] {
  return people
    .filter(({ groupKey }) => groupKey !== key)
    .map(({ groupKey, groupName }) => ({ ref: groupKey, name: groupName }));
}
