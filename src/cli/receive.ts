/** `rond receive`: a recorded payload through the real adapters into a sandboxed bot, and what came back. */

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createDatabase, dropDatabase } from '../adapters/postgres/scratch.ts';
import { saveSandboxTime } from '../app/sandbox-time.ts';
import { openStore, startRond } from '../compose.ts';
import type { Config } from '../config.ts';
import type { Recorded } from '../sandbox/recorded.ts';
import { type CameBack, recordedIn, replay } from '../sandbox/replay.ts';
import { startSandbox } from '../sandbox/server.ts';
import { configured } from './configured.ts';
import { Exit } from './exit.ts';
import { exampleFile, readGroup, saveImported } from './import-group.ts';

/** The survey of the example group has been open for half an hour. */
const surveyIsOpen = '2022-10-12T07:30:00Z';

type Flags = { at: string; json?: boolean };

export function receiveCommand(program: Command): void {
  program
    .command('receive')
    .description('replay a recorded payload of Teams or Slack into a sandboxed bot with the example group')
    .argument('<file>', 'JSON as the platform sent it; see test/payloads/README.md')
    .option('--at <instant>', 'sandbox time', surveyIsOpen)
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: Flags) => {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new Exit(2, `${file} cannot be read (${error.code}).`);
      });
      try {
        recordedIn(text);
      } catch (error) {
        throw new Exit(2, (error as Error).message);
      }
      const came = await receive(configured({ teams: null, slack: null }), text, instant(flags.at));
      if (flags.json) console.log(JSON.stringify(came, null, 2));
      else for (const line of linesOf(came)) console.log(line);
      // The platform would say "something went wrong", or send it again.
      if (came.status === 0 || came.status >= 500) throw new Exit(1);
    });
}

async function receive(config: Config, text: string, at: Temporal.Instant): Promise<CameBack & Recorded> {
  const database = `rond_receive_${randomBytes(6).toString('hex')}`;
  const own = config.databaseUrl ? await createDatabase(config.databaseUrl, database) : null;
  const opened = await openStore({ ...config, databaseUrl: own }, database);
  const start = at.subtract({ hours: 24 * 14 });
  await saveImported(opened.store, await readGroup(exampleFile, start), start);
  await saveSandboxTime(opened.store, start);
  let botUrl = 'http://127.0.0.1:9';
  const sandbox = await startSandbox({ port: 0, botUrl: () => botUrl, saveTo: null, now: start });
  try {
    const rond = await startRond(
      { ...config, host: '127.0.0.1', port: 0, databaseUrl: opened.databaseUrl, sandboxUrl: sandbox.url },
      {
        everyMinute: false,
        onUrl: (url) => {
          botUrl = url;
        },
      },
    );
    try {
      await rond.sandboxClock?.move(at);
      return await replay(text, { sandbox, botUrl }).catch((error: Error) => {
        throw new Exit(2, error.message);
      });
    } finally {
      await rond.close();
    }
  } finally {
    await sandbox.close();
    await opened.disconnect();
    await dropDatabase(opened.databaseUrl);
    await opened.embedded?.leave();
  }
}

function linesOf({ platform, as, status, body, calls, seen }: CameBack & Recorded): string[] {
  return [
    `${platform === 'teams' ? 'Teams' : 'Slack'}, ${as}: HTTP ${status}`,
    ...(body === null || body === '' ? [] : [inShort(body)]),
    `Rond then asked for: ${calls.length === 0 ? 'nothing' : calls.join(', ')}`,
    ...(seen.length === 0
      ? ['Nothing changed for anybody.']
      : seen.map((one) => `${one.where}: ${one.what} "${one.text}"`)),
  ];
}

/** A card by its words: the whole of it is what --json is for. */
function inShort(body: unknown): string {
  const card = typeof body === 'object' && body !== null && 'value' in body ? body.value : null;
  if (typeof card === 'object' && card !== null && 'fallbackText' in card) return `a card: "${card.fallbackText}"`;
  const json = JSON.stringify(body);
  return json.length > 600 ? `${json.slice(0, 600)} … (all of it with --json)` : json;
}

function instant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new Exit(2, `--at "${text}" is not an instant: write it as ${surveyIsOpen}.`);
  }
}
