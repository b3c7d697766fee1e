/**
 * Expanding a template takes ten times as long as filling one in. A template whose conditions ask only for numbers and flags,
 * or whether a text is empty, is expanded once for each shape of its data; then only texts are put in.
 */

import type { Card } from '../ports/chat.ts';
import type { CardName } from './models.ts';
import { Slots } from './splice.ts';
import { templateOf } from './template.ts';
import { literalCard } from './text.ts';

type Data = Record<string, unknown>;
type Fill = ReturnType<Slots<string>['cut']>;

/** A round's answers have a few shapes; the oldest goes. */
const most = 64;
const fillers = new Map<string, Fill>();

/** Equal to expanding with `data`, and made {@link literalCard} unless `asWritten`. Throws CardFault as expanding does. */
export function expandByShape(name: CardName, data: Data, asWritten: boolean): Card {
  const texts: Record<string, string> = {};
  let count = 0;
  const shape = eachText(data, (text) => {
    texts[count++] = text;
    return '$';
  });
  const key = `${name} ${JSON.stringify(shape)}`;
  let fill = fillers.get(key);
  if (!fill) {
    fill = fillerOf(name, data, Object.keys(texts));
    const [oldest] = fillers.keys();
    if (oldest !== undefined && fillers.size >= most) fillers.delete(oldest);
    fillers.set(key, fill);
  }
  return JSON.parse(fill(texts, asWritten));
}

function fillerOf(name: CardName, data: Data, names: string[]): Fill {
  const slots = new Slots<string>(names, '');
  let count = 0;
  const blank = eachText(data, () => slots.placeholders[count++] as string) as Data;
  return slots.cut(name, JSON.stringify(literalCard(templateOf(name).expand(blank))));
}

/** The same data with every text that is not empty replaced, always in the same order. */
function eachText(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return value === '' ? '' : replace(value);
  if (Array.isArray(value)) return value.map((one) => eachText(one, replace));
  if (value === null || typeof value !== 'object') return value;
  const made: Data = {};
  for (const [member, inner] of Object.entries(value)) made[member] = eachText(inner, replace);
  return made;
}
