/** People's own text on a card: shown as it was written, on every client. */

/**
 * Text as people see it, without what a client would act on: date macros and mentions get an invisible word
 * joiner (U+2060) after their first character, and marks that turn the reading direction are left out.
 */
export function literal(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\{(?=\{)/g, '{\u2060')
    .replace(/<(?=\/?at\b)/gi, '<\u2060');
}

/** Whether text holds nothing that {@link literal} would change: most does not, and then no card needs to be gone through. */
export function isHarmless(text: string): boolean {
  return !/[\u202a-\u202e\u2066-\u2069]|\{\{|<\/?at\b/i.test(text);
}

/** Letters of a choice; Slack takes no more. */
export const choiceSpace = 75;

/** At most `max` UTF-16 units, ending in "…" when something was cut. Never splits a character in two. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A word behind its symbol, as one: a symbol alone at the end of a line belongs to nothing. */
export function together(symbolAndWord: string): string {
  return symbolAndWord.replace(' ', '\u00a0');
}

/** Free of Markdown's characters, so that it can be a heading. */
export function isPlain(text: string): boolean {
  return !/[*_[\]`~#<>|\\{}\n]|https?:/.test(text);
}

/** Members of a card whose strings a machine reads; everything else is for people. */
const machineRead = new Set(['data', 'value', 'id', 'url', 'verb', 'type', 'version', '$schema']);

/** A card with every string that people read made {@link literal}. */
export function literalCard<T>(node: T): T {
  if (typeof node === 'string') return literal(node) as T;
  if (Array.isArray(node)) return node.map(literalCard) as T;
  if (node === null || typeof node !== 'object') return node;
  const made: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(node)) {
    made[member] = machineRead.has(member) ? value : literalCard(value);
  }
  return made as T;
}
