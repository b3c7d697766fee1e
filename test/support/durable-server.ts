/** A PostgreSQL server as Rond starts its own, for tests of what must not be forgotten; the run's server may forget. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts';

export type DurableServer = { url: string; close(): Promise<void> };

export async function durableServer(): Promise<DurableServer> {
  const directory = mkdtempSync(join(tmpdir(), 'rond-durable-'));
  const server = await openEmbedded(directory);
  return {
    url: await server.url('postgres'),
    async close() {
      await server.leave();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
