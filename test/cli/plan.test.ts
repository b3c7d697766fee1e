import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { Exit } from '../../src/cli/exit.ts';
import { planCommand } from '../../src/cli/plan.ts';
import { charter } from '../domain/plan/timetable.ts';
import { heard, type Ran } from '../support/command.ts';

/** The command as a process of its own, as `rond` runs it. */
const host = `
import { Command } from 'commander';
import { planCommand } from './src/cli/plan.ts';
import { Exit } from './src/cli/exit.ts';
const program = new Command('rond');
planCommand(program);
try {
  await program.parseAsync(process.argv.slice(1), { from: 'user' });
} catch (error) {
  if (!(error instanceof Exit)) throw error;
  console.error(error.message);
  process.exitCode = error.code;
}`;

const timeZone = 'Europe/Stockholm';
const folder = mkdtempSync(join(tmpdir(), 'rond-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Said = { input?: string | Uint8Array; now?: string };

/** As a process of its own: what it does with its pipes. */
function rond(args: string[], input: string | Uint8Array = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', host, '--', 'plan', 'read', ...args], {
      env: { ...process.env, TZ: timeZone },
    });
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      ran.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      ran.err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ran, code }));
    // The command may stop reading long before everything is written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** In this process: what it reads out of a plan and says. */
function read(args: string[], { input = '', now }: Said = {}): Promise<Ran> {
  const act = async () => {
    const program = new Command('rond');
    planCommand(program, now ? { clock: { now: () => Temporal.Instant.from(now) } } : {});
    try {
      await program.parseAsync(['plan', 'read', ...args], { from: 'user' });
      return 0;
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      console.error(error.message);
      return error.code;
    }
  };
  return heard(act, { TZ: timeZone }, Readable.from([Buffer.from(input)]));
}

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('a plan that can be read', () => {
  it('--json prints one document on standard output and nothing else', async () => {
    const { code, out, err } = await rond([file('charter.txt', charter), '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const plan = JSON.parse(out);
    expect(Object.keys(plan)).toEqual(['decided', 'activities', 'warnings']);
    expect(plan.activities).toHaveLength(11);
    expect(plan.activities[3]).toMatchObject({ owners: ['Tove'], due: [{ on: '2022-10-12' }] });
  });

  it('pasted text comes in through -', async () => {
    const { code, out } = await rond(['-', '--json', '--decided', '2024-01-10'], 'Aktivitet;Tidplan\nEnkät;12/10\n');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      decided: '2024-01-10',
      activities: [{ title: 'Enkät', due: [{ on: '2024-10-12' }] }],
    });
  });

  it('without --json a person sees the activities and what to look at', async () => {
    const { code, out, err } = await read([file('charter.md', charter)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Decided 2022-09-23. 11 activities.');
    expect(out).toMatch(/^25 {4}Datainsamling \(enkät\) +all +2022-10-12 – 2022-11-07$/m);
    expect(out).toMatch(/^ {2}line 24, clash: "Inhämta synpunkter på enkäten" leaves no time/m);
  });

  it('holidays are those of the country asked for', async () => {
    const text = 'Activity\tDue\nReport\t2023-05-17\n';
    expect(JSON.parse((await read(['-', '--json'], { input: text })).out).warnings).toMatchObject([
      { code: 'no-owner' },
    ]);
    const norwegian = JSON.parse((await read(['-', '--json', '--country', 'no'], { input: text })).out);
    expect(norwegian.warnings).toMatchObject([
      { code: 'holiday', message: expect.stringContaining('Grunnlovsdagen') },
      { code: 'no-owner' },
    ]);
  });

  it('just after midnight here, yesterday is past though it is still yesterday in Greenwich', async () => {
    const text = 'Activity\tResponsible\tDue\nReport\tAll\t2022-10-12\n';
    const warnings = async (now: string) =>
      JSON.parse((await read(['-', '--json'], { input: text, now })).out).warnings;
    expect(await warnings('2022-10-12T21:30:00Z')).toEqual([]);
    expect(await warnings('2022-10-12T22:30:00Z')).toMatchObject([{ code: 'past' }]);
  });
});

describe('what cannot be read ends with 2 and one sentence', () => {
  const noise = new Uint8Array(50 * 1024 * 1024).fill(170);
  it.each<[string, () => string[], (string | Uint8Array)?]>([
    ['prose without a table', () => [file('prose.txt', 'Vi träffas i oktober.\n')]],
    ['an empty file', () => [file('empty.txt', '')]],
    ['no file', () => [join(folder, 'nowhere.txt')]],
    ['a folder', () => [folder]],
    ['a locked Word file', () => [file('locked.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))]],
    ['a broken Word file', () => [file('broken.docx', 'PK\u0003\u0004 and no more')]],
    ['50 MB of noise', () => [file('noise.bin', noise)]],
    ['50 MB of noise, piped', () => ['-'], noise],
    ['nothing, piped', () => ['-']],
    ['a decision date without a year', () => ['-', '--decided', '12/10'], charter],
    ['a decision date that is none', () => ['-', '--decided', '2022-02-30'], charter],
    ['a country nobody knows', () => ['-', '--country', 'Sweden'], charter],
  ])('%s', async (what, args, input = '') => {
    const isPiped = what.endsWith(', piped');
    const { code, out, err } = await (isPiped
      ? rond([...args(), '--json'], input)
      : read([...args(), '--json'], { input }));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\.\n$/);
    expect(err).not.toMatch(/Error|node:|\.ts/);
  });
});
