/** A draft names people by keys of the time it was made. Meanwhile people of its group may have come, left, or got one of those keys. */

import type { Member } from '../group.ts';
import type { Draft, RowFix } from './draft.ts';
import { freeKey, type Person } from './roster.ts';

/** Somebody of the group; `user` on the channel's platform, null when they are reached elsewhere. */
type Known = Pick<Member, 'key' | 'name'> & { user: string | null };

/**
 * The draft with the keys people have now: members theirs, by who they are and not by what they are called; newcomers one that nobody has or had.
 * Whoever has left the group is nobody a plan can name, and what had been set right with them stands as it was read.
 */
export function withPeopleNow(draft: Draft, members: readonly Known[], former: readonly Omit<Known, 'name'>[]): Draft {
  const byUser = new Map(members.flatMap((one) => (one.user === null ? [] : [[one.user, one] as const])));
  const byKey = new Map(members.map((one) => [one.key, one]));
  const gone = new Set(former.map(({ user }) => user));
  const taken = new Set([...members, ...former].map(({ key }) => key));
  const renamed = new Map<string, string>();
  const people = draft.people.flatMap((person): Person[] => {
    const member = person.user === '' ? byKey.get(person.key) : byUser.get(person.user);
    if (!member && (person.user === '' || gone.has(person.user))) return [];
    const key = member?.key ?? freeKey(person.key, taken);
    taken.add(key);
    renamed.set(person.key, key);
    return [{ ...person, key }];
  });
  const isThere = new Set(people.map(({ key }) => key));
  const others = members.filter(({ key }) => !isThere.has(key));
  return {
    ...draft,
    people: [...people, ...others.map(memberElsewhere)],
    names: Object.fromEntries(
      Object.entries(draft.names).flatMap(([written, key]) => {
        const now = renamed.get(key);
        return now === undefined ? [] : [[written, now]];
      }),
    ),
    fixes: Object.fromEntries(Object.entries(draft.fixes).map(([line, fix]) => [line, fixNow(fix, renamed)])),
  };
}

function memberElsewhere({ key, name, user }: Known): Person {
  return { key, name, user: user ?? '', mail: null, language: null, timeZone: null, left: false };
}

function fixNow(fix: RowFix, renamed: ReadonlyMap<string, string>): RowFix {
  const { owners, ...rest } = fix;
  if (owners === undefined || owners === 'all' || owners.length === 0) return fix;
  const now = owners.flatMap((key) => renamed.get(key) ?? []);
  return now.length > 0 ? { ...rest, owners: now } : rest;
}
