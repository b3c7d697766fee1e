/** Between the database's rows and the domain's values. */

import type {
  Activity,
  ActivityKind,
  Council,
  DuePoint,
  Group,
  Identity,
  Language,
  Member,
  Platform,
  Role,
} from '../../domain/group.ts';
import type { Assignment, Change, ChangeKind, Round, Status, StatusUpdate } from '../../domain/state.ts';
import type { Prisma } from './generated/client.ts';
import { termsFrom } from './terms.ts';

export const instantOf = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
export const instantOrNull = (date: Date | null): Temporal.Instant | null => (date ? instantOf(date) : null);
export const dateOf = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds);
export const dayOf = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10));
export const dateOfDay = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`);

/** What `memberOf` needs of a member row. */
export const memberInclude = {
  identities: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.MemberInclude;
export type MemberRow = Prisma.MemberGetPayload<{
  include: typeof memberInclude;
}>;

export function memberOf(row: MemberRow): Member {
  return {
    key: row.key,
    name: row.name,
    organisation: row.organisation,
    constituency: row.constituency,
    country: row.country,
    language: row.language as Language,
    role: row.role as Role,
    timeZone: row.timeZone,
    identities: row.identities.map(
      (identity): Identity => ({
        platform: identity.platform as Platform,
        tenant: identity.tenant,
        user: identity.user,
      }),
    ),
  };
}

type DueJson = { key: string; first?: string } & ({ on: string } | { from: string; to: string });

export function dueToJson(due: DuePoint[]): DueJson[] {
  return due.map((point) => ({
    ...named(point),
    ...('on' in point ? { on: point.on.toString() } : { from: point.from.toString(), to: point.to.toString() }),
  }));
}

export function dueFromJson(due: DueJson[]): DuePoint[] {
  return due.map((point) => ({
    ...named(point),
    ...('on' in point
      ? { on: Temporal.PlainDate.from(point.on) }
      : { from: Temporal.PlainDate.from(point.from), to: Temporal.PlainDate.from(point.to) }),
  }));
}

const named = ({ key, first }: { key: string; first?: string }) => (first === undefined ? { key } : { key, first });

export function activityOf(row: Prisma.ActivityGetPayload<object>): Activity {
  return {
    key: row.key,
    title: row.title,
    kind: row.kind as ActivityKind,
    owners: row.ownersAll ? 'all' : row.owners,
    unknownOwners: row.unknownOwners,
    due: dueFromJson(row.due as DueJson[]),
    ongoing: row.ongoing,
    optional: row.optional,
    links: row.links,
    instrument: row.instrument,
    catalogue: row.catalogue,
    parked: row.parked,
    added: row.added,
    version: row.version,
  };
}

export const groupInclude = {
  channels: true,
  council: true,
  calendar: { select: { hash: true, madeAt: true } },
  activities: { where: { removedAt: null }, orderBy: { position: 'asc' } },
} as const satisfies Prisma.GroupInclude;
export type GroupRow = Prisma.GroupGetPayload<{ include: typeof groupInclude }>;

export function groupOf(row: GroupRow, members: Member[]): Group {
  return {
    key: row.key,
    name: row.name,
    client: row.client,
    owner: row.owner,
    decidedOn: dayOf(row.decidedOn),
    language: row.language as Language,
    timeZone: row.timeZone,
    country: row.country,
    hour: Temporal.PlainTime.from(row.hour),
    periods: row.periods as Group['periods'],
    startsAt: instantOf(row.startsAt),
    members,
    channels: row.channels.map((channel) => ({
      purpose: channel.purpose as 'group' | 'steering',
      platform: channel.platform as Platform,
      tenant: channel.tenant,
      id: channel.id,
      name: channel.name,
    })),
    activities: row.activities.map(activityOf),
    sending: { quietFrom: Temporal.PlainTime.from(row.quietFrom), weeklyCap: row.weeklyCap },
    council: row.council ? councilOf(row.council) : null,
    calendar: row.calendar ? { hash: row.calendar.hash, since: instantOf(row.calendar.madeAt) } : null,
    chair: row.chairAt && row.chairTo ? { at: instantOf(row.chairAt), to: row.chairTo, by: row.chairBy } : null,
    version: row.version,
  };
}

function councilOf({ key, name, platform, tenant, channel, channelName }: CouncilRow): Council {
  return { key, name, channel: { platform: platform as Platform, tenant, id: channel, name: channelName } };
}

type CouncilRow = NonNullable<GroupRow['council']>;

export function roundOf(row: Prisma.RoundGetPayload<object>, assignments: Assignment[]): Round {
  return {
    key: row.key,
    activity: row.activityKey,
    instrument: row.instrument,
    catalogue: row.catalogue,
    opensAt: instantOf(row.opensAt),
    closesAt: instantOf(row.closesAt),
    openedAt: instantOrNull(row.openedAt),
    closedAt: instantOrNull(row.closedAt),
    assignments,
    ...(row.terms ? { terms: termsFrom(row.terms) } : {}),
    version: row.version,
    pausedAt: instantOrNull(row.pausedAt),
    resumedAt: instantOrNull(row.resumedAt),
    nudgedAt: instantOrNull(row.nudgedAt),
    reopened: row.reopened,
    cancelledAt: instantOrNull(row.cancelledAt),
    approvedAt: instantOrNull(row.approvedAt),
  };
}

export type StatusRow = {
  activity_key: string;
  due_key: string;
  status: string;
  note: string;
  /** ISO date. */
  new_date: string | null;
  by: string | null;
  at: Date;
};

export function statusOf(row: StatusRow): StatusUpdate {
  return {
    activity: row.activity_key,
    due: row.due_key,
    status: row.status as Status,
    note: row.note,
    newDate: row.new_date ? Temporal.PlainDate.from(row.new_date) : null,
    by: row.by,
    at: instantOf(row.at),
  };
}

export function changeOf(row: Prisma.ChangeGetPayload<object>): Change {
  return {
    at: instantOf(row.at),
    kind: row.kind as ChangeKind,
    activity: row.activity,
    facts: row.facts as Record<string, string>,
  };
}
