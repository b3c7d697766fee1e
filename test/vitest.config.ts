import { defineConfig } from 'vitest/config';
import { LongestFirst } from './support/longest-first.ts';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-database.ts'],
    setupFiles: ['test/support/patience.ts'],
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Two cores are what there is: helpers of the garbage collector take from the others what they bring.
    execArgv: ['--no-parallel-scavenge', '--max-semi-space-size=32'],
    // Each connection is a process of PostgreSQL's that learns the schema anew; the bots that tests start inherit it.
    env: { DATABASE_CONNECTIONS: '4' },
    // A third works while two wait for a process, a browser or the database.
    maxWorkers: 3,
    // What a file loads, the next one in the same process has: the platforms' SDKs alone take two seconds.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
