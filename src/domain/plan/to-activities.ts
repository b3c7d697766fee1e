/** Makes a plan into activities a group can run: stable keys, members for names, a kind for each. */

import type { Activity, DuePoint } from '../group.ts';
import { suggestKind } from './kind.ts';
import { type Named, resolveOwner } from './owners.ts';
import { dueKey, firstDay, lastDay, type Plan, type PlanActivity, type PlanDue } from './plan.ts';

/**
 * Owners that fit no member, or several, stand verbatim in `unknownOwners`: nobody is asked on a guess. A window that runs
 * backwards is left out of `due`, so that the convenor is asked for a date.
 */
export function toActivities(plan: Plan, members: readonly Named[]): Activity[] {
  const keys = new Set<string>();
  return plan.activities.map((activity) => toActivity(activity, members, uniqueKey(slug(activity.title), keys)));
}

function toActivity(activity: PlanActivity, members: readonly Named[], key: string): Activity {
  const { title, ongoing, optional, links } = activity;
  const kind = suggestKind(title, activity.due);
  const owners: string[] = [];
  const unknownOwners: string[] = [];
  for (const written of activity.owners === 'all' ? [] : activity.owners) {
    const found = resolveOwner(written, members);
    if (found.is !== 'one') unknownOwners.push(written);
    else if (!owners.includes(found.member.key)) owners.push(found.member.key);
  }
  return {
    key,
    title,
    kind,
    owners: activity.owners === 'all' ? 'all' : owners,
    unknownOwners,
    due: activity.due.filter(runsForward).map(duePoint),
    ongoing,
    optional,
    links,
    instrument: kind === 'collection' ? 'role-rating' : null,
    parked: false,
  };
}

function runsForward(due: PlanDue): boolean {
  return Temporal.PlainDate.compare(firstDay(due), lastDay(due)) <= 0;
}

function duePoint(due: PlanDue): DuePoint {
  return { key: dueKey(due), ...due };
}

const longestKey = 48;

/** "Inhämta synpunkter på enkäten" → "inhamta-synpunkter-pa-enkaten"; cut between words. */
export function slug(title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === '') return 'activity';
  if (plain.length <= longestKey) return plain;
  const cut = plain.slice(0, longestKey + 1);
  return (cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut.slice(0, longestKey)).replace(/-+$/, '');
}

function uniqueKey(base: string, taken: Set<string>): string {
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}-${n}`;
  taken.add(key);
  return key;
}
