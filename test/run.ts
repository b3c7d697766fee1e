/** `npm test`: everything. Formatting and lint, types, unused code, then every test. Arguments go to vitest (a file name, -t). */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const module = (path: string) => [process.execPath, fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))];
const given = process.argv.slice(2);

const checks: { name: string; command: string[] }[] = [
  { name: 'format and lint', command: [...module('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [...module('typescript/bin/tsc'), '-p', '.'] },
  { name: 'unused code', command: [...module('knip/bin/knip.js'), '--config', '.knip.jsonc'] },
];
const tests = {
  name: 'tests',
  command: [...module('vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...given],
};

const failed: string[] = [];
for (const { name, command } of given.length > 0 ? [tests] : [...checks, tests]) {
  console.log(`\n— ${name}`);
  const [program, ...args] = command as [string, ...string[]];
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NO_UPDATE_NOTIFIER: '1' },
  });
  if (result.status !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
