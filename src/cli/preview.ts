/** `rond preview`: every message to come, from the function that also decides what is sent. */

import type { Command } from 'commander';
import { holidayName } from '../adapters/calendar/holidays.ts';
import { previewOf } from '../app/preview.ts';
import { openStore } from '../compose.ts';
import { configured } from './configured.ts';
import { Exit } from './exit.ts';
import { rondTime } from './now.ts';

type Flags = { from?: string; to?: string; json?: boolean };

export function previewCommand(program: Command): void {
  program
    .command('preview')
    .description('list every message that will be sent: when, what, to whom, where; if nobody answers in between')
    .argument('<group>', 'key of the group, as in "rond group list"')
    .option('--from <date>', 'first day (default: now)')
    .option('--to <date>', 'last day (default: a year on)')
    .option('--json', 'print one JSON document')
    .action(async (key: string, flags: Flags) => {
      const config = configured();
      const opened = await openStore(config);
      try {
        const now = await rondTime(opened.store, config);
        const loaded = await opened.store.groups.load(key, flags.from ? undefined : now);
        if (!loaded) {
          const known = (await opened.store.groups.list()).map((group) => group.key).join(', ');
          throw new Exit(
            2,
            `There is no group "${key}". ${known ? `Known: ${known}.` : 'Take one in with: rond group import FILE.yaml'}`,
          );
        }
        const zone = loaded.group.timeZone;
        const from = flags.from ? day('--from', flags.from).toZonedDateTime(zone).toInstant() : now;
        const to = flags.to
          ? day('--to', flags.to).add({ days: 1 }).toZonedDateTime(zone).toInstant()
          : from.toZonedDateTimeISO(zone).add({ years: 1 }).toInstant();
        if (Temporal.Instant.compare(to, from) <= 0) throw new Exit(2, '--to is before --from.');
        const rows = previewOf(loaded.group, loaded.state, from, to, holidayName);
        if (flags.json) {
          console.log(
            JSON.stringify(
              { group: key, timeZone: zone, from: from.toString(), to: to.toString(), messages: rows },
              null,
              2,
            ),
          );
          return;
        }
        for (const row of rows) {
          console.log(
            [row.local, row.kind.padEnd(11), row.to.padEnd(24), (row.platform ?? '').padEnd(6), row.about].join('  '),
          );
        }
        console.log(rows.length === 0 ? 'Nothing will be sent in this time.' : `${rows.length} messages and events.`);
      } finally {
        await opened.close();
      }
    });
}

export function day(flag: string, text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    throw new Exit(2, `${flag} "${text}" is not a date: write it as 2022-09-26.`);
  }
}
