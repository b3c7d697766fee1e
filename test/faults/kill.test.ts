/** `kill -9` at every named step of a run: nothing is seen twice, nothing that was answered is missing, everything due is sent. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleFile, readGroup } from '../../src/cli/import-group.ts';
import type { Bot } from '../../src/cli/play/bot.ts';
import { type PlayResult, play } from '../../src/cli/play/run.ts';
import { type Step, steps } from '../../src/delivery/steps.ts';
import type { Group } from '../../src/domain/group.ts';
import type { Ratings } from '../../src/domain/instrument.ts';
import { catalogue } from '../../src/library/library.ts';
import type { LedgerRow } from '../../src/ports/store.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { type DurableServer, durableServer } from '../support/durable-server.ts';
import { testConfig } from '../support/rond.ts';
import { countsIn, type Kill, killsIn, nameOfKill, planEnv } from './kill-plan.ts';
import { judge, type Seen } from './oracle.ts';

const botFile = fileURLToPath(new URL('bot.ts', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'rond-kill-'));
let server: DurableServer;
beforeAll(async () => {
  server = await durableServer();
});
afterAll(async () => {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
});

type Run = Seen & {
  result: PlayResult;
  rows: LedgerRow[];
  answers: Answer[];
  killed: string[];
  restarts: number;
  counts: Map<Step, number>;
};
type Answer = { member: string; state: string; revision: number; answers: Ratings; complete: Ratings[] };

let runs = 0;
async function run(from: string, to: string, kills: Kill[]): Promise<Run> {
  runs += 1;
  const file = join(scratch, `steps-${runs}`);
  const day = Temporal.PlainDate.from;
  const { group } = await example();
  let seen: Omit<Run, 'result'> | null = null;
  const result = await play({
    config: testConfig({ databaseUrl: server.url }),
    group: null,
    from: day(from),
    to: day(to),
    answers: null,
    botFile,
    botEnv: { ...planEnv({ kills, file }), LOG_LEVEL: 'silent' },
    async inspect(sandbox, bot, rows, opened) {
      const judged = judge(sandbox, group, rows);
      const answers = await answersIn(opened.databaseUrl);
      await askForHelp(sandbox, bot, group);
      seen = { ...judged, rows, answers, killed: killsIn(file), counts: countsIn(file), restarts: bot.restarts() };
    },
  });
  if (!seen) throw new Error('the run was not looked at');
  return { ...(seen as Omit<Run, 'result'>), result };
}

/** Nobody in a play writes to Rond: one person does, at the end, until there is an answer. */
async function askForHelp({ wires }: Sandbox, bot: Bot, group: Group): Promise<void> {
  const user = group.members.find(({ identities }) => identities[0]?.platform === 'slack')?.identities[0]?.user ?? '';
  const isAnswered = () =>
    wires.slack.personal(user).at(-1)?.text.includes('hjälp') && wires.slack.personal(user).at(-1)?.from === 'bot';
  for (let tries = 0; tries < 20 && !isAnswered(); tries += 1) {
    await bot.ready();
    await wires.slack.say(user, 'hjälp');
  }
  expect(isAnswered()).toBe(true);
}

const example = () => readGroup(exampleFile, Temporal.Instant.from('2022-09-26T06:00:00Z'));

async function answersIn(url: string): Promise<Answer[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query(
      `select m.key as member, a.state, a.revision, a.answers,
         (select coalesce(jsonb_agg(s.given order by s.id), '[]') from submission s where s.assignment_id = a.id and s.complete and s.given = a.answers) as complete
       from assignment a join member m on m.id = a.member_id order by m.position`,
    );
    return found.rows;
  } finally {
    await client.end();
  }
}

/** What each member says in a play. */
function ratingsOf(group: Group, member: string): Ratings {
  const index = group.members.findIndex(({ key }) => key === member);
  const language = group.members[index]?.language ?? 'sv';
  return exampleRatings(catalogue('se-legitimation-2023'), index + 1, language);
}

/** A message that Teams never showed changes what people do next: only what follows from that may differ. */
function expectSameKeys(disturbed: Run, quiet: Run): void {
  const followsFrom = (key: string) =>
    disturbed.lost.some((row) =>
      row.kind === 'invitation'
        ? // Who was never asked answers the reminder instead.
          key.startsWith('remind:') || key.startsWith(`receipt:${row.to}`)
        : (row.kind === 'status' || row.kind === 'deadline') &&
          /^(overdue|note-overdue|digest|status|deadline):/.test(key),
    );
  const differing = [...new Set(disturbed.keys).symmetricDifference(new Set(quiet.keys))];
  expect(differing.filter((key) => !followsFrom(key))).toEqual([]);
}

/** Two later occurrences of each step that a play goes through often, by a seed that can be given to see a failure again. */
function laterKills(counts: Map<Step, number>, seed: number): Kill[] {
  let state = seed;
  const roll = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return [...counts].flatMap(([step, count]) => {
    // Not among the last: people who were shown less do less.
    const room = Math.floor(count * 0.75) - 2;
    return room < 4
      ? []
      : [2 + roll(room / 2), 2 + Math.floor(room / 2) + roll(room / 2)].map((occurrence) => ({ step, occurrence }));
  });
}

function expectAnswers(run: Run, group: Group): void {
  expect(run.answers.map(({ member }) => member)).toEqual(group.members.map(({ key }) => key));
  for (const { member, state, revision, answers, complete } of run.answers) {
    expect([member, state, revision]).toEqual([member, 'submitted', 1]);
    expect(answers).toEqual(ratingsOf(group, member));
    expect(complete.length, `${member}: the whole answer, once`).toBe(1);
  }
}

describe('a bot that is killed and started again', () => {
  test('at each named step once, over the opening of a survey', { timeout: 300_000 }, async () => {
    const kills = steps.map((step): Kill => ({ step, occurrence: 1 }));
    const [from, to] = ['2022-10-11', '2022-10-14'];
    const quiet = await run(from, to, []);
    const disturbed = await run(from, to, kills);
    expect(disturbed.killed.toSorted()).toEqual(kills.map(nameOfKill).toSorted());
    expect(disturbed.restarts).toBe(kills.length);
    expectSameKeys(disturbed, quiet);
    if (disturbed.lost.length === 0) expect(disturbed.result.answers).toBe(quiet.result.answers);
  });

  test('at later moments, over the whole timetable', { timeout: 400_000 }, async () => {
    const seed = Number(process.env.ROND_TEST_SEED ?? 20221012);
    const [from, to] = ['2022-09-26', '2022-12-31'];
    const { group } = await example();
    const quiet = await run(from, to, []);
    expectAnswers(quiet, group);
    const kills = laterKills(quiet.counts, seed);
    expect(kills.length).toBeGreaterThanOrEqual(12);
    const disturbed = await run(from, to, kills);
    expect(disturbed.killed.toSorted(), `seed ${seed}`).toEqual(kills.map(nameOfKill).toSorted());
    expectAnswers(disturbed, group);
    expectSameKeys(disturbed, quiet);
    // A summary on its way to Teams when the bot was killed may have arrived or not; nobody can tell.
    const inDoubt = disturbed.result.deliveries.filter(
      ({ kind, state }) => kind === 'summary' && state === 'unknown',
    ).length;
    expect(disturbed.result.summaries + inDoubt).toBe(quiet.result.summaries);
  });
});
