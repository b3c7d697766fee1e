/** The sandbox as a process of its own: `node src/sandbox/main.ts --port 3979 --bot http://127.0.0.1:3978 [--save FILE]`. */

import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from './server.ts';

const usage = 'Use: main.ts --port 0-65535 --bot URL [--host HOST] [--save FILE]';

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.SANDBOX_PORT ?? '3979' },
      bot: {
        type: 'string',
        default: process.env.ROND_BOT_URL ?? 'http://127.0.0.1:3978',
      },
      host: { type: 'string', default: '127.0.0.1' },
      save: { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${values.port} is not a port. ${usage}`);
  if (!URL.canParse(values.bot)) throw new Error(`${values.bot} is not an address. ${usage}`);
  return {
    port,
    host: values.host,
    bot: values.bot,
    saveTo: values.save ?? null,
  };
}

async function run(): Promise<void> {
  const { port, host, bot, saveTo } = readArguments();
  let stopping = false;
  let sandbox: Sandbox | null = null;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await sandbox?.close().catch(() => undefined);
    process.exit(0);
  };
  // A parent that dies takes its sandbox along: the IPC channel closes even on kill -9.
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  sandbox = await startSandbox({ host, port, botUrl: () => bot, saveTo });
  process.send?.({ ready: true, url: sandbox.url });
  if (!process.send) process.stdout.write(`Sandbox: ${sandbox.url}\n`);
}

run().catch((error: unknown) => {
  const taken =
    error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error && error.port;
  const why = taken
    ? `Port ${taken} of the sandbox is in use. Stop the other program, or set SANDBOX_PORT to another number.`
    : `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`;
  // Whoever started this process says why; alone it says so itself.
  if (process.send) return process.send({ ready: false, why }, () => process.exit(1));
  process.stderr.write(`${why}\n`);
  process.exit(1);
});
