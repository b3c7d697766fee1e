/** One PostgreSQL server for the whole test run; each test gets a database of its own on it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'rond-test-'));
  const server = await openEmbedded(directory);
  project.provide('databaseServer', await server.url('postgres'));
  return async () => {
    await server.leave();
    rmSync(directory, { recursive: true, force: true });
  };
}
