/** The parts of a group's state that people set about themselves, and what the council and the weekly cap need to know of it. */

import type { Pool } from 'pg';
import type { GroupState } from '../../domain/state.ts';
import type { GroupRow } from './rows.ts';
import { dateOf, instantOf, instantOrNull } from './rows.ts';
import { keepsToCounts } from './unreached.ts';

export async function steeredState(
  pool: Pool,
  row: GroupRow,
): Promise<Pick<GroupState, 'aways' | 'snoozes' | 'council'>> {
  const [aways, snoozes, council] = await Promise.all([
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
 * the week must not tell who that was. `at`: nothing is to be decided for an earlier moment, so that older messages need not be known; null:
 * for any moment.
 */
export async function lastTold(
  pool: Pool,
  group: string,
  cap: number,
  at: Temporal.Instant | null,
): Promise<Map<string, number[]>> {
  // By moment, of which there are few, and not by person: thousands of short lists take longer to put together than to read.
  const found = await pool.query<{ at: string; told: string[] }>(
    `select (extract(epoch from due_at) * 1000)::bigint as at, json_agg(member_key) as told
     from delivery d where group_id = (select id from working_group where key = $1) and member_key is not null and mode = 'post'
       and kind not in ('receipt', 'notice', 'summary') and key not like 'again:%' and ($2::timestamptz is null or due_at > $2)
       and (state not in ('skipped', 'failed') or ((state = 'failed' or reason in ('answered', 'snoozed')) and ${keepsToCounts('d')}))
     group by due_at order by due_at desc`,
    [group, at && dateOf(at.subtract(longAgo))],
  );
  const last = new Map<string, number[]>();
  for (const { at, told } of found.rows) {
    const ms = Number(at);
    for (const who of told) {
      const moments = last.get(who);
      if (!moments) last.set(who, [ms]);
      else if (moments.length < cap) moments.unshift(ms);
    }
  }
  return last;
}

/** A week is full for seven days, and what is told may be told as of the start of yesterday's sending hours. */
const longAgo = { hours: 24 * 10 };
