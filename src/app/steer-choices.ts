/** People to choose from: as a list while it is short, by a written name when it is not. */

import type { Named } from '../cards/convenor-models.ts';
import type { Group, Member } from '../domain/group.ts';

/** Slack takes a hundred choices in a list. */
export const mostChoices = 90;

export const named = ({ key, name }: Pick<Member, 'key' | 'name'>): Named => ({ key, name });

export const byName = (one: Named, other: Named): number => one.name.localeCompare(other.name, 'sv');

/** Everybody, or an empty list when there are too many to choose from. */
export function choicesOf(members: readonly Member[]): Named[] {
  return members.length > mostChoices ? [] : members.map(named).sort(byName);
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

export function matching(people: readonly Named[], find: string): Named[] {
  const wanted = plain(find);
  return wanted === '' ? [...people] : people.filter(({ name }) => plain(name).includes(wanted));
}

/** The member a key or a written name means; null when it is nobody, or several. */
export function memberFor(group: Group, text: string): Member | null {
  const known = group.members.find(({ key }) => key === text.trim());
  if (known) return known;
  const found = group.members.filter(({ name }) => plain(name) === plain(text));
  const near = found.length > 0 ? found : group.members.filter(({ name }) => plain(name).includes(plain(text)));
  return near.length === 1 ? (near[0] ?? null) : null;
}

export const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
