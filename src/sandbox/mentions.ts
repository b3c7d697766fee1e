/** "@Anna Ek" in what somebody writes: a client of either platform makes a mention of it. */

/** Each `@` with the name of one of these people behind it, the longest that fits, is written as `mention` says. */
export function withMentions<P extends { name: string }>(
  text: string,
  people: readonly P[],
  mention: (person: P) => string,
): { text: string; mentioned: P[] } {
  const longestFirst = people.toSorted((one, other) => other.name.length - one.name.length);
  const mentioned: P[] = [];
  const [before = '', ...parts] = text.split('@');
  const after = parts.map((part) => {
    const person = longestFirst.find(({ name }) => name !== '' && part.toLowerCase().startsWith(name.toLowerCase()));
    if (!person) return `@${part}`;
    mentioned.push(person);
    return `${mention(person)}${part.slice(person.name.length)}`;
  });
  return { text: [before, ...after].join(''), mentioned };
}
