/** A command of Rond: as a process of its own, as somebody at a terminal runs it, or in this one, which takes a tenth of the time. */

import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { vi } from 'vitest';
import { run } from '../../src/cli/run.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export type Ran = { code: number | null; out: string; err: string };

const ofRond = /^(TEAMS|SLACK|ROND|DATABASE|PORT|HOST|LOG)/;

/** Credentials of the surroundings are taken away; `env` is added. `begun` is given the process. */
export function rond(
  args: string[],
  env: Record<string, string> = {},
  begun: (child: ChildProcess) => void = () => {},
): Promise<Ran> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofRond.test(name)));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...clean, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    begun(child);
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      ran.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      ran.err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ran, code }));
  });
}

/** The same in this process: for what a command says and how it ends, where its process is not what the test is about. One at a time. */
export const rondHere = (args: string[], env: Record<string, string> = {}): Promise<Ran> => heard(() => run(args), env);

/** What this process says while it does so, in an environment as `rond` has it. `input`: what is piped in. */
export async function heard(
  act: () => Promise<number>,
  env: Record<string, string> = {},
  input?: Readable,
): Promise<Ran> {
  const ran: Ran = { code: null, out: '', err: '' };
  const keep = (to: 'out' | 'err') => (chunk: string | Uint8Array) => {
    ran[to] += String(chunk);
    return true;
  };
  const line =
    (to: 'out' | 'err') =>
    (...said: unknown[]) => {
      ran[to] += `${said.map((one) => (typeof one === 'string' ? one : inspect(one))).join(' ')}\n`;
    };
  for (const name of Object.keys(process.env)) if (ofRond.test(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
    vi.spyOn(console, 'log').mockImplementation(line('out')),
    vi.spyOn(console, 'error').mockImplementation(line('err')),
    ...(input ? [vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as typeof process.stdin)] : []),
  ];
  try {
    ran.code = await act();
    return ran;
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
