/** `npm test`: everything. Formatting and lint, types, unused code, then every test. Arguments go to vitest (a file name, -t). */

import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const module = (path: string) => [process.execPath, fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))];
const given = process.argv.slice(2);

const checks: { name: string; command: string[] }[] = [
  { name: 'format and lint', command: [...module('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [...module('typescript/bin/tsc'), '-p', '.'] },
  { name: 'unused code', command: [...module('knip/bin/knip.js'), '--config', '.knip.jsonc'] },
];
const tests = (...files: string[]) => ({
  name: 'tests',
  command: [...module('vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...files],
});

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

/** A browser, and a bot that is a process of its own, keep a time of their own beside everything else that runs. */
const ownTime = /^test\/(browser|faults)\//;

/** What fails of their tests, and nothing else, is tried once more by itself, and said to have been. */
async function everyTest(): Promise<Ran> {
  const kept = await mkdtemp(join(tmpdir(), 'rond-tests-'));
  const report = join(kept, 'report.json');
  try {
    const first = await run(tests('--reporter=default', '--reporter=json', `--outputFile.json=${report}`), 'inherit');
    if (first.passed) return first;
    const unsteady = await failedFiles(report);
    if (unsteady.length === 0 || !unsteady.every((file) => ownTime.test(file))) return first;
    console.log(`\n— failed, and tried once more by itself: ${unsteady.join(', ')}`);
    const second = await run(tests(...unsteady), 'inherit');
    if (second.passed) console.warn(`\nUnsteady: failed, and passed when tried once more: ${unsteady.join(', ')}`);
    return second;
  } finally {
    await rm(kept, { recursive: true, force: true });
  }
}

const isTest = (name: string) => name.endsWith('.test.ts');

/** As vitest's own report says it; none when it says nothing, or not of every file: a process of its own has ended then. */
async function failedFiles(report: string): Promise<string[]> {
  const said: { testResults: { name: string; status: string }[] } | null = await readFile(report, 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  const all = (await readdir(new URL('.', import.meta.url), { recursive: true })).filter(isTest);
  if (said?.testResults.length !== all.length) return [];
  const files = said.testResults.filter(({ status }) => status === 'failed');
  return files.map(({ name }) => relative(root, name).replaceAll('\\', '/'));
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
console.log('\n— tests');
ended(given.length > 0 ? await run(tests(...given), 'inherit') : await everyTest());
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
