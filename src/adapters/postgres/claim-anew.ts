/** What is just about to be sent when its group changes: the card that was made of it says how the group was. */

import type { PoolClient } from 'pg';

/**
 * Puts back what is claimed and not yet asked of a platform: whoever made its card may not send it, claims it again, and judges and
 * draws it from the group as it is now. Last in the transaction that changed the group, so that little is claimed behind its back.
 */
export async function claimAnew(client: PoolClient, groupId: string): Promise<void> {
  await client.query(
    `update delivery set state = 'planned', claimed_by = null where state = 'claimed' and group_id = $1`,
    [groupId],
  );
}
