/** `rond preview` with the example group: once as somebody at a terminal runs it, and else in this process. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropDatabase } from '../../src/adapters/postgres/scratch.ts';
import type { PreviewRow } from '../../src/app/preview.ts';
import { exampleFile } from '../../src/cli/import-group.ts';
import { type Ran, rond, rondHere } from '../support/command.ts';
import { migratedDatabase } from '../support/database.ts';

const group = 'kompetensvagar';
let env: Record<string, string>;
const preview = (...args: string[]): Promise<Ran> => rondHere(['preview', ...args], env);
const upTo = (to: string) => ['--from', '2022-09-26', '--to', to];

beforeAll(async () => {
  env = { DATABASE_URL: await migratedDatabase() };
  expect(await rondHere(['group', 'import', exampleFile], env)).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => dropDatabase(env.DATABASE_URL ?? ''));

type Document = { group: string; timeZone: string; from: string; to: string; messages: PreviewRow[] };

describe('what will be sent', () => {
  test('--json prints one document, and as text a line for each of its messages', async () => {
    const json = await rond(['preview', group, ...upTo('2022-10-12'), '--json'], env);
    const text = await preview(group, ...upTo('2022-10-12'));
    expect([json, text]).toMatchObject([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ]);
    const { messages, ...about } = JSON.parse(json.out) as Document;
    expect(about).toEqual({
      group,
      timeZone: 'Europe/Stockholm',
      from: '2022-09-25T22:00:00Z',
      to: '2022-10-12T22:00:00Z',
    });
    expect(messages.find(({ kind, to }) => kind === 'invitation' && to === 'Jonas Ekdahl')).toEqual({
      key: 'invite:datainsamling-enkat/2022-10-12/2022-11-07:jonas-ekdahl',
      at: '2022-10-12T07:00:00Z',
      local: '2022-10-12 09:00',
      kind: 'invitation',
      to: 'Jonas Ekdahl',
      recipient: 'jonas-ekdahl',
      platform: 'slack',
      about: 'Datainsamling (enkät)',
    });
    const lines = text.out.trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`${messages.length} messages and events.`);
    expect(lines.slice(0, -1).map((line) => line.split(/ {2,}/)[0])).toEqual(messages.map(({ local }) => local));
    expect(text.out).toMatch(/^2022-10-12 09:00 {2}invitation {3}Jonas Ekdahl {2,}slack {3}Datainsamling \(enkät\)$/m);
  });

  test('the last day is the last: nothing of the next is in it', async () => {
    const { out } = await preview(group, ...upTo('2022-10-11'), '--json');
    const { messages } = JSON.parse(out) as Document;
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter(({ local }) => local >= '2022-10-12')).toEqual([]);
  });

  test('a time without any is said to be one', async () => {
    expect(await preview(group, '--from', '2020-01-01', '--to', '2020-01-02')).toEqual({
      code: 0,
      out: 'Nothing will be sent in this time.\n',
      err: '',
    });
  });
});

test.each([
  ['a group that is not there', ['nowhere'], 'There is no group "nowhere". Known: kompetensvagar.\n'],
  [
    'a first day that is none',
    [group, '--from', '2022-02-30'],
    '--from "2022-02-30" is not a date: write it as 2022-09-26.\n',
  ],
  [
    'a last day that is none',
    [group, '--to', 'christmas'],
    '--to "christmas" is not a date: write it as 2022-09-26.\n',
  ],
  [
    'a last day before the first',
    [group, '--from', '2022-10-12', '--to', '2022-10-10', '--json'],
    '--to is before --from.\n',
  ],
])('%s ends with 2 and a sentence, and nothing on standard output', async (_, args, err) => {
  expect(await preview(...args)).toEqual({ code: 2, out: '', err });
});
