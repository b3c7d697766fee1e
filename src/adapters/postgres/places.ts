/** The channels that Rond is in. */

import type { DraftStore, Place } from '../../ports/drafts.ts';
import type { Database } from './connect.ts';
import { dateOf } from './rows.ts';

type PlaceStore = Pick<DraftStore, 'arrived' | 'ungreeted' | 'left' | 'named' | 'place' | 'freePlaces'>;

const here = 'platform = $1 and tenant = $2 and channel = $3';

export function placeStore({ pool }: Database): PlaceStore {
  const rows = async (text: string, values: unknown[]): Promise<Place[]> => (await pool.query(text, values)).rows;
  return {
    async arrived({ platform, tenant, channel, name }, at) {
      const key = [platform, tenant, channel];
      await pool.query(
        `insert into place (platform, tenant, channel, name, arrived_at) values ($1, $2, $3, $4, $5)
         on conflict (platform, tenant, channel) do update set name = coalesce(excluded.name, place.name)`,
        [...key, name, dateOf(at)],
      );
      // It turns true once: whichever process turns it greets.
      const claimed = await pool.query(`update place set greeted = true where ${here} and not greeted`, key);
      return Boolean(claimed.rowCount);
    },
    async ungreeted({ platform, tenant, channel }) {
      await pool.query(`update place set greeted = false where ${here}`, [platform, tenant, channel]);
    },
    async left({ platform, tenant, channel }) {
      await pool.query(`delete from place where ${here}`, [platform, tenant, channel]);
    },
    async named({ platform, tenant, channel, name }) {
      await pool.query(`update place set name = $4 where ${here} and name is distinct from $4`, [
        platform,
        tenant,
        channel,
        name,
      ]);
    },
    async place({ platform, tenant, channel }) {
      const [found] = await rows(`select platform, tenant, channel, name from place where ${here}`, [
        platform,
        tenant,
        channel,
      ]);
      return found ?? null;
    },
    freePlaces: (platform, tenant) =>
      rows(
        `select platform, tenant, channel, name from place p where platform = $1 and tenant = $2
           and not exists (select 1 from channel c where c.platform = p.platform and c.tenant = p.tenant and c.id = p.channel)
         order by arrived_at desc, channel`,
        [platform, tenant],
      ),
  };
}
