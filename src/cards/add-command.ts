/** "lägg till @Anna Ek", "add anna@example.org": somebody wants to bring people into a group. */

import { languages } from '../domain/group.ts';
import { say } from './words.ts';

const words = languages
  .flatMap((language) => [say(language, 'command.add'), ...say(language, 'command.add.also').split('|')])
  .toSorted((one, other) => other.length - one.length);

/** What stands behind the word, whatever the writer's own language; '' for the word alone. Null when the text begins otherwise. */
export function parseAdding(text: string): string | null {
  const plain = text.normalize('NFC').replace(/^[\s/]+/, '');
  const low = plain.toLowerCase().replace(/\s/g, ' ');
  const word = words.find((one) => low === one || low.startsWith(`${one} `));
  return word === undefined ? null : plain.slice(word.length).trim();
}
