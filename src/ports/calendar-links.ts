/** Secret addresses of calendar feeds. Only what a secret hashes to is kept: whoever reads the database learns no address. */

import type { Touches } from '../domain/feed/entries.ts';
import type { Identity } from '../domain/group.ts';
import type { NewAuditEntry } from './steering.ts';

/** Whose feed an address is. A group's own address is a part of the group and changes with it. */
export type FeedOf = { is: 'group'; key: string } | { is: 'person'; who: Identity };

/** `group`: its id. */
export type InLog = { group: string; entry: NewAuditEntry };

export type CalendarLinks = {
  /** Null when the address is unknown, or was revoked. */
  find(hash: string): Promise<FeedOf | null>;
  /** Since when a person has an address, under any of their identities; null without. */
  since(identities: Identity[]): Promise<Temporal.Instant | null>;
  /**
   * The person's address, in place of any before under any of their identities, once for each event: false when the event is known,
   * and then nothing has changed. With it the logs of the person's groups say so.
   */
  give(
    who: Identity,
    identities: Identity[],
    hash: string,
    event: string,
    at: Temporal.Instant,
    logs: InLog[],
  ): Promise<boolean>;
  /** Ends a person's address, whichever of their identities it was made under; the logs say so when there was one. */
  revoke(identities: Identity[], logs: InLog[]): Promise<void>;
  /** What has been changed in a group's plan, how many times and when last. */
  touches(groupId: string): Promise<Touches>;
};
