/** What Rond takes of a machine: memory after a whole timetable, and the time until it is ready. */

import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { play } from '../../src/cli/play/run.ts';
import { readConfig } from '../../src/config.ts';
import { family, proportionalMemory, residentMemory } from './processes.ts';

export type Memory = {
  /** Megabytes of the bot at the end of the timetable, and at most. */
  bot: { now: number | null; most: number | null };
  /** Megabytes of all processes of its PostgreSQL together. */
  database: number | null;
  deliveries: number;
  answers: number;
};

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** The shipped example's autumn, in a directory of its own. Rejects when not every answer was taken. */
export async function measureMemory(directory: string): Promise<Memory> {
  const read = readConfig({ ROND_DATA: directory, LOG_LEVEL: 'error' }, directory);
  if (!read.ok) throw new Error('the standard configuration is refused');
  const memory: Memory = { bot: { now: null, most: null }, database: null, deliveries: 0, answers: 0 };
  const result = await play({
    config: read.config,
    group: null,
    from: Temporal.PlainDate.from('2022-09-26'),
    to: Temporal.PlainDate.from('2022-12-31'),
    answers: null,
    botEnv: { NODE_ENV: 'production' },
    async inspect(_sandbox, bot, _rows, opened) {
      memory.bot = residentMemory(bot.pid() ?? 0);
      const each = family(opened.embedded?.pid() ?? 0).map(proportionalMemory);
      memory.database = each.some((one) => one === null)
        ? null
        : each.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    },
  });
  if (result.summaries === 0 || result.answers === 0) throw new Error('the timetable was not played to its end');
  return { ...memory, deliveries: result.deliveries.length, answers: result.answers };
}

export type ColdStart = { firstMs: number; againMs: number[] };

/** `rond start` until `/readyz` answers 200: on an empty directory once, and on what that left, several times. */
export async function measureStart(directory: string, times: number): Promise<ColdStart> {
  const firstMs = await startOnce(directory);
  const againMs: number[] = [];
  for (let time = 0; time < times; time += 1) againMs.push(await startOnce(directory));
  return { firstMs, againMs };
}

async function startOnce(directory: string): Promise<number> {
  const from = performance.now();
  const child = fork(main, ['start'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_DISABLE_COMPILE_CACHE: '1',
      ROND_DATA: directory,
      PORT: '39781',
      SANDBOX_PORT: '39791',
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      TEAMS_APP_ID: '',
      SLACK_BOT_TOKEN: '',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  try {
    for (;;) {
      const ready = await fetch('http://127.0.0.1:39781/readyz').then(
        ({ status }) => status === 200,
        () => false,
      );
      if (ready) return performance.now() - from;
      if (child.exitCode !== null || performance.now() - from > 60_000) throw new Error('rond start did not get ready');
      await sleep(10);
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
