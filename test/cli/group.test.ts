import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropDatabase } from '../../src/adapters/postgres/scratch.ts';
import { exampleFile } from '../../src/cli/import-group.ts';
import { rond, rondHere } from '../support/command.ts';
import { emptyDatabase } from '../support/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'rond-group-'));
const example = readFileSync(exampleFile, 'utf8');
let env: Record<string, string>;

beforeAll(async () => {
  env = { DATABASE_URL: await emptyDatabase() };
  copyFileSync(join(dirname(exampleFile), 'plan.md'), join(folder, 'plan.md'));
});
afterAll(async () => {
  await dropDatabase(env.DATABASE_URL ?? '');
  rmSync(folder, { recursive: true, force: true });
});

const file = (text: string, name = 'group.yaml') => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a group file that can be used', () => {
  test('is taken in, listed, and previewed with the instants that were agreed', async () => {
    const imported = await rond(['group', 'import', exampleFile, '--json'], env);
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(imported.out)).toMatchObject({ key: 'kompetensvagar', members: 3, activities: 11 });

    const listed = await rondHere(['group', 'list', '--json'], env);
    expect(JSON.parse(listed.out)).toEqual([
      { key: 'kompetensvagar', name: 'Karriär- och kompetensvägar i klinisk vård' },
    ]);

    const previewed = await rondHere(
      ['preview', 'kompetensvagar', '--from', '2022-09-26', '--to', '2022-12-31', '--json'],
      env,
    );
    expect(previewed).toMatchObject({ code: 0, err: '' });
    type Row = { key: string; at: string; local: string; kind: string; to: string; platform: string | null };
    const { messages } = JSON.parse(previewed.out) as { messages: Row[] };
    const at = (kind: string, to?: string) =>
      messages.filter((row) => row.kind === kind && (!to || row.to === to)).map((row) => row.at);
    expect(at('open-round')).toEqual(['2022-10-12T07:00:00Z']);
    expect(at('invitation', 'Jonas Ekdahl')).toEqual(['2022-10-12T07:00:00Z']);
    expect(at('reminder', 'Jonas Ekdahl')).toEqual(['2022-10-25T07:00:00Z', '2022-11-04T08:00:00Z']);
    expect(at('close-round')).toEqual(['2022-11-07T23:00:00Z']);
    expect(at('summary', '#Arbetsgruppen')).toEqual(['2022-11-08T08:00:00Z']);
    expect(at('status')).toEqual(expect.arrayContaining(['2022-11-30T08:00:00Z', '2022-12-13T08:00:00Z']));
    expect(messages.find((row) => row.kind === 'invitation' && row.to === 'Jonas Ekdahl')).toMatchObject({
      local: '2022-10-12 09:00',
      platform: 'slack',
    });
    const weekends = messages.filter((row) =>
      [6, 7].includes(Temporal.PlainDate.from(row.local.slice(0, 10)).dayOfWeek),
    );
    expect(weekends).toEqual([]);
    expect(new Set(messages.map((row) => row.key)).size).toBe(messages.length);
  });

  test('may be taken in again: nothing doubles', async () => {
    await rondHere(['group', 'import', exampleFile], env);
    const listed = await rondHere(['group', 'list', '--json'], env);
    expect(JSON.parse(listed.out)).toHaveLength(1);
  });

  test('what was set in the chat meanwhile stays, and is said', async () => {
    const client = new pg.Client({ connectionString: env.DATABASE_URL });
    await client.connect();
    await client.query(`update member set role = 'deputy' where key = 'tove-almgren'`);
    await client.query(`update working_group set hour = '08:30'`);
    const again = await rondHere(['group', 'import', exampleFile], env);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('  hour: stays 08:30, as set in the chat; the file still says 09:00.\n');
    expect(again.out).toContain(
      '  role of Tove Almgren: stays deputy, as set in the chat; the file still says member.\n',
    );
    const json = JSON.parse((await rondHere(['group', 'import', exampleFile, '--json'], env)).out);
    expect(json.kept).toContainEqual({ field: 'hour', name: null, inFile: '09:00', stays: '08:30' });
    await client.query(`update member set role = 'member' where key = 'tove-almgren'`);
    await client.query(`update working_group set hour = '09:00'`);
    await client.end();
  });
});

describe('a group file that cannot', () => {
  test('lists every fault with its line, and takes nothing in', async () => {
    const broken = example
      .replace('key: kompetensvagar', 'key: other')
      .replace('Europe/Stockholm', 'Europe/Stokholm')
      .replace('language: sv', 'language: se')
      .replace('    role: convenor\n', '')
      .replace('decided: "2022-09-23"', 'decided: "23 sep"');
    const ran = await rondHere(['group', 'import', file(broken)], env);
    expect(ran).toMatchObject({ code: 2, out: '' });
    for (const part of ['Europe/Stokholm', 'language: se', '23 sep']) {
      expect(ran.err).toContain(`line ${lineOf(broken, part)}:`);
    }
    expect(ran.err).not.toContain('    at ');
    expect(JSON.parse((await rondHere(['group', 'list', '--json'], env)).out)).toHaveLength(1);
  });

  test('two members with one identity, none with the convenor role, one nobody can reach', async () => {
    const broken = example
      .replace('U0JONAS01', 'U0SAME')
      .replace('    role: convenor\n', '')
      .replace(/ {4}teams: \{ tenant: [^}]*0003-[^}]*\}\n/, '');
    const ran = await rondHere(['group', 'import', file(broken)], env);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/exactly one member with role: convenor/);
    expect(ran.err).toMatch(/Liv Sandell has neither a teams nor a slack identity/);
  });

  test.each([
    ['no file', 'nope.yaml', null, /There is no file/],
    ['not YAML', 'broken.yaml', 'key: [', /line 1/],
    ['a list', 'list.yaml', '- a\n- b\n', /should start with "key/],
    ['a plan that is not there', 'noplan.yaml', example.replace('plan: plan.md', 'plan: gone.md'), /gone\.md/],
    ['an unknown key', 'unknown.yaml', `${example}\ncolour: red\n`, /colour/],
  ])('%s: one clear answer', async (_what, name, text, says) => {
    const path = text === null ? join(folder, name) : file(text, name);
    const ran = await rondHere(['group', 'import', path], env);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(says);
    expect(ran.err).not.toContain('    at ');
  });

  test('a group that is not there: preview says which are', async () => {
    const ran = await rondHere(['preview', 'nope'], env);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('Known: kompetensvagar');
  });
});

test('half a configuration stops with everything that is wrong', async () => {
  const ran = await rond(['start'], { TEAMS_APP_ID: 'x', SLACK_BOT_TOKEN: 'xoxp-1', PORT: 'ninety' });
  expect(ran.code).toBe(2);
  for (const name of ['PORT', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_IDS', 'SLACK_SIGNING_SECRET'])
    expect(ran.err).toContain(name);
});

test.each([
  [['--help']],
  [['plan', 'read', '--help']],
  [['group', 'import', '--help']],
  [['preview', '--help']],
  [['play', '--help']],
])('%j ends with 0 and says how it is used', async (args) => {
  const ran = await rondHere(args);
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('Usage: rond');
});

test('an unknown command is bad use, and --help none', async () => {
  expect((await rondHere(['fly'])).code).toBe(2);
  expect(await rond(['--help'])).toMatchObject({ code: 0, err: '' });
});
