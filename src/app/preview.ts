/** What will happen, as rows to read. */

import type { Holidays } from '../domain/calendar.ts';
import type { Group, Platform } from '../domain/group.ts';
import type { Happening } from '../domain/happening.ts';
import { preview } from '../domain/schedule/preview.ts';
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
  return preview(group, state, from, to, holidays).flatMap((happening) => {
    if (happening.do === 'skip' || happening.do === 'note-overdue') return [];
    return [{ key: happening.key, at: happening.at.toString(), ...rowOf(group, happening) }];
  });
}

function rowOf(
  group: Group,
  happening: Exclude<Happening, { do: 'skip' | 'note-overdue' }>,
): Omit<PreviewRow, 'key' | 'at'> {
  const local = (zone: string) => {
    const there = happening.at.toZonedDateTimeISO(zone);
    return `${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  };
  const titleOf = (key: string | undefined) => group.activities.find((activity) => activity.key === key)?.title ?? '';
  if (happening.do !== 'tell') {
    const activity = happening.do === 'open-round' ? happening.activity : activityIn(happening.round);
    return {
      local: local(group.timeZone),
      kind: happening.do,
      to: '',
      recipient: null,
      platform: null,
      about: titleOf(activity),
    };
  }
  const about = titleOf(happening.about.activity ?? activityIn(happening.about.round));
  const { to, kind } = happening;
  if ('member' in to) {
    const member = group.members.find((one) => one.key === to.member);
    const platform = member?.identities[0]?.platform ?? null;
    return {
      local: local(member?.timeZone ?? group.timeZone),
      kind,
      to: member?.name ?? to.member,
      recipient: to.member,
      platform,
      about,
    };
  }
  const channel = group.channels.find((one) => one.purpose === to.channel);
  return {
    local: local(group.timeZone),
    kind,
    to: channel ? `#${channel.name}` : to.channel,
    recipient: to.channel,
    platform: channel?.platform ?? null,
    about,
  };
}

/** A round's key begins with its activity's. */
function activityIn(round: string | undefined): string | undefined {
  return round?.slice(0, round.indexOf('/'));
}
