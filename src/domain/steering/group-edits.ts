/** What is different about a group that was read in anew, as the audit keeps it: roles, people, channels, hours and the plan. */

import { hourText } from '../calendar.ts';
import { type Activity, dueDay, type Group, type Member } from '../group.ts';
import type { Edit, Subject } from './deed.ts';

export type GroupEdit = Edit & { subject: Subject; subjectName: string; version: number | null };

/** `version`: the subject's afterwards. */
export function groupEdits(before: Group, after: Group): GroupEdit[] {
  const version = (before.version ?? 0) + 1;
  const whole = (edit: Edit): GroupEdit => ({ ...edit, subject: 'group', subjectName: '', version });
  return [...ofGroup(before, after).map(whole), ...ofMembers(before, after, version), ...ofPlan(before, after)];
}

function ofGroup(before: Group, after: Group): Edit[] {
  const channel = (group: Group, purpose: string) =>
    group.channels.find((one) => one.purpose === purpose)?.name ?? null;
  return different([
    { field: 'title', from: before.name, to: after.name },
    { field: 'hour', from: hourText(before.hour), to: hourText(after.hour) },
    { field: 'country', from: before.country, to: after.country },
    { field: 'zone', from: before.timeZone, to: after.timeZone },
    { field: 'channel', from: channel(before, 'group'), to: channel(after, 'group') },
    { field: 'channel steering', from: channel(before, 'steering'), to: channel(after, 'steering') },
  ]);
}

const different = (edits: Edit[]): Edit[] => edits.filter(({ from, to }) => from !== to);

function ofMembers(before: Group, after: Group, version: number): GroupEdit[] {
  const was = new Map(before.members.map((member) => [member.key, member]));
  const is = new Set(after.members.map(({ key }) => key));
  const about = ({ key, name }: Member, edit: Edit): GroupEdit => ({
    ...edit,
    subject: `member:${key}`,
    subjectName: name,
    version,
  });
  return [
    ...after.members.flatMap((member) => {
      const old = was.get(member.key);
      if (!old) return [about(member, { field: 'member', from: null, to: member.name })];
      return different([
        { field: 'role', from: old.role, to: member.role },
        { field: 'organisation', from: old.organisation || null, to: member.organisation || null },
        { field: 'constituency', from: old.constituency || null, to: member.constituency || null },
      ]).map((edit) => about(member, edit));
    }),
    ...before.members
      .filter(({ key }) => !is.has(key))
      .map((member) => about(member, { field: 'member', from: member.name, to: null })),
  ];
}

function ofPlan(before: Group, after: Group): GroupEdit[] {
  const was = new Map(before.activities.map((activity) => [activity.key, activity]));
  const is = new Set(after.activities.map(({ key }) => key));
  const about = (activity: Activity, edit: Edit): GroupEdit => ({
    ...edit,
    subject: `activity:${activity.key}`,
    subjectName: activity.title,
    version: (activity.version ?? 0) + 1,
  });
  return [
    ...after.activities.flatMap((activity) => {
      const old = was.get(activity.key);
      if (!old) return [about(activity, { field: 'added', from: null, to: activity.title })];
      return different([
        { field: 'title', from: old.title, to: activity.title },
        { field: 'owners', from: ownersOf(before, old), to: ownersOf(after, activity) },
        { field: 'date', from: daysOf(old), to: daysOf(activity) },
        { field: 'kind', from: old.kind, to: activity.kind },
        { field: 'parked', from: String(old.parked), to: String(activity.parked) },
      ]).map((edit) => about(old, edit));
    }),
    // What was made in the chat stays when a plan is read in.
    ...before.activities
      .filter(({ key, added }) => !is.has(key) && !added)
      .map((activity) => about(activity, { field: 'added', from: activity.title, to: null })),
  ];
}

function ownersOf({ members }: Group, { owners, unknownOwners }: Activity): string | null {
  if (owners === 'all') return 'all';
  const names = owners.map((key) => members.find((member) => member.key === key)?.name ?? key);
  return [...names, ...unknownOwners].join(', ') || null;
}

function daysOf({ due }: Activity): string | null {
  return (
    due.map((point) => ('on' in point ? point.on.toString() : `${point.from}/${dueDay(point)}`)).join(', ') || null
  );
}
