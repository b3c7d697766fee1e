/** A group of five thousand and two hundred activities: what its convenor waits for, and what it takes of the process. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { type OpenStore, openStore } from '../../src/compose.ts';
import type { Group } from '../../src/domain/group.ts';
import { preview } from '../../src/domain/schedule/preview.ts';
import { emptyState } from '../../src/domain/state.ts';
import { bigPlan, midway, startsAt } from './big-plan.ts';
import { startPart } from './parts/part.ts';
import { spreadOf } from './statistics.ts';

const people = 5_000;
const [big, small] = [bigPlan('5ize0b16', people), bigPlan('5ize5ma1', 50)];

type Measured = { what: string; ledger: number; ms: number[]; cpu: number[]; megabytes: (number | null)[] };
export type Size = { asked: Measured[] };
type Row = { what: string; figure: string; goal: string; met: boolean | null };
type Todo = { what: string; name: string; cap?: number; at?: Temporal.Instant };

const justTakenIn: Todo = { what: 'preview of a year, of a group just taken in', name: 'preview', at: startsAt };
const todos: Todo[] = [
  { what: 'preview of a year', name: 'preview' },
  { what: 'preview of a year with a weekly cap', name: 'preview', cap: 3 },
  { what: 're-import: a pasted plan to its difference', name: 'difference' },
  { what: 'live status of an open round', name: 'live' },
  { what: 'what extending a round would change', name: 'deed on a round' },
  { what: 'the same with a weekly cap', name: 'deed on a round', cap: 3 },
  { what: 'what another role would change', name: 'deed on the group' },
  { what: 'what another hour of sending would change', name: 'deed on everybody' },
  { what: 'the convenor’s overview', name: 'seat' },
  { what: 'deciding what is due as a round opens', name: 'tick' },
];

/** Each in a process of its own, `times` times. Rejects when something was not answered. */
export async function measureSize(entry: string, times: number, say: (line: string) => void): Promise<Size> {
  const directory = mkdtempSync(join(tmpdir(), 'rond-size-'));
  const opened = await openStore({ databaseUrl: null, data: directory }, 'size');
  const client = new pg.Client({ connectionString: opened.databaseUrl });
  try {
    await client.connect();
    say('five thousand members, and what was sent to them in eleven weeks');
    const asked: Measured[] = [];
    const ask = async (todo: Todo) => {
      await client.query('update working_group set weekly_cap = $1', [todo.cap ?? null]);
      const one = { ...(await measureOne(entry, opened.databaseUrl, todo, times)), ledger: await ledgerOf(client) };
      asked.push(one);
      say(`${todo.what}: ${figureOf(one)}`);
    };
    // PostgreSQL has not looked at it yet: what only its statistics make fast is slow for a convenor's first minutes.
    await client.query('alter system set autovacuum = off');
    await client.query('select pg_reload_conf()');
    for (const group of [small, big]) await opened.store.groups.save(group, null, startsAt);
    await ask(justTakenIn);
    for (const group of [small, big]) await runUntilMidway(opened, group);
    await settle(client);
    for (const todo of todos) await ask(todo);
    return { asked };
  } finally {
    await client.end().catch(() => {});
    await opened.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The plan run ahead to now, as ticks would have written it; most have answered, and everything has arrived but a few. */
async function runUntilMidway({ store }: OpenStore, group: Group): Promise<void> {
  const happenings = preview(group, emptyState, startsAt, midway, holidayName);
  await store.groups.carryOut(group.key, () => ({ happenings, nextAt: midway }));
}

async function settle(client: pg.Client): Promise<void> {
  await client.query(
    `update delivery set state = case when id % 200 = 0 then 'failed' else 'sent' end, reason = case when id % 200 = 0 then 'blocked' end,
       sent_at = due_at where state = 'planned'`,
  );
  await client.query(
    `update assignment a set state = 'submitted' from member m where m.id = a.member_id and m.position % 5 < 3`,
  );
  // As the server does by itself in its own time.
  await client.query('vacuum analyze');
}

async function ledgerOf(client: pg.Client): Promise<number> {
  const found = await client.query(
    'select count(*)::int as rows from delivery d join working_group g on g.id = d.group_id where g.key = $1',
    [big.key],
  );
  return found.rows[0].rows;
}

async function measureOne(
  entry: string,
  databaseUrl: string,
  { what, name, at = midway }: Todo,
  times: number,
): Promise<Omit<Measured, 'ledger'>> {
  const measured: Omit<Measured, 'ledger'> = { what, ms: [], cpu: [], megabytes: [] };
  for (let time = 0; time < times; time += 1) {
    const part = await startPart(entry, 'size', { databaseUrl }, ['--max-semi-space-size=8']);
    try {
      for (const group of [small, small, small, big]) {
        const one = await part.call<{ ms: number; cpu: number; megabytes: number | null }>(
          'measure',
          name,
          group.key,
          group.members.length,
          `${at}`,
        );
        if (group !== big) continue;
        measured.ms.push(one.ms);
        measured.cpu.push(one.cpu);
        measured.megabytes.push(one.megabytes);
      }
    } finally {
      await part.stop();
    }
  }
  return measured;
}

const shown = (values: number[]) => {
  const { median, lower, upper } = spreadOf(values);
  return `${Math.round(median)} (${Math.round(lower)}–${Math.round(upper)})`;
};

function figureOf({ ms, cpu, megabytes }: Measured): string {
  const known = megabytes.filter((one) => one !== null);
  const memory = known.length === megabytes.length ? `+${shown(known)} MB` : 'memory not readable';
  return `${shown(ms)} ms, of it own processor time ${shown(cpu)} ms; ${memory}`;
}

/** Rows of the report: a goal is met when the upper quartile of the time meets it, and the memory each time. */
export function sizeRows({ asked }: Size): Row[] {
  return asked.map((one) => {
    const { what, ledger, ms, megabytes } = one;
    const fits = megabytes.every((most) => most !== null && most <= 100);
    return {
      what: `${people} members, 200 activities, ${ledger} messages in the ledger: ${what}`,
      figure: figureOf(one),
      goal: '≤ 1 s, ≤ 100 MB',
      met: spreadOf(ms).upper <= 1_000 && fits,
    };
  });
}

/** `npm run bench -- --only size`: these rows alone, printed and not written. */
export async function sizeAlone(entry: string, times: number): Promise<void> {
  const size = await measureSize(entry, times, (line) => console.error(line));
  for (const { what, figure, goal, met } of sizeRows(size))
    console.log(`| ${what} | ${figure} | ${goal} | ${met === null ? '' : met ? 'met' : '**missed**'} |`);
  process.exit(0);
}
