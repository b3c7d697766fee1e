/**
 * A group file that is read in again: a role or an hour that was set in the chat stays, unless the file itself says something else than
 * it did the last time; and so does whoever was added in the chat. So neither a chair that was handed over nor an operator's change is lost.
 */

import { hourText } from '../calendar.ts';
import type { Group, Member, Role } from '../group.ts';

/** What a group file said, of what can be set in the chat as well. */
export type FileSaid = { hour: string; roles: Record<string, Role> };

/** `name`: the member, or null when it is about the group. "member": was added in the chat, and never stood in the file. */
export type Kept = { field: 'hour' | 'role' | 'member'; name: string | null; inFile: string; stays: string };

export const fileSaid = ({ hour, members }: Group): FileSaid => ({
  hour: hourText(hour),
  roles: Object.fromEntries(members.map(({ key, role }) => [key, role])),
});

/** `last`: what the file said the last time; null when that is not known, and then the file counts. */
export function keptInChat(before: Group, last: FileSaid | null, file: Group): { group: Group; kept: Kept[] } {
  const now = fileSaid(file);
  const was = fileSaid(before);
  const hour = last?.hour === now.hour ? before.hour : file.hour;
  const inFile = new Set(file.members.map(({ key }) => key));
  const added = last ? before.members.filter(({ key }) => !inFile.has(key) && last.roles[key] === undefined) : [];
  const everybody = [...file.members, ...added];
  const roles = oneConvenor(
    file.members,
    added,
    new Map(
      everybody.map(({ key, role }) => {
        const isSet = !inFile.has(key) || last?.roles[key] === role;
        return [key, (isSet && was.roles[key]) || role];
      }),
    ),
  );
  const members = everybody.map((member) => ({ ...member, role: roles.get(member.key) ?? member.role }));
  const found: Kept[] = [
    { field: 'hour', name: null, inFile: now.hour, stays: hourText(hour) },
    ...members.map(
      ({ key, name, role }): Kept =>
        inFile.has(key)
          ? { field: 'role', name, inFile: now.roles[key] ?? role, stays: role }
          : { field: 'member', name, inFile: '', stays: name },
    ),
  ];
  return { group: { ...file, hour, members }, kept: found.filter((one) => one.inFile !== one.stays) };
}

/**
 * A group has exactly one: the file names another one now, or whoever was made one in the chat is not in it any more. Whoever the file
 * knows nothing of gives the chair up as when it is handed over.
 */
function oneConvenor(file: readonly Member[], added: readonly Member[], roles: Map<string, Role>): Map<string, Role> {
  const chairs = (role: Role | undefined) => role === 'convenor';
  if ([...roles.values()].filter(chairs).length === 1) return roles;
  return new Map<string, Role>([
    ...file.map(
      ({ key, role }) => [key, chairs(role) || chairs(roles.get(key)) ? role : (roles.get(key) ?? role)] as const,
    ),
    ...added.map(({ key, role }) => [key, chairs(role) ? 'deputy' : role] as const),
  ]);
}
