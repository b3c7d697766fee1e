/** The bot as a process of its own, started again when it dies. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import lean from '../../launch/lean.json' with { type: 'json' };
import { Exit } from '../exit.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export type Bot = {
  /** Base URL of the running process; changes when it was started again. */
  url(): string;
  pid(): number | null;
  /** How often it had to be started again. */
  restarts(): number;
  /** Resolves when a process is running and ready. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

const mostRestarts = 200;

/** As `src/launch/rond.mjs` starts it. */
const asLaunched = { NODE_DISABLE_COMPILE_CACHE: '1', MALLOC_ARENA_MAX: '2' };

type Told = { url: string; ready: boolean };

/** Wait for `ready` before use. `file`: another entry than `rond start` (tests stop the bot at chosen moments). */
export function startBot(env: Record<string, string>, file: string = main): Bot {
  let child: ChildProcess;
  let url = '';
  let restarts = 0;
  let stopping = false;
  let ready = launch();

  function launch(): Promise<void> {
    child = fork(file, ['start'], {
      execArgv: lean,
      env: { ...process.env, ...(file === main ? asLaunched : {}), ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const mine = child;
    const up = new Promise<void>((done, fail) => {
      mine.on('message', (message) => {
        const told = message as Told;
        url = told.url; // known before it is ready: the sandbox tells it who is there while it starts
        if (told.ready) done();
      });
      mine.once('exit', (code) => {
        if (!stopping && restarts < mostRestarts && (code === null || url !== '')) {
          restarts += 1;
          ready = launch();
          ready.then(done, fail);
        } else fail(new Exit(1, 'The bot could not be started.'));
      });
    });
    up.catch(() => {}); // whoever waits for `ready` is told
    return up;
  }

  return {
    url: () => url,
    pid: () => child.pid ?? null,
    restarts: () => restarts,
    ready: () => ready,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      await new Promise((ended) => {
        child.once('exit', ended);
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      });
    },
  };
}
