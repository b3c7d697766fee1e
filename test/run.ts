/** `npm test`: everything. Formatting and lint, types, unused code, then every test. Arguments go to vitest (a file name, -t). */

import { spawn } from 'node:child_process';
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

type Ran = { name: string; passed: boolean; said: string };
type How = 'inherit' | 'pipe';

function run({ name, command }: (typeof checks)[number], how: How): Promise<Ran> {
  const [program, ...args] = command as [string, ...string[]];
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['inherit', how, how],
    // Whoever names files looks at what they leave; all of the browser's pictures take a minute of the machine.
    env: { ...process.env, NO_UPDATE_NOTIFIER: '1', ...(given.length > 0 ? { ROND_TEST_PICTURES: 'yes' } : {}) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  return new Promise((done) => {
    child.on('error', (error) => done({ name, passed: false, said: error.message }));
    child.on('close', (code) => done({ name, passed: code === 0, said }));
  });
}

const failed: string[] = [];
const ended = ({ name, passed }: Ran) => passed || failed.push(name);
if (given.length === 0) {
  // Side by side, told in order: each waits for the disk or for one of the others' cores.
  for (const check of await Promise.all(checks.map((one) => run(one, 'pipe')))) {
    console.log(`\n— ${check.name}\n${check.said.trimEnd()}`);
    ended(check);
  }
}
console.log(`\n— ${tests.name}`);
ended(await run(tests, 'inherit'));
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
