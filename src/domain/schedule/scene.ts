/** A group and its state, indexed once for a whole run of questions. */

import type { Holidays } from '../calendar.ts';
import type { Activity, ChannelPurpose, Group, Member } from '../group.ts';
import type { Recipient } from '../happening.ts';
import type { GroupState, StatusUpdate } from '../state.ts';
import { type Draft, draftOf } from './evolve.ts';
import { type Place, placesFor } from './place.ts';

export type Scene = {
  group: Group;
  /** What has happened; a run moves it forward. */
  draft: Draft;
  statuses: ReadonlyMap<string, StatusUpdate>;
  members: ReadonlyMap<string, Member>;
  /** Everybody who is asked: not clients, owners and observers. */
  asked: Member[];
  convenor: Member | null;
  /** The group's own place: its channels are written to there. */
  home: Place;
  placeOf(member: Member): Place;
  /** The recipient as data; one object for each member, however many messages. */
  recipient(member: Member): Recipient;
  /** Keys of the deeds done in the present step: what they end may still say that it came too late. */
  fresh: Set<string>;
};

export function sceneOf(group: Group, state: GroupState, holidays: Holidays): Scene {
  const place = placesFor(group.hour, holidays);
  const recipients = new Map(group.members.map(({ key }) => [key, { member: key }]));
  return {
    group,
    draft: draftOf(state),
    statuses: new Map(state.statuses.map((update) => [dueName(update.activity, update.due), update])),
    members: new Map(group.members.map((member) => [member.key, member])),
    asked: group.members.filter(isAsked),
    convenor: group.members.find((member) => member.role === 'convenor') ?? null,
    home: place(group.timeZone, group.country),
    placeOf: (member) => place(member.timeZone, member.country),
    recipient: ({ key }) => recipients.get(key) ?? { member: key },
    fresh: new Set(),
  };
}

export function isAsked(member: Member): boolean {
  return member.role !== 'client' && member.role !== 'owner' && member.role !== 'observer';
}

/** Who owns an activity, of those who are still members. */
export function ownersOf(activity: Activity, { members, asked }: Scene): Member[] {
  if (activity.owners === 'all') return asked;
  return activity.owners.flatMap((key) => members.get(key) ?? []);
}

export function hasChannel(group: Group, purpose: ChannelPurpose): boolean {
  return group.channels.some((channel) => channel.purpose === purpose);
}

/** One due point among all of a group's. */
export function dueName(activity: string, due: string): string {
  return `${activity} ${due}`;
}
