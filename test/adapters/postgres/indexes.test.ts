/** What is asked once a minute, or for each message, reads an index: it costs the same with ten groups and ten thousand. */

import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../../../src/adapters/postgres/connect.ts';
import { groupStore } from '../../../src/adapters/postgres/groups.ts';
import { ledger } from '../../../src/adapters/postgres/ledger.ts';
import { renewClosed } from '../../../src/adapters/postgres/renew-messages.ts';
import { renewPoints } from '../../../src/adapters/postgres/renew-points.ts';
import { type Bench, bench, during, roundKey } from './bench.ts';

let b: Bench;
let database: Database;
let groupId: string;
const asked: { text: string; values: unknown[] }[] = [];

beforeAll(async () => {
  b = await bench();
  database = connect(b.url, 2);
  const { id } = await b.loaded();
  groupId = id;
  await b.all(
    `insert into working_group (key, name, client, owner, decided_on, language, time_zone, country, hour, periods, starts_at, next_at)
     select 'group-' || n, name, client, owner, decided_on, language, time_zone, country, hour, periods, starts_at,
       case when n % 2 = 0 then starts_at + n * interval '1 day' end
     from working_group, generate_series(1, 5000) n where id = $1`,
    [id],
  );
  await b.all(
    `insert into delivery (group_id, key, kind, mode, about, platform, lane, address, due_at, state)
     select $1, 'old:' || n, 'digest', 'post', '{}', 'teams', 'teams/tenant-' || n % 5, 'x', now(), case when n % 500 = 0 then 'planned' else 'sent' end
     from generate_series(1, 20000) n`,
    [id],
  );
  await b.all('analyze working_group, delivery');
});
afterAll(async () => {
  await database.close();
  await b.drop();
});

/** The statements that `use` really sends. */
async function statementsOf(use: (database: Database) => Promise<unknown>): Promise<typeof asked> {
  asked.length = 0;
  const query = (given: string | { text: string; values: unknown[] }, plain: unknown[] = []) => {
    const { text, values } = typeof given === 'string' ? { text: given, values: plain } : given;
    asked.push({ text, values });
    return database.pool.query(text, values);
  };
  const pool = { query } as unknown as pg.Pool;
  await use({ ...database, pool, hot: pool });
  return [...asked];
}

async function planOf({ text, values }: (typeof asked)[number]): Promise<string> {
  const rows = await b.all<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const worker = { number: 1, close: async () => {} };

test.each<[string, string, (one: Database) => Promise<unknown>]>([
  ['which groups are due', 'working_group_next_at_idx', (one) => groupStore(one).due(during)],
  ['what comes next', 'working_group_next_at_idx', (one) => groupStore(one).nextAt()],
  ['which lanes have something to send', 'delivery_state_lane_due_at_idx', (one) => ledger(one, worker).lanes(during)],
  [
    'what a lane sends next',
    'delivery_state_lane_due_at_idx',
    (one) => ledger(one, worker).claim('teams/tenant-0', during, 32),
  ],
  ['what a dead process left', 'delivery_state_lane_due_at_idx', (one) => ledger(one, worker).recover()],
  ['what is in doubt', 'delivery_state_lane_due_at_idx', (one) => ledger(one, worker).unknowns()],
])('%s', async (_, index, use) => {
  const statements = await statementsOf(use);
  expect(statements).toHaveLength(1);
  const plan = await planOf(statements[0] as (typeof asked)[number]);
  expect(plan).toContain(index);
  expect(plan).not.toMatch(/Seq Scan on (delivery|working_group)/);
});

test.each<[string, (one: Database) => Promise<unknown>]>([
  ['what may still matter of a group', (one) => groupStore(one).told(groupId)],
  [
    'what lies in the chats about a survey',
    ({ pool }) => renewClosed(pool as unknown as pg.PoolClient, groupId, roundKey, during),
  ],
  [
    'what lies in the chats about a due point',
    ({ pool }) => {
      const points = [{ activity: 'rapport', due: null }];
      return renewPoints(pool as unknown as pg.PoolClient, groupId, { points, members: [] }, during);
    },
  ],
])('of a ledger of thousands only the names that are meant are read: %s', async (_, use) => {
  const statements = await statementsOf(use);
  expect(statements.length).toBeGreaterThan(0);
  for (const statement of statements) {
    const plan = await planOf(statement);
    expect(plan).toMatch(/delivery_group_id_key_key on delivery.*\n.*Index Cond: .*key >= .*key < /);
    expect(plan).not.toMatch(/Seq Scan on delivery/);
  }
});

test('names in the ledger stand in the order of their letters’ codes, whatever the database’s language', async () => {
  const [order] = await b.all(
    `select collation_name from information_schema.columns where table_name = 'delivery' and column_name = 'key'`,
  );
  expect(order).toEqual({ collation_name: 'C' });
});
