/** What will happen, as rows to read. */

import { type Holidays, hourText } from '../domain/calendar.ts';
import type { Group, Member, Platform } from '../domain/group.ts';
import type { Happening, Recipient } from '../domain/happening.ts';
import { nameOf } from '../domain/schedule/chain.ts';
import { isMessage, type Message, type Part } from '../domain/schedule/messages.ts';
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
  const rowsOf = rowsFor(group);
  const rows: PreviewRow[] = [];
  for (const { parts } of ahead({ group, state }, { from, to }, holidays)) {
    for (const part of parts) rowsOf(part, rows);
  }
  return rows;
}

/** Thousands of rows share their moments, their people and their titles: each is put into words once. */
function rowsFor(group: Group): (part: Part, rows: PreviewRow[]) => void {
  const titles = new Map(group.activities.map(({ key, title }) => [key, title]));
  const members = new Map(group.members.map((member) => [member.key, member]));
  const memberNamed = remember((member: string, to: Recipient) => readerOf(group, members.get(member), to));
  const channelNamed = remember((_: string, to: Recipient) => readerOf(group, undefined, to));
  const readers = (to: Recipient) => ('member' in to ? memberNamed(to.member, to) : channelNamed(to.channel, to));
  const nobody = { to: '', recipient: null, platform: null };
  const moments = remember((zone: string) => remember((_: number, at: Temporal.Instant): Moment => momentIn(zone, at)));
  const momentOf = (zone: string, at: Temporal.Instant) => moments(zone)(at.epochMilliseconds, at);
  const titleOf = (activity: string | undefined) => (activity === undefined ? '' : (titles.get(activity) ?? ''));

  const events = (event: Happening, rows: PreviewRow[]) => {
    if (event.do !== 'open-round' && event.do !== 'close-round') return;
    const activity = event.do === 'open-round' ? event.activity : activityIn(event.round);
    const { at, local } = momentOf(group.timeZone, event.at);
    rows.push({ key: event.key, at, local, kind: event.do, ...nobody, about: titleOf(activity) });
  };
  const messages = ({ at: instant, step, to, why }: Message, rows: PreviewRow[]) => {
    if (why !== null) return;
    const about = titleOf(step.about.activity ?? activityIn(step.about.round));
    let [zone, moment] = ['', { at: '', local: '' }];
    for (const one of to) {
      const reader = readers(one);
      if (reader.zone !== zone) [zone, moment] = [reader.zone, momentOf(reader.zone, instant)];
      rows.push({
        key: step.key(nameOf(one)),
        at: moment.at,
        local: moment.local,
        kind: step.kind,
        to: reader.to,
        recipient: reader.recipient,
        platform: reader.platform,
        about,
      });
    }
  };
  return (part, rows) => (isMessage(part) ? messages(part, rows) : events(part, rows));
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
  const local = `${there.toPlainDate()} ${hourText(there.toPlainTime())}`;
  return { at: at.toString(), local };
}

/** A round's key begins with its activity's. */
function activityIn(round: string | undefined): string | undefined {
  return round?.slice(0, round.indexOf('/'));
}
