/** The configuration of a command, or every problem with it at once. */

import { type Config, readConfig } from '../config.ts';
import { Exit } from './exit.ts';

export function configured(overrides: Partial<Config> = {}): Config {
  const read = readConfig(process.env, process.cwd());
  if (read.ok) return { ...read.config, ...overrides };
  const lines = read.problems.map(({ variable, problem, remedy }) => `  ${variable} ${problem}.\n    → ${remedy}`);
  throw new Exit(2, `Rond cannot start with this configuration:\n${lines.join('\n')}`);
}
