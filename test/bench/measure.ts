/** One run: everything is started together, measured in interleaved bursts, and written down. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureCards } from './cards.ts';
import { measureMemory, measureStart } from './footprint.ts';
import { bigGroup } from './group.ts';
import { slackIngest, teamsIngest } from './ingest.ts';
import { measureOpening } from './opening.ts';
import { type Figures, report } from './report.ts';
import { measureSize } from './size.ts';
import { fillEverythingIn, setStage } from './stage.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** `--quick`: one round of everything, nothing written. Rejects when something could not be measured. */
export async function measure(entry: string, args: string[]): Promise<void> {
  const quick = args.includes('--quick');
  const rounds = quick ? 1 : 8;
  const burstMs = quick ? 500 : 1_000;
  const from = performance.now();
  const say = (line: string) =>
    console.error(`${String(Math.round((performance.now() - from) / 1000)).padStart(4)} s  ${line}`);
  const loadBefore = loadavg()[0] ?? 0;

  say('cards and converter');
  const cards = measureCards(await bigGroup(), 'se-legitimation-2023', rounds, burstMs / 2);

  say('the servers, all together');
  const stage = await setStage(entry);
  let opening: Figures['opening'];
  let slack: Figures['slack'];
  let teams: Figures['teams'];
  try {
    say('fifty open a survey at once');
    opening = await measureOpening(stage);
    await fillEverythingIn(stage);
    say('submissions in Slack');
    slack = await slackIngest(stage, { entry, rounds, burstMs, connections: 32, say });
    say('submissions in Teams');
    teams = await teamsIngest(stage, { entry, rounds, burstMs, connections: 32, say });
  } finally {
    await stage.close();
  }

  const directory = mkdtempSync(join(tmpdir(), 'rond-bench-'));
  try {
    say('memory after play');
    const memory = await measureMemory(join(directory, 'play'));
    say('cold start');
    const start = await measureStart(join(directory, 'start'), quick ? 1 : 3);
    say('a group of thousands');
    const size = await measureSize(entry, quick ? 1 : 3, say);
    const figures: Figures = {
      machine: machine(loadBefore),
      rounds,
      burstMs,
      cards,
      opening,
      slack,
      teams,
      memory,
      start,
      size,
      seconds: Math.round((performance.now() - from) / 1000),
    };
    const text = report(figures);
    if (!quick) {
      writeFileSync(beside('report.json'), `${JSON.stringify(figures, null, 2)}\n`);
      writeFileSync(beside('report.md'), text);
    }
    console.log(text);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  process.exit(0);
}

function machine(loadBefore: number): Figures['machine'] {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: beside('.') }).trim();
  return {
    processor: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    load: [loadBefore, loadavg()[0] ?? 0],
    commit,
  };
}
