/** "läs in", "import plan": somebody wants to bring a timetable. */

import { languages } from '../domain/group.ts';
import { say } from './words.ts';

const words = new Set(
  languages.flatMap((language) => [
    say(language, 'command.import'),
    ...say(language, 'command.import.also').split('|'),
  ]),
);

/** Whatever the writer's own language. */
export function asksForImport(text: string): boolean {
  return words.has(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^[\s/]+|[\s.!?…]+$/g, '')
      .replace(/\s+/g, ' '),
  );
}
