/**
 * Where the bot is to die. Every step is written to a file before it is gone past, so that the count goes on over restarts and
 * each kill happens once.
 */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { type Step, steps } from '../../src/delivery/steps.ts';

export type Kill = { step: Step; occurrence: number };
export type KillPlan = { kills: Kill[]; file: string };

/** "claimed#3": the third time. */
export const nameOfKill = ({ step, occurrence }: Kill) => `${step}#${occurrence}`;
const killed = '† ';

/** Environment of a bot process that follows the plan. */
export const planEnv = (plan: KillPlan): Record<string, string> => ({ ROND_TEST_KILLS: JSON.stringify(plan) });

/** What the bot process gives to Rond as its observer of steps. */
export function killer(env: Record<string, string | undefined>): (step: Step) => void {
  const { kills, file } = JSON.parse(env.ROND_TEST_KILLS ?? '{"kills":[],"file":""}') as KillPlan;
  const planned = new Set(kills.map(nameOfKill));
  const counts = new Map<string, number>();
  for (const step of linesOf(file)) counts.set(step, (counts.get(step) ?? 0) + 1);
  return (step) => {
    if (file === '') return;
    const occurrence = (counts.get(step) ?? 0) + 1;
    counts.set(step, occurrence);
    const name = nameOfKill({ step, occurrence });
    appendFileSync(file, planned.has(name) ? `${step}\n${killed}${name}\n` : `${step}\n`);
    if (planned.has(name)) process.kill(process.pid, 'SIGKILL');
  };
}

/** The kills that happened, in order: "claimed#1". */
export const killsIn = (file: string): string[] =>
  linesOf(file)
    .filter((line) => line.startsWith(killed))
    .map((line) => line.slice(killed.length));

/** How often each step was gone through. */
export function countsIn(file: string): Map<Step, number> {
  const lines = linesOf(file);
  return new Map(steps.map((step) => [step, lines.filter((line) => line === step).length]));
}

function linesOf(file: string): string[] {
  return file && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
