/** A group and its state, indexed once for a whole run of questions. */

import type { Holidays } from '../calendar.ts';
import { type Activity, type Group, type Member, usualSending } from '../group.ts';
import type { ChannelName, Recipient, Unsaid } from '../happening.ts';
import type { Away, GroupState, Snooze, StatusUpdate } from '../state.ts';
import { isAsked } from './audience.ts';
import { byPlace } from './chain.ts';
import { type Cohorts, cohortsIn } from './cohorts.ts';
import { type Draft, draftOf, type RoundDraft } from './evolve.ts';
import { type Place, placesFor } from './place.ts';
import { remember } from './remember.ts';

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
  placeOf(member: Member, hour?: Temporal.PlainTime | null): Place;
  /** People by place, without the convenor, who has a part of their own in everything. */
  byPlace(people: readonly Member[]): { place: Place; to: Recipient[] }[];
  askedByPlace: { place: Place; to: Recipient[] }[];
  /** The recipient as data; one object for each member, however many messages. */
  recipient(member: Member): Recipient;
  aways: ReadonlyMap<string, Away>;
  snoozes: ReadonlyMap<string, Snooze[]>;
  council: GroupState['council'];
  /** Of each round that has been looked at: who has not answered. */
  waiting: WeakMap<RoundDraft, Waiting>;
  /** Who has been treated alike in this run. */
  cohorts: Cohorts;
  /** Keys of the deeds done in the present step: what they end may still say that it came too late. */
  fresh: Set<string>;
  /** Of each channel: the first change since it was told, of as many changes as have been looked at. */
  untold: Map<ChannelName, { told: Temporal.Instant | null; looked: number; first: Temporal.Instant | null }>;
};

/** Those who have not answered, by place and close, and where nobody may know who they are also those who have; holds as long as nobody joins. */
export type Waiting = {
  mayJoin: boolean;
  /** How many had a part in the round then. */
  parts: number;
  lines: { place: Place; close: Temporal.Instant; to: Recipient[]; unsaid?: Unsaid }[];
};

export function sceneOf(group: Group, state: GroupState, holidays: Holidays): Scene {
  const { hour, sending = usualSending } = group;
  const places = placesFor({ hour, quietFrom: sending.quietFrom }, holidays);
  const recipients = new Map(group.members.map(({ key }) => [key, { member: key }]));
  const convenor = group.members.find((member) => member.role === 'convenor') ?? null;
  const asked = group.members.filter(isAsked);
  const usual = remember((_: string, { timeZone, country }: Member) => places(timeZone, country));
  const placeOf: Scene['placeOf'] = (member, own) =>
    own ? places(member.timeZone, member.country, own) : usual(member.key, member);
  const recipient = ({ key }: Member) => recipients.get(key) ?? { member: key };
  const grouped: Scene['byPlace'] = (people) =>
    byPlace(people, (member) => placeOf(member)).map(({ place, people }) => ({
      place,
      to: people.filter((member) => member !== convenor).map(recipient),
    }));
  const draft = draftOf(group, state);
  const { unasked, cap, done } = draft;
  const aways = new Map((state.aways ?? []).map((away) => [away.member, away]));
  const snoozes = Map.groupBy(state.snoozes ?? [], ({ member }) => member);
  // Whoever is away or has put something off must be alone in their cohort; whoever is reminded of days of their own soon is.
  const alone = new Set([
    ...group.activities.flatMap(({ owners, due }) => (owners === 'all' || due.length === 0 ? [] : owners)),
    ...(convenor ? [convenor.key] : []),
    ...aways.keys(),
    ...snoozes.keys(),
  ]);
  const sentTo = unasked && ((who: string) => unasked.get(who)?.slice(-cap) ?? []);
  return {
    group,
    draft,
    statuses: new Map(state.statuses.map((update) => [dueName(update.activity, update.due), update])),
    members: new Map(group.members.map((member) => [member.key, member])),
    asked,
    convenor,
    home: places(group.timeZone, group.country),
    placeOf,
    byPlace: grouped,
    askedByPlace: grouped(asked),
    recipient,
    aways,
    snoozes,
    council: state.council ?? null,
    waiting: new WeakMap(),
    cohorts: cohortsIn({ done, people: recipients.values(), alone, sentTo }),
    fresh: new Set(),
    untold: new Map(),
  };
}

/** Who owns an activity, of those who are still members. */
export function ownersOf(activity: Activity, { members, asked }: Scene): Member[] {
  if (activity.owners === 'all') return asked;
  return [...new Set(activity.owners)].flatMap((key) => members.get(key) ?? []);
}

export function hasChannel(group: Group, purpose: ChannelName): boolean {
  if (purpose === 'council') return Boolean(group.council);
  return group.channels.some((channel) => channel.purpose === purpose);
}

/** One due point among all of a group's. */
export function dueName(activity: string, due: string): string {
  return `${activity} ${due}`;
}
