/** `npm run rond -- …`, as it is written in a clone. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** As from a shell: not with what the npm that runs the tests has told its children. */
const plainly = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

function npm(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const npmHere = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return new Promise((resolve) => {
    execFile(npmHere, args, { cwd: root, env: plainly }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

test('--json prints one document and nothing else', async () => {
  const ran = await npm('run', 'rond', '--', 'plan', 'read', 'src/library/example/plan.md', '--json');
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(ran.stdout)).toHaveProperty('activities');
});

test("what is refused ends as Rond ends, with its own words and none of npm's", async () => {
  const ran = await npm('run', 'rond', '--', 'plan', 'read', 'no-such-file.md');
  expect(ran).toEqual({ status: 2, stdout: '', stderr: 'There is no file "no-such-file.md": check the path.\n' });
});
