/** The standing facts of a working group: who it is, where it talks, and what its timetable says. */

export const languages = ['sv', 'nb', 'en', 'fi'] as const;
export type Language = (typeof languages)[number];

export const platforms = ['teams', 'slack'] as const;
export type Platform = (typeof platforms)[number];

/**
 * Somebody as the platform itself vouches for them: Teams tenant id + Entra object id, or Slack team id + user id.
 * Never taken from what a card says, only from the verified envelope.
 */
export type Identity = { platform: Platform; tenant: string; user: string };

export const roles = ['client', 'owner', 'convenor', 'deputy', 'member', 'observer'] as const;
export type Role = (typeof roles)[number];

export type Member = {
  /** Stable within the group, e.g. "karin-alm". */
  key: string;
  name: string;
  organisation: string;
  /** What the member speaks for: "region", "municipality", "university", … (huvudman). Data, not a constant. */
  constituency: string;
  /** ISO 3166-1 alpha-2, upper case: decides which days are holidays for this person. */
  country: string;
  language: Language;
  role: Role;
  /** IANA zone; sends happen at the civil hour here. */
  timeZone: string;
  /** The first one is where Rond writes. */
  identities: Identity[];
};

export type ChannelPurpose = 'group' | 'steering';
export type Channel = {
  purpose: ChannelPurpose;
  platform: Platform;
  tenant: string;
  id: string;
  name: string;
};

export const activityKinds = ['collection', 'pilot', 'task', 'watch', 'meeting'] as const;
export type ActivityKind = (typeof activityKinds)[number];

/**
 * One due point of an activity. `key` is unique within the activity ("2022-10-12", "2022-10-12/2022-11-07"). `first`: the key it had
 * before the convenor moved it, which no other point of the activity has.
 */
export type DuePoint = { key: string; first?: string } & (
  | { on: Temporal.PlainDate }
  | { from: Temporal.PlainDate; to: Temporal.PlainDate }
);

export type Activity = {
  /** Stable within the group. */
  key: string;
  /** Verbatim as in the plan. */
  title: string;
  kind: ActivityKind;
  /** Everyone, or member keys; empty when nobody is named. */
  owners: 'all' | string[];
  /** Names in the plan that match no member, verbatim. */
  unknownOwners: string[];
  due: DuePoint[];
  /** "löpande", "ongoing": never due. */
  ongoing: boolean;
  /** "eventuell", "optional". */
  optional: boolean;
  links: string[];
  /** Instrument of a collection, e.g. "role-rating". */
  instrument: string | null;
  /** Catalogue a collection asks about, e.g. "no-helsepersonell-48"; the instrument's own when nothing is said. */
  catalogue?: string | null;
  /** Set aside by the convenor: nothing is asked about it. */
  parked: boolean;
  /** Made in the chat, for a round that belongs to nothing in the plan: importing the plan again leaves it alone. */
  added?: boolean;
  /** Counts what people have changed; 0 when left out. */
  version?: number;
};

/** When and how much Rond writes to people of itself. */
export type Sending = {
  /** Nothing is sent from here until the group's hour of the next working day. */
  quietFrom: Temporal.PlainTime;
  /** Most unasked messages to one person in seven days; null: no cap. */
  weeklyCap: number | null;
};

export const usualSending: Sending = { quietFrom: Temporal.PlainTime.from('17:00'), weeklyCap: null };

/** Who several groups report to; they share one digest there. */
export type Council = { key: string; name: string; channel: Omit<Channel, 'purpose'> };

/** Only what the secret hashes to is known, and since when. */
export type CalendarLink = { hash: string; since: Temporal.Instant };

/** The last time somebody was made convenor by somebody: member keys; `by` null: an administrator. */
export type Handover = { at: Temporal.Instant; to: string; by: string | null };

export type Group = {
  key: string;
  name: string;
  client: string;
  owner: string;
  decidedOn: Temporal.PlainDate;
  language: Language;
  timeZone: string;
  country: string;
  /** The civil hour of sends, "09:00" unless set. */
  hour: Temporal.PlainTime;
  /** Labels of the two periods of a role rating: now and the coming years. */
  periods: { now: string; coming: string };
  /** When Rond began to run this plan: nothing dated before it is sent. */
  startsAt: Temporal.Instant;
  members: Member[];
  channels: Channel[];
  activities: Activity[];
  /** As usual when left out. */
  sending?: Sending;
  council?: Council | null;
  /** The secret address of the group's calendar feed; null when there is none. */
  calendar?: CalendarLink | null;
  /** Null while whoever it began with has the chair. */
  chair?: Handover | null;
  /** Counts changes of roles, settings and of the plan as a whole; 0 when left out. */
  version?: number;
};

/** Everything that one person is known by: how they came, and what stands beside it. */
export function identitiesOf(who: Identity, members: readonly Member[]): Identity[] {
  const all = [who, ...members.flatMap(({ identities }) => identities)];
  const names = all.map(({ platform, tenant, user }) => [platform, tenant, user].join(' '));
  return all.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}

/** Names the point as long as it is there, whatever day it is moved to and whatever other point is taken away. */
export const lastingName = ({ key, first }: DuePoint): string => first ?? key;

/** The last day of a due point: the day it is due. */
export function dueDay(due: DuePoint): Temporal.PlainDate {
  return 'on' in due ? due.on : due.to;
}

/** The convenor or a deputy. */
export const leadsGroup = ({ role }: Pick<Member, 'role'>): boolean => role === 'convenor' || role === 'deputy';

/** The member who convenes the group. A group always has one: the import refuses a file without. */
export function convenorOf(group: Group): Member {
  const convenor = group.members.find((member) => member.role === 'convenor');
  if (!convenor) throw new Error(`group ${group.key} has no convenor`);
  return convenor;
}
