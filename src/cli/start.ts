/** `rond start`: runs the bot; without credentials also the sandbox, with the example group. */

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { savedSandboxTime } from '../app/sandbox-time.ts';
import { type Rond, startRond } from '../compose.ts';
import { type Config, isSandboxed } from '../config.ts';
import type { Store } from '../ports/store.ts';
import { configured } from './configured.ts';
import { Exit } from './exit.ts';
import { exampleFile, readGroup, saveImported } from './import-group.ts';

const sandboxMain = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('run the bot; without credentials of Teams or Slack, with a sandbox that plays both')
    .action(async () => {
      const config = configured();
      if (config.teams && !config.teams.auth) console.error(withoutAuth);
      let begun: Promise<Running> | null = null;
      let stopping = false;
      // While it starts as well: our own database would run on.
      const stop = async () => {
        if (stopping) return;
        stopping = true;
        const running = await begun?.catch(() => null);
        await running?.rond.close().catch((error: Error) => console.error(error.message));
        running?.sandbox?.stop();
        process.exit(0);
      };
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
      process.on('disconnect', stop);

      begun = startAll(config);
      const started = await begun.catch((error) => {
        if (!stopping) throw error;
      });
      if (!started || stopping) return;
      const { rond, sandbox } = started;
      process.send?.({ ready: true, url: rond.url, databasePid: rond.databasePid() });
      const open = sandbox ? `Open ${sandbox.url}` : `Rond listens on ${rond.url}`;
      console.log(sandbox ? `${open}\nThis is a sandbox: no login, no real Teams or Slack. Stop with Ctrl+C.` : open);
    });
}

type Running = { rond: Rond; sandbox: SandboxProcess | null };

async function startAll(config: Config): Promise<Running> {
  const sandbox = isSandboxed(config) && !config.sandboxUrl ? await startSandboxProcess(config) : null;
  const rond = await startRond(sandbox ? { ...config, sandboxUrl: sandbox.url } : config, {
    seed: (store) => loadExample(store, config),
    onUrl: (url) => process.send?.({ ready: false, url }),
  }).catch((error) => {
    sandbox?.stop();
    throw error;
  });
  return { rond, sandbox };
}

/** On the error output, so that it stands out of whatever reads the other. */
const withoutAuth = `
  ****************************************************************************
  TEAMS_AUTH=off: Rond believes every program on this machine that says it is
  Teams, whoever it says is writing. For a local test tool only: no real Teams
  works with it. Remove TEAMS_AUTH before anybody's answers are at stake.
  ****************************************************************************
`;

/** The first start in a sandbox has something to show. */
async function loadExample(store: Store, config: Config): Promise<void> {
  if (!isSandboxed(config) || (await store.groups.list()).length > 0) return;
  const now = await savedSandboxTime(store);
  await saveImported(store, await readGroup(exampleFile, now), now);
}

type SandboxProcess = { url: string; stop(): void };

/** The sandbox is a process of its own: what it needs to draw cards is not the bot's memory. */
function startSandboxProcess(config: Config): Promise<SandboxProcess> {
  const args = [
    '--port',
    String(config.sandboxPort),
    '--bot',
    `http://127.0.0.1:${config.port}`,
    '--save',
    join(config.data, 'sandbox.json'),
  ];
  const child = fork(sandboxMain, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((done, fail) => {
    child.once('message', (message) => {
      const said = message as { ready: true; url: string } | { ready: false; why: string };
      if (said.ready) done({ url: said.url, stop: () => child.kill('SIGTERM') });
      else fail(new Exit(1, said.why));
    });
    child.once('exit', () => {
      fail(
        new Exit(
          1,
          `The sandbox could not start on port ${config.sandboxPort}. Stop the other program, or set SANDBOX_PORT to another number.`,
        ),
      );
    });
  });
}
