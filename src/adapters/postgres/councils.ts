/** Where a group could report to. */

import type { Pool } from 'pg';
import type { Channel, Council, Platform } from '../../domain/group.ts';

type Row = { key: string; name: string; platform: Platform; tenant: string; channel: string; channel_name: string };

/** Workspaces and tenants where the group has a channel or a member. */
const home = `home as (
  select c.platform, c.tenant from channel c join working_group g on g.id = c.group_id where g.key = $1
  union select i.platform, i.tenant from member_identity i join member m on m.id = i.member_id
    join working_group g on g.id = m.group_id where g.key = $1 and m.removed_at is null)`;

/** Channels: where Rond is and no group talks, other groups' steering channels, and the group's own. */
export async function councilChoices(
  pool: Pool,
  group: string,
): Promise<{ councils: Council[]; channels: Omit<Channel, 'purpose'>[] }> {
  const councils = await pool.query<Row>(
    `with ${home} select c.* from council c join home using (platform, tenant) order by c.name, c.key`,
    [group],
  );
  const channels = await pool.query<Pick<Row, 'platform' | 'tenant' | 'channel' | 'name'>>(
    `with ${home},
     free as (
       select p.platform, p.tenant, p.channel, p.name from place p where not exists (
         select 1 from channel c where c.platform = p.platform and c.tenant = p.tenant and c.id = p.channel)),
     talking as (
       select c.platform, c.tenant, c.id as channel, c.name from channel c join working_group g on g.id = c.group_id
       where c.purpose = 'steering' or g.key = $1)
     select distinct on (name, platform, tenant, channel) platform, tenant, channel, coalesce(name, channel) as name
     from (select * from free union select * from talking) as found join home using (platform, tenant)
     where not exists (select 1 from council c
       where c.platform = found.platform and c.tenant = found.tenant and c.channel = found.channel)
     order by name, platform, tenant, channel`,
    [group],
  );
  return {
    councils: councils.rows.map(({ key, name, platform, tenant, channel, channel_name }) => ({
      key,
      name,
      channel: { platform, tenant, id: channel, name: channel_name },
    })),
    channels: channels.rows.map(({ platform, tenant, channel, name }) => ({ platform, tenant, id: channel, name })),
  };
}
