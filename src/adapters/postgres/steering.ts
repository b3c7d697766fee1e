/** People's changes: what a command made of a group is compared with what it was, and what is different is written, once for each event. */

import type { PoolClient } from 'pg';
import type { AuditEntry, Steered, SteeringStore } from '../../ports/steering.ts';
import type { GroupStore, Loaded } from '../../ports/store.ts';
import { type AuditRow, auditOf, writeAudit } from './audit.ts';
import type { Database } from './connect.ts';
import { councilChoices } from './councils.ts';
import { isFirst } from './once.ts';
import { formerIn } from './people.ts';
import { dateOf } from './rows.ts';
import { lastTold } from './steered-state.ts';
import { messagesTo, tellsOfAnswers } from './unreached.ts';
import { Overtaken, writeDifference } from './write-difference.ts';

const attempts = 4;

type CarriedOut<T> = { is: 'done'; steered: T; entries: AuditEntry[] } | { is: 'repeated' } | null;

export function steeringStore({ pool }: Database, load: GroupStore['load']): SteeringStore {
  async function once<T extends Steered>(
    client: PoolClient,
    key: string,
    event: string,
    at: Temporal.Instant,
    steer: (loaded: Loaded) => T,
  ): Promise<CarriedOut<T>> {
    await client.query('begin');
    try {
      // Whoever is first changes it; the next one sees what was changed.
      const lock = await client.query('select id from working_group where key = $1 for no key update', [key]);
      const id = lock.rows[0]?.id as string | undefined;
      if (!id) return null;
      if (!(await isFirst(client, event, at))) return { is: 'repeated' };
      const loaded = await load(key, at);
      if (!loaded) return null;
      const steered = steer(loaded);
      if (steered.next) {
        await writeDifference(client, loaded, steered.next, at);
        await client.query('update working_group set next_at = least(coalesce(next_at, $2), $2) where id = $1', [
          id,
          dateOf(at),
        ]);
      }
      const entries = await writeAudit(client, id, steered.entries);
      // An event that was refused may come again, when it can be done.
      if (!steered.next) await client.query('delete from inbound_event where key = $1', [event]);
      await client.query('commit');
      return { is: 'done', steered, entries };
    } finally {
      await client.query('rollback').catch(() => {});
    }
  }

  async function attempt<T extends Steered>(
    key: string,
    event: string,
    at: Temporal.Instant,
    steer: (loaded: Loaded) => T,
  ): Promise<CarriedOut<T>> {
    for (let n = 1; ; n++) {
      const client = await pool.connect();
      try {
        return await once(client, key, event, at, steer);
      } catch (error) {
        if (!(error instanceof Overtaken) || n === attempts) throw error;
      } finally {
        client.release();
      }
    }
  }

  return {
    carryOut: attempt,
    async groupsOf(council) {
      const found = await pool.query('select key from working_group where council_key = $1 order by key', [council]);
      return found.rows.map((row) => row.key as string);
    },
    councilChoices: (group) => councilChoices(pool, group),
    unasked: (group, cap, at) => lastTold(pool, group, cap, at),
    async unreached(group, rounds) {
      // Few have ever not been reached, and only of them is the last message looked for.
      const found = await pool.query(
        `with failed as materialized (
           select distinct d.group_id, d.member_key, d.about ->> 'round' as round
           from delivery d join working_group g on g.id = d.group_id
           where g.key = $1 and d.state in ('failed', 'unknown') and d.kind in ('invitation', 'reminder') and d.mode = 'post'
             and d.member_key is not null and d.about ->> 'round' = any ($2))
         select failed.member_key, failed.round, latest.state, latest.reason
         from failed cross join lateral (
           select d.state, d.reason from ${messagesTo('member_key = failed.member_key')} as d
           where d.about ->> 'round' = failed.round and d.mode = 'post'
             and d.kind in ('invitation', 'reminder') and not ${tellsOfAnswers('d')} and d.state in ('sent', 'failed', 'unknown')
           order by d.due_at desc, d.id desc limit 1) as latest
         where latest.state <> 'sent' order by failed.round, failed.member_key`,
        [group, rounds],
      );
      return found.rows.map((row) => ({
        round: row.round as string,
        member: row.member_key as string,
        reason: row.state === 'unknown' ? 'unknown' : ((row.reason as string | null) ?? 'unknown'),
      }));
    },
    former: (group) => formerIn(pool, group),
    async log(group, { before, limit }) {
      const found = await pool.query<AuditRow>(
        `select a.* from audit a join working_group g on g.id = a.group_id
         where g.key = $1 and ($2::bigint is null or a.id < $2) order by a.id desc limit $3`,
        [group, before && /^\d{1,18}$/.test(before) ? before : null, limit],
      );
      return found.rows.map(auditOf);
    },
    async since(group, subject, version) {
      const found = await pool.query<AuditRow>(
        `select a.* from audit a join working_group g on g.id = a.group_id
         where g.key = $1 and a.version > $3 and (a.subject = $2 or ($2 = 'group' and a.subject like 'member:%'))
         order by a.id limit 50`,
        [group, subject, version],
      );
      return found.rows.map(auditOf);
    },
  };
}
