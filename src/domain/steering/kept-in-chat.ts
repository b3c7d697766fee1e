/**
 * A group file that is read in again: a role or an hour that was set in the chat stays, unless the file itself says something else than
 * it did the last time; so does whoever was added in the chat, and whoever was removed there stays out. So neither a chair that was handed
 * over nor an operator's change is lost.
 */

import { hourText } from '../calendar.ts';
import type { Activity, Group, Member, Role } from '../group.ts';

/** What a group file said, of what can be set in the chat as well. */
export type FileSaid = { hour: string; roles: Record<string, Role> };

/**
 * `name`: the member, or null when it is about the group. "member": was added in the chat, and never stood in the file; or, where nothing
 * `stays`, was removed in the chat, and stands in the file still.
 */
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
  const out = removedInChat(before, last, file);
  const named = file.members.filter(({ key }) => !out.has(key));
  const inFile = new Set(file.members.map(({ key }) => key));
  const added = last ? before.members.filter(({ key }) => !inFile.has(key) && last.roles[key] === undefined) : [];
  const everybody = [...named, ...added];
  const roles = oneConvenor(
    named,
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
    ...[...out.values()].map((name): Kept => ({ field: 'member', name, inFile: name, stays: '' })),
  ];
  const activities = file.activities.map((activity) => withoutOwners(activity, out));
  return { group: { ...file, hour, members, activities }, kept: found.filter((one) => one.inFile !== one.stays) };
}

/**
 * Key → name of whom the file names as the last time, though they were removed in the chat. Whoever the file makes convenor is not among
 * them when nobody else would be.
 */
function removedInChat(before: Group, last: FileSaid | null, file: Group): Map<string, string> {
  const here = new Map(before.members.map(({ key, role }) => [key, role]));
  const gone = file.members.filter(({ key, role }) => !here.has(key) && last?.roles[key] === role);
  const isChaired = file.members.some(
    ({ key, role }) => (last?.roles[key] === role ? here.get(key) : role) === 'convenor',
  );
  const named = new Set(file.members.map(({ key }) => key));
  const isOfChat = (key: string) => last?.roles[key] === undefined && !named.has(key);
  const inChat = before.members.some(({ key, role }) => role === 'convenor' && isOfChat(key));
  return new Map(
    gone.flatMap(({ key, name, role }) => (role === 'convenor' && !isChaired && !inChat ? [] : [[key, name]])),
  );
}

/** Their names stand in the plan; whoever is added again in the chat owns what names them. */
function withoutOwners(activity: Activity, out: ReadonlyMap<string, string>): Activity {
  const { owners, unknownOwners } = activity;
  if (owners === 'all' || !owners.some((key) => out.has(key))) return activity;
  return {
    ...activity,
    owners: owners.filter((key) => !out.has(key)),
    unknownOwners: [...unknownOwners, ...owners.flatMap((key) => out.get(key) ?? [])],
  };
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
