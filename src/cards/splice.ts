/** Placeholders that survive expansion, and the cut text between which each person's values are put. */

import { CardFault } from './card-fault.ts';
import type { CardName } from './models.ts';
import { literal } from './text.ts';

// Private-use characters: nobody types them. The doubled brace lets `literal` leave its mark, which tells a placeholder
// that people read from one that a machine reads.
const open = '\ue000';
const close = '\ue001';

/** How one person's value goes into JSON text. */
const encode = (value: string) => JSON.stringify(value).slice(1, -1);

export class Slots<P extends string> {
  readonly placeholders: Record<P, string>;
  readonly #names: readonly P[];
  readonly #mark: string;

  /** @param avoid JSON text of the shared model: the placeholders are none of its parts */
  constructor(names: readonly P[], avoid: string) {
    let mark = 0;
    while (avoid.includes(`${open}${mark}.`)) mark++;
    this.#mark = `${mark}`;
    this.#names = names;
    this.placeholders = {} as Record<P, string>;
    for (const [index, name] of names.entries()) this.placeholders[name] = `${open}${mark}.${index}{{${close}`;
  }

  /**
   * Throws CardFault when a placeholder was changed on its way, i.e. when a view did more than show or carry it.
   * What people read is made literal, unless all of it is put in `asWritten`.
   */
  cut(card: CardName, json: string): (values: Record<P, string>, asWritten?: boolean) => string {
    const pieces: string[] = [];
    const slots: { name: P; read: boolean }[] = [];
    let from = 0;
    for (const match of json.matchAll(new RegExp(`${open}${this.#mark}\\.(\\d+)\\{(\u2060?)\\{${close}`, 'g'))) {
      pieces.push(json.slice(from, match.index));
      slots.push({ name: this.#names[Number(match[1])] as P, read: match[2] !== '' });
      from = match.index + match[0].length;
    }
    const last = json.slice(from);
    const changed = [...pieces, last].some((piece) => piece.includes(`${open}${this.#mark}.`));
    if (changed)
      throw new CardFault(
        card,
        this.#names.map((name) => `${name} as it was given`),
      );
    return (values, asWritten = false) => {
      let text = '';
      for (const [index, slot] of slots.entries()) {
        const value = values[slot.name];
        text += (pieces[index] as string) + encode(slot.read && !asWritten ? literal(value) : value);
      }
      return text + last;
    };
  }
}
