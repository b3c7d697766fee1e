import type { Presence } from '../../ports/chat.ts';
import { channelOf, eventOf, type Inbound, identityOf, tenantOf } from './inbound.ts';

const channelEvents: Record<string, Pick<Presence, 'what' | 'why'>> = {
  channelRenamed: { what: 'channel-renamed' },
  channelDeleted: { what: 'channel-deleted' },
  channelRestored: { what: 'installed' },
  // A team's own events name its General channel, which stands for all of them.
  teamArchived: { what: 'channel-deleted', why: 'archived' },
  teamUnarchived: { what: 'installed' },
  teamDeleted: { what: 'uninstalled' },
  teamHardDeleted: { what: 'channel-deleted' },
  teamRestored: { what: 'installed' },
};

/** `*-upgrade` is a new version of the app: an addition to be greeted, but no removal. */
const installations: Record<string, Presence['what']> = {
  add: 'installed',
  'add-upgrade': 'installed',
  remove: 'uninstalled',
};

/** What an installationUpdate or a conversationUpdate tells; most tell nothing. */
export function presencesOf(activity: Inbound): Presence[] {
  const tenant = tenantOf(activity);
  if (!tenant) return [];
  const event = eventOf(activity);
  const channel = channelOf(activity);
  const data = activity.channelData;
  const about = { channel, platform: 'teams', tenant, name: data?.channel?.name ?? data?.team?.name ?? null } as const;

  if (activity.type === 'installationUpdate') {
    const what = installations[activity.action ?? ''];
    return what ? [{ ...about, what, who: channel === null ? identityOf(activity) : null, event }] : [];
  }
  const news = channelEvents[data?.eventType ?? ''];
  if (news) return [{ ...about, ...news, who: null, event }];
  const moved = [
    ...(activity.membersAdded ?? []).map((member) => ({ member, what: 'member-joined' as const })),
    ...(activity.membersRemoved ?? []).map((member) => ({ member, what: 'member-left' as const })),
  ];
  return moved.flatMap(({ member, what }, index) => {
    // Rond's own coming and going is told by installationUpdate.
    if (channel === null || !member.aadObjectId || member.id === activity.recipient?.id) return [];
    const who = { platform: 'teams', tenant, user: member.aadObjectId } as const;
    return [{ ...about, what, who, event: `${event}/${index}` }];
  });
}
