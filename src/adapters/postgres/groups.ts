/** Groups: loading one whole, saving a plan, and carrying out what was decided in one transaction. */

import type { PoolClient } from 'pg';
import type { Group } from '../../domain/group.ts';
import type { Happening } from '../../domain/happening.ts';
import type { Change } from '../../domain/state.ts';
import type { Glance, GroupStore, Loaded } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import { assignmentsOf, membersOf, toldIn } from './many.ts';
import { recordHappenings } from './record.ts';
import { changeOf, dateOf, groupInclude, groupOf, instantOf, instantOrNull, roundOf, statusOf } from './rows.ts';
import { saveGroup } from './save-group.ts';
import { lastTold, steeredState } from './steered-state.ts';
import { inTransaction } from './transaction.ts';

/** The latest word on each due point counts; a date it was moved to stands until another one is given. */
const latestStatuses = `
select distinct on (activity_key, due_key) activity_key, due_key, status, note, by, at,
  first_value(new_date) over (partition by activity_key, due_key order by (new_date is null), id desc)::text as new_date
from status_update where group_id = $1 order by activity_key, due_key, id desc`;

export function groupStore({ pool, prisma }: Database): GroupStore {
  async function glance(key: string): Promise<Glance | null> {
    const row = await prisma.group.findUnique({
      where: { key },
      include: groupInclude,
    });
    if (!row) return null;
    const [members, rounds, assignments, statuses, changes, steered] = await Promise.all([
      membersOf(pool, row.id),
      prisma.round.findMany({
        where: { groupId: row.id },
        orderBy: { opensAt: 'asc' },
      }),
      assignmentsOf(pool, row.id),
      pool.query(latestStatuses, [row.id]),
      prisma.change.findMany({
        where: { groupId: row.id },
        orderBy: { id: 'asc' },
      }),
      steeredState(pool, row),
    ]);
    return {
      id: row.id,
      group: groupOf(row, members),
      state: {
        rounds: rounds.map((round) => roundOf(round, assignments.get(round.key) ?? [])),
        statuses: statuses.rows.map(statusOf),
        changes: changes.map(changeOf),
        toldUntil: {
          group: instantOrNull(row.toldGroup),
          steering: instantOrNull(row.toldSteering),
        },
        ...steered,
      },
    };
  }

  async function load(key: string, at: Temporal.Instant | null = null): Promise<Loaded | null> {
    const found = await pool.query<{ id: string; cap: number | null }>(
      'select id, weekly_cap as cap from working_group where key = $1',
      [key],
    );
    const [row] = found.rows;
    if (!row) return null;
    const [seen, done, unasked] = await Promise.all([
      glance(key),
      toldIn(pool, row.id),
      row.cap ? lastTold(pool, key, row.cap, at) : null,
    ]);
    return seen && { ...seen, state: { ...seen.state, done, ...(unasked ? { unasked } : {}) } };
  }

  function locked<T>(key: string, use: (client: PoolClient) => Promise<T>): Promise<T | null> {
    return inTransaction(pool, async (client) => {
      // Not `for update`: that would keep the group from those who are answering, and be kept from it by them.
      const lock = await client.query('select id from working_group where key = $1 for no key update skip locked', [
        key,
      ]);
      return lock.rowCount ? use(client) : null;
    });
  }

  return {
    load,
    glance,
    told: (groupId, of) => toldIn(pool, groupId, of),
    async list() {
      return prisma.group.findMany({
        select: { key: true, name: true },
        orderBy: { key: 'asc' },
      });
    },
    save: (group: Group, change: Change | null, nextAt) => saveGroup(pool, { group, change, nextAt }, load),
    async due(now) {
      const rows = await pool.query('select key from working_group where next_at <= $1 order by next_at', [
        dateOf(now),
      ]);
      return rows.rows.map((row) => row.key as string);
    },
    async nextAt() {
      const found = await pool.query(
        'select key, next_at from working_group where next_at is not null order by next_at limit 1',
      );
      const row = found.rows[0];
      return row ? { group: row.key as string, at: instantOf(row.next_at) } : null;
    },
    async carryOut(key, decide, at) {
      const written = await locked(key, async (client) => {
        const loaded = await load(key, at);
        if (!loaded) return 0;
        const { happenings, nextAt } = decide(loaded);
        const count = await recordHappenings(client, loaded, happenings as Happening[]);
        await client.query('update working_group set next_at = $2 where id = $1', [
          loaded.id,
          nextAt ? dateOf(nextAt) : null,
        ]);
        return count;
      });
      return written ?? 0;
    },
    async wake(groupId, at) {
      await pool.query('update working_group set next_at = least(coalesce(next_at, $2), $2) where id = $1', [
        groupId,
        dateOf(at),
      ]);
    },
  };
}
