/**
 * Coming and going, as the platforms tell it. Being in a channel is not being in the group: nobody is written to because they
 * joined one, and nobody is forgotten because they left.
 */

import type { Presence } from '../ports/chat.ts';
import type { Store } from '../ports/store.ts';

export async function takePresence(
  { store, now }: { store: Pick<Store, 'reach'>; now: Temporal.Instant },
  presence: Presence,
): Promise<void> {
  const { reach } = store;
  const { what, platform, tenant, who, channel, name, why, was } = presence;
  const id = who?.user ?? channel;
  switch (what) {
    case 'installed':
      return reach.returned({ platform, tenant, id });
    case 'uninstalled':
      return id
        ? reach.lost({ platform, tenant, id }, why ?? 'not-installed', now)
        : reach.tenantLost(platform, tenant, why ?? 'not-authorised', now);
    case 'channel-renamed':
      return channel && name ? reach.renamed({ platform, tenant, id: channel }, name) : undefined;
    case 'channel-moved':
      return channel && was ? reach.moved({ platform, tenant, id: was }, channel) : undefined;
    case 'channel-deleted':
      return channel ? reach.lost({ platform, tenant, id: channel }, why ?? 'not-found', now) : undefined;
    case 'member-joined':
    case 'member-left':
      return;
  }
}
