/** The processes of the benchmark: each is this very program with the name of its part, and is told what it needs. */

import { type ChildProcess, fork } from 'node:child_process';

export type Part = {
  pid: number;
  /** What the part said when it was ready. */
  told: Record<string, unknown>;
  /** Asks the part to do something it knows by name; rejects with the words of its failure. */
  call<T>(name: string, ...args: unknown[]): Promise<T>;
  stop(): Promise<void>;
};

type Call = { id: number; name: string; args: unknown[] };
type Answer = { id: number; value?: unknown; failed?: string };

/** `entry` is the program that knows the parts; `flags` are Node's own. Rejects when the part ends before it is ready. */
export function startPart(entry: string, name: string, given: object, flags: string[] = []): Promise<Part> {
  const child: ChildProcess = fork(entry, ['part', name], {
    env: { ...process.env, NODE_ENV: 'production', BENCH_PART: JSON.stringify(given) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...flags],
  });
  const waiting = new Map<number, { done(value: unknown): void; fail(error: Error): void }>();
  let calls = 0;
  return new Promise((ready, failed) => {
    child.once('exit', () => failed(new Error(`the part "${name}" could not be started`)));
    child.once('message', (told) => {
      child.on('message', (message) => {
        const { id, value, failed: words } = message as Answer;
        const asked = waiting.get(id);
        waiting.delete(id);
        if (words === undefined) asked?.done(value);
        else asked?.fail(new Error(words));
      });
      ready({
        pid: child.pid ?? 0,
        told: told as Record<string, unknown>,
        call: <T>(what: string, ...args: unknown[]) =>
          new Promise<T>((done, fail) => {
            calls += 1;
            waiting.set(calls, { done: done as (value: unknown) => void, fail });
            child.send({ id: calls, name: what, args } satisfies Call);
          }),
        stop: () =>
          new Promise((ended) => {
            if (child.exitCode !== null || child.signalCode !== null) return ended();
            child.once('exit', () => ended());
            child.kill('SIGTERM');
          }),
      });
    });
  });
}

export function given<T>(): T {
  return JSON.parse(process.env.BENCH_PART ?? '{}') as T;
}

type Known = Record<string, (...args: never[]) => unknown>;

/** In the part itself: it is ready, and knows how to do these. Ends with its parent. */
export function ready(told: object, known: Known = {}): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', async (message) => {
    const { id, name, args } = message as Call;
    try {
      process.send?.({ id, value: await known[name]?.(...(args as never[])) } satisfies Answer);
    } catch (error) {
      process.send?.({ id, failed: String(error) } satisfies Answer);
    }
  });
  process.send?.(told);
}
