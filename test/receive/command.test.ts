/** `rond receive`: one document out, or one sentence and a 2. Once with, and else without a process of its own. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rondHere } from '../support/command.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const payloads = fileURLToPath(new URL('../payloads', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rond-receive-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rond(...args: string[]) {
  const env = { ...process.env, ...own() };
  return spawnSync(process.execPath, [main, 'receive', ...args], { encoding: 'utf8', env, cwd: folder });
}
const own = () => ({ DATABASE_URL: inject('databaseServer'), LOG_LEVEL: 'silent' });
const here = (...args: string[]) => rondHere(['receive', ...args], own());
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('prints one JSON document and nothing else', () => {
  const { status, stdout } = rond(join(payloads, 'slack/block-actions-open-survey.json'), '--json');
  const { calls, ...came } = JSON.parse(stdout) as { calls: string[] };
  // A page that is ready at once opens as it is; one that takes longer is filled in afterwards. Both are right.
  expect([['views.open'], ['views.open', 'views.update']]).toContainEqual(calls);
  expect(came).toEqual({
    platform: 'slack',
    as: 'interaction',
    user: 'U0JONAS01',
    status: 200,
    body: null,
    seen: [{ where: 'jonas-ekdahl', what: 'modal', text: 'Bedöm yrkesroller' }],
  });
  expect(status).toBe(0);
}, 180_000);

test('says in words what came back', async () => {
  const { code, out } = await here(join(payloads, 'teams/invoke-open-survey.json'), '--at', '2022-10-20T08:00:00Z');
  expect(out.split('\n').slice(0, 4)).toEqual([
    'Teams, activity: HTTP 200',
    'a card: "Datainsamling (enkät): sida 1 av 4."',
    'Rond then asked for: nothing',
    'Nothing changed for anybody.',
  ]);
  expect(code).toBe(0);
}, 180_000);

test.each([
  ['no file', () => join(folder, 'missing.json'), /cannot be read \(ENOENT\)/],
  ['no JSON', () => file('a.json', '{"type":'), /This is no JSON/],
  [
    'neither platform',
    () => file('b.json', '{"hello":"world"}'),
    /neither a payload of Slack nor an activity of Teams/,
  ],
  ['a list', () => file('c.json', '[]'), /neither a payload/],
])('%s: exit 2 and one sentence', async (_name, path, sentence) => {
  const { code, out, err } = await here(path());
  expect([code, out]).toEqual([2, '']);
  expect(err.trim()).toMatch(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('an open place that nothing is known for: exit 2, and which one', async () => {
  const path = file('open.json', '{"type":"event_callback","event":{"type":"message","text":"{{weather}}"}}');
  const { code, out, err } = await here(path);
  expect([code, out]).toEqual([2, '']);
  expect(err.trim()).toBe('Nothing is known to put in for {{weather}}.');
}, 180_000);
