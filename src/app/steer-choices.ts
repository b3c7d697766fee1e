/** People to choose from: as a list while it is short, by a written name when it is not. */

import type { Named } from '../cards/convenor-models.ts';
import type { Group, Member } from '../domain/group.ts';

/** Slack takes a hundred choices in a list. Where there are more, they come in pages or a name is written: nothing is ever left out. */
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

export type Meant = { is: 'one'; member: Member } | { is: 'nobody' } | { is: 'several'; labels: string[] };

/** Of several who fit, so many are named. */
export const mostLabels = 5;

/** Whom a key or a written name means: the whole name, with the organisation in brackets where two share it, or a part that one person has. */
export function people({ members }: Pick<Group, 'members'>): (text: string) => Meant {
  const byKey = new Map(members.map((member) => [member.key, member]));
  const names = members.map((member) => ({ member, name: plain(member.name), label: plain(labelOf(member)) }));
  return (text) => {
    const known = byKey.get(text.trim());
    if (known) return { is: 'one', member: known };
    const wanted = plain(text);
    if (wanted === '') return { is: 'nobody' };
    const whole = names.filter(({ name, label }) => name === wanted || label === wanted);
    const found = whole.length > 0 ? whole : names.filter(({ name }) => name.includes(wanted));
    const [first, second] = found;
    if (!first) return { is: 'nobody' };
    if (!second) return { is: 'one', member: first.member };
    const labels = found.slice(0, mostLabels).map(({ member }) => labelOf(member));
    return { is: 'several', labels: found.length > mostLabels ? [...labels, '…'] : labels };
  };
}

const labelOf = ({ name, organisation }: Member) => (organisation ? `${name} (${organisation})` : name);

/** The member that is meant; null when it is nobody, or several. */
export function memberFor(group: Pick<Group, 'members'>, text: string): Member | null {
  const meant = people(group)(text);
  return meant.is === 'one' ? meant.member : null;
}

/** The code of the error beside an input where it is not one person, with the names that would fit. */
export function notOne(meant: Exclude<Meant, { is: 'one' }>): string {
  return meant.is === 'nobody' ? 'unknown-person' : withFacts('several-people', meant.labels.join('; '));
}

/** What a code of an error carries with it: "several-people|Anna Ek; Anna Berg". */
const withFacts = (code: string, names: string) => `${code}|${names}`;

/** Names, as chosen (coded, with commas between) or as written (with commas, semicolons or lines between), and what is none of them. */
export function namesIn(known: readonly string[], text: string): { names: string[]; unknown: string[] } {
  const byPlain = new Map(known.map((name) => [plain(name), name]));
  const meant = (part: string): string | null => {
    const exact = byPlain.get(plain(decoded(part))) ?? byPlain.get(plain(part));
    if (exact !== undefined) return exact;
    const near = known.filter((name) => plain(part) !== '' && plain(name).includes(plain(part)));
    return near.length === 1 ? (near[0] ?? null) : null;
  };
  const found: { names: string[]; unknown: string[] } = { names: [], unknown: [] };
  for (const piece of text.split(/[;\n]/)) {
    const whole = byPlain.get(plain(piece));
    for (const part of whole === undefined ? listed(piece) : [whole]) {
      const name = meant(part);
      if (name === null) found.unknown.push(part);
      else if (!found.names.includes(name)) found.names.push(name);
    }
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
