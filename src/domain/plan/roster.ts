/** The people of a channel as members a plan can name. */

import type { Language, Member } from '../group.ts';
import { resolveOwner } from './owners.ts';
import { slug } from './to-activities.ts';

/** Somebody in the channel, as the platform tells it; null is "not told". */
export type RosterPerson = {
  user: string;
  name: string;
  mail: string | null;
  language: Language | null;
  timeZone: string | null;
};

/** Somebody a plan can name. `key` is the member's own, stable within the group. */
export type Person = RosterPerson & {
  key: string;
  /** A member of the group who is in its channel no more. */
  left: boolean;
};

/**
 * Everybody of the channel with a key: a member keeps theirs, found by `user`; members who are not in the channel any more
 * come last, as `left`. `members` have their user on the channel's platform, null when they are reached elsewhere. `taken`: keys
 * that are nobody's of these, and stay so.
 */
export function peopleOf(
  roster: readonly RosterPerson[],
  members: readonly (Pick<Member, 'key' | 'name'> & { user: string | null })[],
  taken: Iterable<string> = [],
): Person[] {
  const keys = new Set([...members.map((member) => member.key), ...taken]);
  const keyOf = new Map(members.flatMap(({ key, user }) => (user === null ? [] : [[user, key] as const])));
  const here = new Set(roster.map(({ user }) => user));
  const people = roster.map((person) => {
    const key = keyOf.get(person.user) ?? freeKey(slug(person.name), keys);
    keys.add(key);
    return { ...person, key, left: false };
  });
  // A member who is reached on another platform only has not left: they never were in this channel.
  const others = members
    .filter(({ user }) => user === null || !here.has(user))
    .map(({ key, name, user }) => ({
      user: user ?? '',
      name,
      mail: null,
      language: null,
      timeZone: null,
      key,
      left: user !== null,
    }));
  return [...people, ...others];
}

/** The same, with a number behind it where it is taken. */
export function freeKey(base: string, taken: ReadonlySet<string>): string {
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return key;
}

const chair =
  /(?<!\p{L})(?:sammankallande|ordförande|leder|ledare|leds av|ledes av|leiar|convenors?|conveners?|chair(?:ed by|person)?|led by|koollekutsuja|puheenjohtaja)(?!\p{L})/iu;
const mostLines = 5000;
const longestLine = 500;

/** The lines of a text that speak of who convenes, at most a few. */
export function charterLines(text: string): string {
  const lines = text.split('\n', mostLines).filter((line) => line.length <= longestLine && chair.test(line));
  return lines.slice(0, 10).join('\n');
}

/**
 * Who the charter names as convenor: somebody whose full name stands on a line with the word, or whose name follows it.
 * Null when nobody of these people is named, or two are.
 */
export function namedConvenor<P extends { key: string; name: string }>(text: string, people: readonly P[]): P | null {
  for (const line of text.split('\n', mostLines)) {
    const found = line.length > longestLine ? null : chair.exec(line);
    if (!found) continue;
    const low = line.normalize('NFC').toLowerCase();
    const full = people.filter(({ name }) => name.includes(' ') && low.includes(name.normalize('NFC').toLowerCase()));
    if (full.length === 1) return full[0] ?? null;
    if (full.length > 1) continue;
    const after = line.slice(found.index + found[0].length).replace(/^[\s:–—|\t-]+/, '');
    const written = after.split(/[,;|(\t]|\s(?:och|og|ja|and)\s/u)[0]?.trim() ?? '';
    const named = written === '' ? null : resolveOwner(written, people);
    if (named?.is === 'one') return named.member;
  }
  return null;
}
