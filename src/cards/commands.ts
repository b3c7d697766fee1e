/** What people write to Rond, in any of its languages. */

import { languages } from '../domain/group.ts';
import { say } from './words.ts';

const commands = [
  'help',
  'home',
  'plan',
  'status',
  'surveys',
  'seat',
  'rounds',
  'log',
  'away',
  'calendar',
  'admin',
] as const;
export type CommandName = (typeof commands)[number];

/** "Mina  enkäter!" and "mina enkäter" are the same. */
function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s/]+|[\s.!…]+$/g, '')
    .replace(/(?<=\S)\?+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const byText = new Map<string, CommandName>();
for (const language of languages) {
  for (const command of commands) {
    const words = [say(language, `command.${command}`), ...say(language, `command.${command}.also`).split('|')];
    for (const word of words) byText.set(normal(word), command);
  }
}

/** Which command a text is, whatever the writer's own language; null when it is none. */
export function parseCommand(text: string): CommandName | null {
  return byText.get(normal(text)) ?? null;
}
