/** What will happen, as rows to read. */

import type { Holidays } from '../domain/calendar.ts';
import type { Group, Member, Platform } from '../domain/group.ts';
import type { Happening, Recipient } from '../domain/happening.ts';
import { nameOf } from '../domain/schedule/chain.ts';
import { ahead } from '../domain/schedule/preview.ts';
import { remember } from '../domain/schedule/remember.ts';
import type { GroupState } from '../domain/state.ts';

export type PreviewRow = {
  key: string;
  /** ISO instant. */
  at: string;
  /** In the recipient's zone, e.g. "2022-10-12 09:00". */
  local: string;
  /** A message's kind, or "open-round", "close-round" for what happens without a message. */
  kind: string;
  /** Member's or channel's name; empty for events. */
  to: string;
  /** Member key, "group", "steering" or null. */
  recipient: string | null;
  platform: Platform | null;
  /** The activity's title. */
  about: string;
};

export function previewOf(
  group: Group,
  state: GroupState,
  from: Temporal.Instant,
  to: Temporal.Instant,
  holidays: Holidays,
): PreviewRow[] {
  const rowOf = rowsOf(group);
  const rows: PreviewRow[] = [];
  for (const { happenings } of ahead({ group, state }, { from, to }, holidays)) {
    for (const happening of happenings) {
      if (happening.do !== 'skip' && happening.do !== 'note-overdue') rows.push(rowOf(happening));
    }
  }
  return rows;
}

type Shown = Exclude<Happening, { do: 'skip' | 'note-overdue' }>;

/** Thousands of rows share their moments, their people and their titles: each is put into words once. */
function rowsOf(group: Group): (happening: Shown) => PreviewRow {
  const titles = new Map(group.activities.map(({ key, title }) => [key, title]));
  const members = new Map(group.members.map((member) => [member.key, member]));
  const memberNamed = remember((member: string, to: Recipient) => readerOf(group, members.get(member), to));
  const channelNamed = remember((_: string, to: Recipient) => readerOf(group, undefined, to));
  const readers = (to: Recipient) => ('member' in to ? memberNamed(to.member, to) : channelNamed(to.channel, to));
  const nobody = { to: '', recipient: null, platform: null, zone: group.timeZone };
  const moments = remember((zone: string) => {
    const inZone = remember((_: number, at: Temporal.Instant) => momentIn(zone, at));
    let last: { at: Temporal.Instant; moment: Moment } | null = null;
    return (at: Temporal.Instant): Moment => {
      if (last?.at !== at) last = { at, moment: inZone(at.epochMilliseconds, at) };
      return last.moment;
    };
  });
  const titleOf = (activity: string | undefined) => (activity === undefined ? '' : (titles.get(activity) ?? ''));
  return (happening) => {
    const { key, at } = happening;
    const told = happening.do === 'tell' ? happening : null;
    const { to, recipient, platform, zone } = told ? readers(told.to) : nobody;
    const moment = moments(zone)(at);
    return {
      key,
      at: moment.at,
      local: moment.local,
      kind: told ? told.kind : happening.do,
      to,
      recipient,
      platform,
      about: titleOf(activityOf(happening)),
    };
  };
}

type Reader = Pick<PreviewRow, 'to' | 'recipient' | 'platform'> & { zone: string };

function readerOf({ channels, timeZone }: Group, member: Member | undefined, to: Recipient): Reader {
  const recipient = nameOf(to);
  const channel = 'channel' in to ? channels.find(({ purpose }) => purpose === to.channel) : undefined;
  return {
    to: member?.name ?? (channel ? `#${channel.name}` : recipient),
    recipient,
    platform: member?.identities[0]?.platform ?? channel?.platform ?? null,
    zone: member?.timeZone ?? timeZone,
  };
}

type Moment = Pick<PreviewRow, 'at' | 'local'>;

function momentIn(zone: string, at: Temporal.Instant): Moment {
  const there = at.toZonedDateTimeISO(zone);
  const local = `${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  return { at: at.toString(), local };
}

function activityOf(happening: Shown): string | undefined {
  if (happening.do === 'open-round') return happening.activity;
  if (happening.do === 'close-round') return activityIn(happening.round);
  return happening.about.activity ?? activityIn(happening.about.round);
}

/** A round's key begins with its activity's. */
function activityIn(round: string | undefined): string | undefined {
  return round?.slice(0, round.indexOf('/'));
}
