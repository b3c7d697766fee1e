/** The ledger: claim, intend, and the outcome of every message. */

import type { ChannelName, MessageKind } from '../../domain/happening.ts';
import type { Address, Reference } from '../../ports/chat.ts';
import type { Delivery, Ledger, LedgerRow } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import { dateOf, instantOf } from './rows.ts';
import { messagesTo, tellConvenor, tellsOfAnswers } from './unreached.ts';
import { livingWorkers, type Worker } from './worker.ts';

const columns = `d.id, d.group_id, g.key as group_key, d.key, d.kind, d.mode, d.member_key, d.channel, d.about, d.platform, d.lane,
  d.address, d.due_at, d.attempt, d.reference, d.intent_at,
  (select c.blocked from contact c where c.platform = d.platform and c.tenant = substr(d.lane, strpos(d.lane, '/') + 1) and c.id = d.address) as blocked`;

/** Along the index from lane to lane, and in each only until something may go: thousands may wait for their turn in one. */
const lanesStatement = `
with recursive lanes as (
  (select lane from delivery where state = 'planned' and lane is not null order by lane limit 1)
  union all
  select (select d.lane from delivery d where d.state = 'planned' and d.lane > lanes.lane order by d.lane limit 1)
  from lanes where lanes.lane is not null)
select lane from lanes where lane is not null and exists (
  select 1 from delivery d where d.state = 'planned' and d.lane = lanes.lane and d.due_at <= $1 and coalesce(d.not_before, $1) <= $1)`;

export function ledger({ pool, hot }: Database, worker: Worker): Ledger {
  /** Moves a delivery on, only while this process holds it. */
  async function end(delivery: Delivery, from: string, set: string, values: unknown[]): Promise<boolean> {
    const result = await pool.query(`update delivery set ${set} where id = $1 and ${from}`, [delivery.id, ...values]);
    return (result.rowCount ?? 0) > 0;
  }
  const mine = `state in ('claimed', 'intent') and claimed_by = ${worker.number}`;
  /** What became of the request is better than what others had to assume while we seemed to be gone. */
  const known = ({ attempt }: Delivery) => `(${mine} or state = 'unknown' and attempt = ${Number(attempt) + 1})`;
  const unsettled = ({ attempt }: Delivery) => `state = 'unknown' and attempt = ${Number(attempt)}`;

  return {
    async lanes(now) {
      const result = await hot.query({ name: 'lanes', text: lanesStatement, values: [dateOf(now)] });
      return result.rows.map((row) => row.lane as string);
    },
    async claim(lane, now, limit, modes = ['post', 'replace']) {
      const result = await pool.query(
        `with mine as (
           update delivery set state = 'claimed', claimed_by = $1
           where id in (select id from delivery where state = 'planned' and lane = $2 and due_at <= $3 and coalesce(not_before, $3) <= $3
                          and mode = any($5)
                        order by due_at, id limit $4 for update skip locked)
           returning *)
         select ${columns} from mine d join working_group g on g.id = d.group_id order by d.due_at, d.id`,
        [worker.number, lane, dateOf(now), limit, modes],
      );
      return result.rows.map(deliveryOf);
    },
    intend: (delivery, at) =>
      end(
        delivery,
        `state = 'claimed' and claimed_by = ${worker.number}`,
        `state = 'intent', attempt = attempt + 1, intent_at = $2`,
        [dateOf(at)],
      ),
    async sent(delivery, reference, at) {
      await end(
        delivery,
        known(delivery),
        `state = 'sent', reference = coalesce($2, reference), sent_at = $3, reason = null`,
        [reference ? JSON.stringify(reference) : null, dateOf(at)],
      );
    },
    async again(delivery, notBefore, why) {
      await end(delivery, known(delivery), `state = 'planned', claimed_by = null, not_before = $2, reason = $3`, [
        dateOf(notBefore),
        why,
      ]);
    },
    async failed(delivery, reason, at) {
      await pool.query(
        `with failed as (
           update delivery set state = 'failed', reason = $2 where id = $1 and ${known(delivery)} returning *),
         ended as (
           select group_id, member_key, lane, coalesce('member:' || member_key, 'channel:' || channel) as whom
           from failed where mode = 'post' and kind <> 'notice' and not ${tellsOfAnswers('failed')})
         ${tellConvenor('$2', '$3')}`,
        [delivery.id, reason, dateOf(at)],
      );
    },
    async unknown(delivery, why) {
      await end(delivery, mine, `state = 'unknown', reason = $2`, [why]);
    },
    async skipped(delivery, why) {
      await end(delivery, mine, `state = 'skipped', reason = $2`, [why]);
    },
    async recover() {
      // A replaced card may be put again freely; a posted message whose request may have begun may not.
      await pool.query(
        `update delivery set
           state = case when state = 'intent' and mode = 'post' then 'unknown' else 'planned' end,
           reason = case when state = 'intent' and mode = 'post' then 'interrupted' else reason end,
           claimed_by = null
         where state in ('claimed', 'intent') and claimed_by not in (${livingWorkers})`,
      );
    },
    async unknowns() {
      const result = await pool.query(
        `select ${columns} from delivery d join working_group g on g.id = d.group_id
         where d.state = 'unknown' and coalesce(d.reason, '') <> 'cannot-tell' order by d.id limit 100`,
      );
      return result.rows.map((row) => ({
        ...deliveryOf(row),
        intentAt: instantOf(row.intent_at),
      }));
    },
    async settle(delivery, how) {
      if (how.is === 'sent') {
        await end(
          delivery,
          unsettled(delivery),
          `state = 'sent', reference = $2, sent_at = coalesce(sent_at, intent_at), reason = null`,
          [JSON.stringify(how.reference)],
        );
      } else if (how.is === 'planned') {
        await end(delivery, unsettled(delivery), `state = 'planned', claimed_by = null, reason = 'was-not-shown'`, []);
      } else {
        await end(delivery, unsettled(delivery), `reason = 'cannot-tell'`, []);
      }
    },
    async adopt(groupId, member, reference, kinds, about) {
      // The oldest unsettled message of that kind to this person is the one the action came from, unless it is known already.
      // Every opened survey asks: what is known is looked through only when there is something unsettled, which is seldom.
      await pool.query({
        name: 'adopt',
        text: `update delivery set state = 'sent', reference = $3, sent_at = intent_at, reason = null
         where id = (select d.id from delivery d where d.group_id = $1 and d.member_key = $2 and d.state = 'unknown' and d.kind = any($4)
           and d.about @> $7::jsonb
           and not exists (select 1 from delivery k where k.group_id = d.group_id and k.reference ->> 'message' = $5
             and k.reference ->> 'conversation' = $6)
           order by d.id limit 1)`,
        values: [
          groupId,
          member,
          JSON.stringify(reference),
          kinds,
          reference.message,
          reference.conversation,
          JSON.stringify(about),
        ],
      });
    },
    async pageOpened(groupId, member, { message, conversation }, at) {
      await pool.query(
        `update delivery set page_at = $5 where group_id = $1 and member_key = $2 and mode = 'post'
           and reference ->> 'message' = $3 and reference ->> 'conversation' = $4`,
        [groupId, member, message, conversation, dateOf(at)],
      );
    },
    async rows(groupKey) {
      const result = await pool.query(
        `select d.key, d.kind, coalesce(d.member_key, d.channel, '') as "to", d.platform, d.due_at, d.state, d.reason, d.reference
         from delivery d join working_group g on g.id = d.group_id where g.key = $1 order by d.due_at, d.id`,
        [groupKey],
      );
      return result.rows.map(
        (row): LedgerRow => ({
          key: row.key,
          kind: row.kind,
          to: row.to,
          platform: row.platform,
          at: instantOf(row.due_at),
          state: row.state,
          reason: row.reason,
          reference: row.reference,
        }),
      );
    },
    async unreached(groupId) {
      // Few have ever not been reached, and only of them is the last message looked for.
      const counts = `d.mode = 'post' and d.kind <> 'receipt' and not ${tellsOfAnswers('d')}`;
      const latest = (whom: string) => `(select d.id, d.due_at, d.state, d.reason from ${messagesTo(whom)} as d
        where d.state in ('sent', 'failed', 'unknown') and ${counts} order by d.due_at desc, d.id desc limit 1)`;
      const result = await pool.query(
        `with failed as materialized (
           select distinct d.group_id, d.member_key, d.channel from delivery d
           where d.group_id = $1 and d.state in ('failed', 'unknown') and ${counts})
         select coalesce(failed.member_key, failed.channel) as "to", latest.state, latest.reason
         from failed cross join lateral (
           ${latest('member_key = failed.member_key')} union all
           ${latest('member_key is null and failed.member_key is null and channel = failed.channel')}) as latest
         where latest.state <> 'sent' order by latest.due_at, latest.id`,
        [groupId],
      );
      return result.rows.map(({ to, state, reason }) => ({
        to,
        reason: state === 'unknown' ? state : (reason ?? 'unknown'),
      }));
    },
    async open(now) {
      const result = await pool.query(
        `select count(*)::int as n from delivery where state in ('planned', 'claimed', 'intent') and due_at <= $1`,
        [dateOf(now)],
      );
      return result.rows[0].n;
    },
  };
}

type Row = Record<string, never> & {
  id: string;
  group_id: string;
  group_key: string;
  key: string;
  kind: MessageKind;
  mode: 'post' | 'replace';
  member_key: string | null;
  channel: ChannelName | null;
  about: Delivery['about'];
  platform: Delivery['platform'];
  lane: string;
  address: string;
  due_at: Date;
  attempt: number;
  reference: Reference | null;
  blocked: string | null;
};

function deliveryOf(row: Row): Delivery {
  const tenant = row.lane.slice(row.lane.indexOf('/') + 1);
  const to: Address = row.channel
    ? { platform: row.platform, tenant, channel: row.address }
    : { platform: row.platform, tenant, user: row.address };
  return {
    id: row.id,
    groupId: row.group_id,
    groupKey: row.group_key,
    key: row.key,
    kind: row.kind,
    mode: row.mode,
    member: row.member_key,
    channel: row.channel,
    about: row.about,
    platform: row.platform,
    lane: row.lane,
    to,
    dueAt: instantOf(row.due_at),
    attempt: row.attempt,
    reference: row.reference,
    blocked: row.blocked,
  };
}
