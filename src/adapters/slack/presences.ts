import type { Presence } from '../../ports/chat.ts';
import type { EventCallback } from './payloads.ts';

/** Events about being there, by Slack's name. */
export const presenceEvents = [
  'app_home_opened',
  'app_uninstalled',
  'tokens_revoked',
  'member_joined_channel',
  'member_left_channel',
  'channel_left',
  'group_left',
  'channel_rename',
  'group_rename',
  'channel_id_changed',
  'channel_archive',
  'channel_unarchive',
  'group_unarchive',
  'group_archive',
  'channel_deleted',
  'group_deleted',
] as const;

/** The news in the product's words, or null when it is none. */
export function presenceOf(body: EventCallback, botUser: string): Presence | null {
  const { event } = body;
  const user = typeof event.user === 'string' ? event.user : (event.user?.id ?? null);
  const channel = typeof event.channel === 'string' ? event.channel : (event.channel?.id ?? null);
  const name = typeof event.channel === 'object' ? (event.channel.name ?? null) : null;
  const tenant = body.team_id;
  const news = (what: Presence['what'], about: Partial<Presence>): Presence => ({
    what,
    who: null,
    channel: null,
    platform: 'slack',
    tenant,
    name: null,
    event: `event:${body.event_id}`,
    ...about,
  });
  const who = user && user !== botUser ? { platform: 'slack' as const, tenant, user } : null;
  switch (event.type) {
    case 'app_home_opened':
      return who && news('installed', { who });
    case 'app_uninstalled':
      return news('uninstalled', {});
    case 'tokens_revoked':
      return event.tokens?.bot?.length ? news('uninstalled', {}) : null;
    case 'member_joined_channel':
      return news(who ? 'member-joined' : 'installed', { who, channel });
    case 'member_left_channel':
      return who ? news('member-left', { who, channel }) : news('uninstalled', { channel, why: 'not-in-channel' });
    case 'channel_left':
    case 'group_left':
      return news('uninstalled', { channel, why: 'not-in-channel' });
    case 'channel_unarchive':
    case 'group_unarchive':
      return news('installed', { channel });
    case 'channel_rename':
    case 'group_rename':
      return news('channel-renamed', { channel, name });
    case 'channel_id_changed': {
      // A private channel was made public, or was shared with another workspace.
      const { old_channel_id: was, new_channel_id: now } = event;
      return was && now ? news('channel-moved', { channel: now, was }) : null;
    }
    case 'channel_archive':
    case 'group_archive':
      return news('channel-deleted', { channel, why: 'archived' });
    case 'channel_deleted':
    case 'group_deleted':
      return news('channel-deleted', { channel });
    default:
      return null;
  }
}
