/** Whoever starts Rond a second time is told so, and gets the terminal back. */

import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { rond } from '../support/command.ts';
import { migratedDatabase } from '../support/database.ts';

const taken = async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: String((server.address() as { port: number }).port), close: () => server.close() };
};

test.each(['PORT', 'SANDBOX_PORT'])(
  '%s is taken: one sentence, and it ends',
  async (name) => {
    const server = await taken();
    const free = { PORT: '0', SANDBOX_PORT: '0', [name]: server.port };
    const ran = await rond(['start'], { DATABASE_URL: await migratedDatabase(), ...free });
    server.close();
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(server.port);
    expect(ran.err).toContain(`set ${name} to another`);
  },
  60_000,
);
