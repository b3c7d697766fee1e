/** The whole of Rond in this process: database, bot with its real adapters, and the sandbox at the other end of both wires. */

import { dropDatabase } from '../../src/adapters/postgres/scratch.ts';
import { sandboxStart, saveSandboxTime } from '../../src/app/sandbox-time.ts';
import { exampleFile, readGroup, saveImported } from '../../src/cli/import-group.ts';
import { type Rond, startRond } from '../../src/compose.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Step } from '../../src/delivery/steps.ts';
import type { Group } from '../../src/domain/group.ts';
import type { Store } from '../../src/ports/store.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { migratedDatabase } from './database.ts';

export type TestRond = {
  rond: Rond;
  sandbox: Sandbox;
  group: Group;
  databaseUrl: string;
  /** Moves the sandbox's clock; resolves when everything on the way has been done and sent. */
  moveTo(instant: string): Promise<void>;
  close(): Promise<void>;
};

export type TestRondOptions = {
  /** Changes the example group before it is taken in. */
  change?: (group: Group) => Group;
  start?: Temporal.Instant;
  config?: Partial<Config>;
  step?: (step: Step) => void;
  /** False: only what the test does makes anything happen. */
  byItself?: boolean;
};

export function testConfig(overrides: Partial<Config> = {}): Config {
  const { LOG_LEVEL = 'silent', DATABASE_CONNECTIONS } = process.env;
  const read = readConfig({ LOG_LEVEL, DATABASE_CONNECTIONS }, '/nonexistent');
  if (!read.ok) throw new Error('the standard configuration is refused');
  return { ...read.config, port: 0, sandboxPort: 0, ...overrides };
}

/** The example group, starting 2022-09-26 08:00 in Stockholm unless told otherwise. */
export async function startTestRond({ change, ...options }: TestRondOptions = {}): Promise<TestRond> {
  const { start = sandboxStart } = options;
  const read = await readGroup(exampleFile, start);
  const group = change ? change(read.group) : read.group;
  const running = await startEmptyRond(options, (store) => saveImported(store, { group, warnings: [] }, start));
  return { ...running, group };
}

/** Without any group, unless `seed` takes one in: nobody is in the sandbox either. */
export async function startEmptyRond(
  { start = sandboxStart, step, byItself, config = {} }: Omit<TestRondOptions, 'change'> = {},
  seed: (store: Store) => Promise<unknown> = async () => {},
): Promise<Omit<TestRond, 'group'>> {
  const databaseUrl = await migratedDatabase();
  let botUrl = 'http://127.0.0.1:9';
  const sandbox = await startSandbox({ port: 0, botUrl: () => botUrl, saveTo: null, now: start });
  const rond = await startRond(testConfig({ databaseUrl, sandboxUrl: sandbox.url, ...config }), {
    ...(step ? { step } : {}),
    ...(byItself === undefined ? {} : { byItself }),
    // Nobody waits for a minute of the machine's; each scene would take a third longer to set up.
    everyMinute: false,
    async seed(store) {
      await saveSandboxTime(store, start);
      await seed(store);
    },
    onUrl: (url) => {
      botUrl = url;
    },
  });
  return {
    rond,
    sandbox,
    databaseUrl,
    async moveTo(instant) {
      await rond.sandboxClock?.move(Temporal.Instant.from(instant));
    },
    async close() {
      await rond.close();
      await sandbox.close();
      await dropDatabase(databaseUrl);
    },
  };
}
