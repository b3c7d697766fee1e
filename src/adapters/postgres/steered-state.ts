/** The parts of a group's state that people set about themselves, and what the council and the weekly cap need to know. */

import type { Pool } from 'pg';
import type { GroupState } from '../../domain/state.ts';
import type { GroupRow } from './rows.ts';
import { instantOf, instantOrNull } from './rows.ts';
import { keepsToCounts } from './unreached.ts';

export async function steeredState(
  pool: Pool,
  row: GroupRow,
): Promise<Pick<GroupState, 'aways' | 'snoozes' | 'council' | 'unasked'>> {
  const [aways, snoozes, council, unasked] = await Promise.all([
    pool.query(
      `select m.key, a.since, a.until, a.substitute from away a join member m on m.id = a.member_id
       where m.group_id = $1 and m.removed_at is null`,
      [row.id],
    ),
    pool.query(
      `select m.key, s.about, s.since, s.until from snooze s join member m on m.id = s.member_id
       where m.group_id = $1 and m.removed_at is null order by s.since`,
      [row.id],
    ),
    row.council ? councilState(pool, row, row.council) : Promise.resolve(null),
    row.weeklyCap ? lastTold(pool, row.key, row.weeklyCap) : null,
  ]);
  return {
    aways: aways.rows.map((one) => ({
      member: one.key,
      since: instantOf(one.since),
      until: dayFrom(one.until),
      substitute: one.substitute,
    })),
    snoozes: snoozes.rows.map((one) => ({
      member: one.key,
      about: one.about,
      since: instantOf(one.since),
      until: dayFrom(one.until),
    })),
    council,
    ...(unasked ? { unasked } : {}),
  };
}

/** The driver gives a date as the local midnight of this process. */
const dayFrom = (date: Date | string): Temporal.PlainDate =>
  typeof date === 'string'
    ? Temporal.PlainDate.from(date)
    : Temporal.PlainDate.from({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() });

/** The first group by key carries the council's digest. */
async function councilState(
  pool: Pool,
  row: GroupRow,
  council: NonNullable<GroupRow['council']>,
): Promise<NonNullable<GroupState['council']> | null> {
  const carrier = await pool.query('select min(key) as key from working_group where council_key = $1', [council.key]);
  if (carrier.rows[0]?.key !== row.key) return null;
  const changes = await pool.query(
    `select c.at from change c join working_group g on g.id = c.group_id
     where g.council_key = $1 and g.id <> $2 and ($3::timestamptz is null or c.at > $3) order by c.at`,
    [council.key, row.id, council.toldUntil],
  );
  return { toldUntil: instantOrNull(council.toldUntil), changes: changes.rows.map((one) => instantOf(one.at)) };
}

/**
 * What was planned and not passed over counts; a receipt, a notice and what somebody put off to a day were asked for. In a round that
 * keeps to counts what was not sent to whoever had answered or put it off counts as well, and what did not arrive: the other messages of
 * the week must not tell who that was.
 */
export async function lastTold(pool: Pool, group: string, cap: number): Promise<Map<string, number[]>> {
  // Each person's moments are put in order by themselves: sorting a whole ledger takes longer than everything else.
  const found = await pool.query(
    `select json_object_agg(member_key, (
       select json_agg((extract(epoch from at) * 1000)::bigint order by at)
       from (select at from unnest(times) as told (at) order by at desc limit $2) as latest)) as all
     from (
       select member_key, array_agg(due_at) as times
       from delivery d where group_id = (select id from working_group where key = $1) and member_key is not null and mode = 'post' and kind not in ('receipt', 'notice', 'summary')
         and key not like 'again:%'
         and (state not in ('skipped', 'failed') or ((state = 'failed' or reason in ('answered', 'snoozed')) and ${keepsToCounts('d')}))
       group by member_key) as each`,
    [group, cap],
  );
  return new Map(Object.entries((found.rows[0]?.all ?? {}) as Record<string, number[]>));
}
