/** What will happen, as rows to read. */

import type { Holidays } from '../domain/calendar.ts';
import type { Group, Platform } from '../domain/group.ts';
import type { Happening } from '../domain/happening.ts';
import { nameOf } from '../domain/schedule/chain.ts';
import { preview } from '../domain/schedule/preview.ts';
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
  return preview(group, state, from, to, holidays).flatMap((happening) =>
    happening.do === 'skip' || happening.do === 'note-overdue' ? [] : [rowOf(happening)],
  );
}

type Shown = Exclude<Happening, { do: 'skip' | 'note-overdue' }>;

/** Thousands of rows share their moments, their people and their titles: each is put into words once. */
function rowsOf(group: Group): (happening: Shown) => PreviewRow {
  const titles = new Map(group.activities.map(({ key, title }) => [key, title]));
  const members = new Map(group.members.map((member) => [member.key, member]));
  const moments = remember((zone: string) => remember((_: number, at: Temporal.Instant) => momentIn(zone, at)));
  const titleOf = (activity: string | undefined) => (activity === undefined ? '' : (titles.get(activity) ?? ''));
  return (happening) => {
    const { key, at } = happening;
    const told = happening.do === 'tell' ? happening : null;
    const member = told && 'member' in told.to ? members.get(told.to.member) : undefined;
    const channel =
      told && 'channel' in told.to
        ? group.channels.find(({ purpose }) => 'channel' in told.to && purpose === told.to.channel)
        : undefined;
    const recipient = told ? nameOf(told.to) : null;
    const moment = moments(member?.timeZone ?? group.timeZone)(at.epochMilliseconds, at);
    return {
      key,
      at: moment.at,
      local: moment.local,
      kind: told ? told.kind : happening.do,
      to: member?.name ?? (channel ? `#${channel.name}` : (recipient ?? '')),
      recipient,
      platform: member?.identities[0]?.platform ?? channel?.platform ?? null,
      about: titleOf(activityOf(happening)),
    };
  };
}

function momentIn(zone: string, at: Temporal.Instant): Pick<PreviewRow, 'at' | 'local'> {
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
