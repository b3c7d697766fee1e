/** Who has which part in the group, and when and how much Rond writes. */

import { hourText, toSecond } from '../calendar.ts';
import { type Group, type Role, usualSending } from '../group.ts';
import { addMembers, isAtHome } from './add-members.ts';
import type { GroupCommand } from './command.ts';
import { type Deed, type Edit, isStale, refuse, type Scene, type Subject, withChange } from './deed.ts';
import { placeMembers, removeMember } from './steer-members.ts';

const mostMessages = 50;

export function steerGroup(scene: Scene, command: GroupCommand): Deed {
  const version = scene.group.version ?? 0;
  if ('seen' in command && isStale(command.seen, version)) return { ok: 'stale', subject: 'group', current: version };
  switch (command.do) {
    case 'hand-over-chair':
      return chair(scene, command.to, command.stay ?? 'deputy');
    case 'set-role':
      return role(scene, command.member, command.role);
    case 'add-members':
      return addMembers(scene, command.members);
    case 'place-members':
      return placeMembers(scene, command.members);
    case 'remove-member':
      return removeMember(scene, command.member);
    case 'set-sending':
      return sending(scene, command);
    case 'set-council':
      return council(scene, command.council);
    case 'renew-calendar':
    case 'revoke-calendar':
      return calendar(scene, command);
  }
}

function doneTo(scene: Scene, next: Group, edits: Edit[], subject: Subject = 'group', subjectName = ''): Deed {
  if (edits.length === 0) return refuse('nothing-changes');
  const version = (scene.group.version ?? 0) + 1;
  return { ok: true, group: { ...next, version }, state: scene.state, subject, subjectName, version, edits };
}

const withRoles = (group: Group, roles: Map<string, Role>): Group => ({
  ...group,
  members: group.members.map((member) => {
    const role = roles.get(member.key);
    return role === undefined || role === member.role ? member : { ...member, role };
  }),
});

/** A group always has exactly one convenor. */
function chair(scene: Scene, to: string, stay: 'deputy' | 'member'): Deed {
  const { group } = scene;
  const next = group.members.find(({ key }) => key === to);
  if (!next) return refuse('unknown-member');
  const before = group.members.filter((member) => member.role === 'convenor');
  if (before.some(({ key }) => key === to)) return refuse('same-person');
  const roles = new Map<string, Role>([...before.map(({ key }) => [key, stay] as const), [to, 'convenor']]);
  const edits = [
    { field: 'convenor', from: before.map(({ name }) => name).join(', ') || null, to: next.name },
    { field: 'role', from: next.role, to: 'convenor' },
  ];
  const handover = { at: toSecond(scene.now), to, by: scene.by?.key ?? null };
  const after = { ...withRoles(group, roles), chair: handover };
  const deed = doneTo(scene, after, edits, `member:${to}`, next.name);
  const change = { at: scene.now, kind: 'chair-handed-over' as const, activity: null, facts: { to: next.name } };
  return deed.ok === true ? { ...deed, state: withChange(deed.state, change) } : deed;
}

function role(scene: Scene, key: string, to: Role): Deed {
  const member = scene.group.members.find((one) => one.key === key);
  if (!member) return refuse('unknown-member');
  // The chair is handed over, never left empty.
  if (member.role === 'convenor') return refuse('not-allowed');
  const edits = member.role === to ? [] : [{ field: 'role', from: member.role, to }];
  return doneTo(scene, withRoles(scene.group, new Map([[key, to]])), edits, `member:${key}`, member.name);
}

function sending(scene: Scene, command: Extract<GroupCommand, { do: 'set-sending' }>): Deed {
  const { group } = scene;
  const before = group.sending ?? usualSending;
  const hour = command.hour ?? group.hour;
  const quietFrom = command.quietFrom ?? before.quietFrom;
  const weeklyCap = command.weeklyCap === undefined ? before.weeklyCap : command.weeklyCap;
  if (Temporal.PlainTime.compare(hour, quietFrom) >= 0) return refuse('quiet-hour');
  if (weeklyCap !== null && !(Number.isInteger(weeklyCap) && weeklyCap >= 1 && weeklyCap <= mostMessages))
    return refuse('bad-cap');
  const edits: Edit[] = [
    { field: 'hour', from: hourText(group.hour), to: hourText(hour) },
    { field: 'quiet from', from: hourText(before.quietFrom), to: hourText(quietFrom) },
    { field: 'weekly cap', from: before.weeklyCap?.toString() ?? null, to: weeklyCap?.toString() ?? null },
  ].filter(({ from, to }) => from !== to);
  return doneTo(scene, { ...group, hour, sending: { quietFrom, weeklyCap } }, edits);
}

function council(scene: Scene, next: (Group['council'] & object) | null): Deed {
  const before = scene.group.council ?? null;
  // What is told of a group stays where the group is at home.
  if (next && !isAtHome(scene.group, next.channel)) return refuse('unknown-channel');
  const said = (one: Group['council']) => (one ? `${one.name} (#${one.channel.name})` : null);
  const isSame = JSON.stringify(before) === JSON.stringify(next);
  const edits = isSame ? [] : [{ field: 'council', from: said(before), to: said(next) }];
  return doneTo(scene, { ...scene.group, council: next }, edits);
}

/** An address is no setting: nobody's card grows old by it. */
function calendar(scene: Scene, command: Extract<GroupCommand, { do: 'renew-calendar' | 'revoke-calendar' }>): Deed {
  const { group, state, now } = scene;
  const before = group.calendar ?? null;
  const since = toSecond(now);
  const next = command.do === 'renew-calendar' ? { hash: command.hash, since } : null;
  if (!before && !next) return refuse('nothing-changes');
  const isSeen = before ? command.instead?.equals(before.since) : command.instead === null;
  if (!isSeen) return refuse('link-changed');
  const day = ({ since }: { since: Temporal.Instant }) =>
    since.toZonedDateTimeISO(group.timeZone).toPlainDate().toString();
  const edits = [{ field: 'calendar', from: before && day(before), to: next && day(next) }];
  const version = group.version ?? 0;
  return { ok: true, group: { ...group, calendar: next }, state, subject: 'group', subjectName: '', version, edits };
}
