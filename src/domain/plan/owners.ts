/** Who a row names, and which member that is. */

export type Named = { key: string; name: string };

const everyone = new Set([
  ...[
    'alla',
    'samtliga',
    'alla medlemmar',
    'samtliga medlemmar',
    'alla i gruppen',
    'hela gruppen',
    'hela arbetsgruppen',
  ],
  ...[
    'arbetsgruppen',
    'gruppen',
    'alle',
    'samtlige',
    'alle medlemmer',
    'hele gruppen',
    'hele arbeidsgruppen',
    'arbeidsgruppen',
  ],
  ...['kaikki', 'kaikki jäsenet', 'koko ryhmä', 'koko työryhmä', 'työryhmä', 'ryhmä'],
  ...['all', 'everyone', 'everybody', 'all members', 'the group', 'whole group', 'the whole group', 'working group'],
]);

const nobody =
  /^(?:[-–—?.\s]*|tbd|tba|n\/a|n\.a\.|vakant|ingen|saknas|ej utsedd|ej klart|ikke avklart|ei nimetty|avoin|nobody|none|open)$/;

const between = /[,;&+\n/]|\s(?:och|samt|og|ja|sekä|and)\s/giu;

/** The owners of a cell: everyone, or the names as written. */
export function readOwners(cell: string): 'all' | string[] {
  const text = cell.normalize('NFC').trim();
  if (nobody.test(text.toLowerCase())) return [];
  const names = splitOutsideBrackets(text)
    .map((name) =>
      name
        .replace(/\s+/g, ' ')
        .replace(/[\s?.:]+$/, (end) => (/^\.$/.test(end) ? end : ''))
        .trim(),
    )
    .filter((name) => !nobody.test(name.toLowerCase()));
  if (names.some((name) => everyone.has(bare(name)))) return 'all';
  return [...new Set(names)];
}

/** "Karin (region, kommun)" is one name. */
function splitOutsideBrackets(text: string): string[] {
  const kept: string[] = [];
  const hidden = text.replace(/\([^()]*\)/g, (bracket) => `\u0000${kept.push(bracket) - 1}\u0000`);
  return hidden.split(between).map((part) => part.replace(/\u0000(\d+)\u0000/g, (_, at) => kept[Number(at)] ?? ''));
}

function bare(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\([^()]*\)/g, ' ')
    .replace(/[?:*]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

export type Resolution<M extends Named> = { is: 'one'; member: M } | { is: 'none' } | { is: 'many'; candidates: M[] };

/**
 * Which member a written name means: the full name, else the first name, else any of the member's names in order,
 * with initials ("Karin A."). The first of these that fits anybody decides; two who fit are an ambiguity, never a guess.
 */
export function resolveOwner<M extends Named>(written: string, members: readonly M[]): Resolution<M> {
  const parts = tokens(written);
  if (parts.length === 0) return { is: 'none' };
  const { people, byFull, byFirst } = indexOf(members);
  const matchers = [
    () => byFull.get(parts.join(' ')) ?? [],
    () => (byFirst.get(parts[0] ?? '') ?? []).filter(({ names }) => inOrder(parts, names)),
    () => people.filter(({ names }) => inOrder(parts, names)),
  ];
  for (const matching of matchers) {
    const candidates = matching().map(({ member }) => member as M);
    const [first] = candidates;
    if (first) return candidates.length === 1 ? { is: 'one', member: first } : { is: 'many', candidates };
  }
  return { is: 'none' };
}

type Parted = { member: Named; names: string[] };
type Index = { people: Parted[]; byFull: Map<string, Parted[]>; byFirst: Map<string, Parted[]> };

/** A plan of hundreds of rows asks for the same thousands of names each time. */
const indexes = new WeakMap<readonly Named[], Index>();

function indexOf(members: readonly Named[]): Index {
  const known = indexes.get(members);
  if (known?.people.length === members.length) return known;
  const people = members.map((member) => ({ member, names: tokens(member.name) }));
  const made = {
    people,
    byFull: Map.groupBy(people, ({ names }) => names.join(' ')),
    byFirst: Map.groupBy(people, ({ names }) => names[0] ?? ''),
  };
  indexes.set(members, made);
  return made;
}

function tokens(name: string): string[] {
  return bare(name)
    .split(/[\s.]+/)
    .filter((part) => part !== '');
}

function inOrder(parts: readonly string[], names: readonly string[]): boolean {
  if (!parts.some((part) => part.length > 1)) return false;
  let at = 0;
  for (const part of parts) {
    while (at < names.length && !(names[at] === part || (part.length === 1 && names[at]?.startsWith(part)))) at++;
    if (at === names.length) return false;
    at++;
  }
  return true;
}
