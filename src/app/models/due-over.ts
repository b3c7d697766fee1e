/** What a message about a due point says once it asks its reader for nothing any more. */

import type { DueOverModel } from '../../cards/models.ts';
import { type Activity, type Group, leadsGroup } from '../../domain/group.ts';
import { type AboutPoint, type DueStanding, dueStanding } from '../../domain/schedule/due-standing.ts';
import { ownsOrStandsIn } from '../../domain/steering/may.ts';
import type { Glance } from '../../ports/store.ts';
import { ownerNames, refOf } from './activity.ts';

/** Null while it is theirs, on the day it is about. */
export function dueOverModel({ group, state }: Glance, tell: AboutPoint, member: string): DueOverModel | null {
  const standing = dueStanding(group, state, tell, member);
  if (standing.is === 'asked') return null;
  const { activity: key = '', title = key } = tell.about;
  const activity = group.activities.find((one) => one.key === key);
  const reader = group.members.find((one) => one.key === member);
  const speaks = reader && (leadsGroup(reader) || ownsOrStandsIn(member, key, group, state));
  const said = standing.is === 'finished' ? standing.word : null;
  return {
    ref: said && activity && speaks ? refOf(group, activity, said.due) : '',
    group: group.name,
    activity: activity?.title ?? title,
    ...howItStands(group, standing),
    by: group.members.find((one) => one.key === said?.by)?.name ?? '',
    note: said?.note ?? '',
  };
}

type HowItStands = Pick<DueOverModel, 'why' | 'day' | 'owners'>;

function howItStands(group: Group, standing: Exclude<DueStanding, { is: 'asked' }>): HowItStands {
  const nothing = { day: '', owners: [] };
  switch (standing.is) {
    case 'finished': {
      const { status, at } = standing.word;
      const day = at.toZonedDateTimeISO(group.timeZone).toPlainDate().toString();
      return { ...nothing, why: status === 'stopped' ? status : 'done', day };
    }
    case 'moved':
      return standing.to ? { ...nothing, why: 'moved', day: standing.to.toString() } : { ...nothing, why: 'removed' };
    case 'another':
      return { ...nothing, why: 'another', owners: ownersOf(group, standing.activity) };
    case 'undated':
      return { ...nothing, why: 'removed' };
    default:
      return { ...nothing, why: standing.is };
  }
}

const ownersOf = (group: Group, activity: Activity): DueOverModel['owners'] =>
  activity.owners === 'all' ? 'all' : ownerNames(group, activity);
