/** Many members at once, as they stand in a list or a sheet: a line for each, "name; organisation; constituency". */

import type { Group } from '../domain/group.ts';
import type { Placing } from '../domain/steering/command.ts';
import { people } from './steer-choices.ts';

export const mostLetters = 3000;

/** What is left empty, or out, stays as it is. `odd`: lines whose name is nobody's or several people's, as they were written. */
export function placingsIn(group: Pick<Group, 'members'>, text: string): { placings: Placing[]; odd: string[] } {
  const meant = people(group);
  const found = new Map<string, Placing>();
  const odd: string[] = [];
  const lines = text.split('\n').map((line) => line.split(/[;\t|]/).map((cell) => cell.trim()));
  for (const [index, [name = '', organisation = '', constituency = '']] of lines.entries()) {
    if (name === '' || (index === 0 && isHeading(name))) continue;
    const who = meant(name);
    if (who.is !== 'one') odd.push(name);
    else if (organisation !== '' || constituency !== '')
      found.set(who.member.key, {
        member: who.member.key,
        ...(organisation === '' ? {} : { organisation }),
        ...(constituency === '' ? {} : { constituency }),
      });
  }
  return { placings: [...found.values()], odd };
}

const isHeading = (cell: string) => /^(namn|navn|name|nimi)$/i.test(cell);

/** Whoever is the least said about comes first; as many as the page holds. */
export function linesFor({ members }: Pick<Group, 'members'>, isUnstated: (text: string) => boolean): string {
  const said = (text: string) => (isUnstated(text) ? '' : text);
  const lacking = members.filter((member) => isUnstated(member.constituency) || isUnstated(member.organisation));
  const lines: string[] = [];
  let room = mostLetters / 2;
  for (const { name, organisation, constituency } of lacking) {
    const line = `${name}; ${said(organisation)}; ${said(constituency)}`.trimEnd();
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  return lines.join('\n');
}
