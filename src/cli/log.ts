/** `rond log`: every change of a group's plan, rounds, audiences, deadlines and roles: when, who, what, from what to what. */

import type { Command } from 'commander';
import { openStore } from '../compose.ts';
import { hourText } from '../domain/calendar.ts';
import type { AuditEntry } from '../ports/steering.ts';
import { configured } from './configured.ts';
import { Exit } from './exit.ts';

type Flags = { json?: boolean; limit: string };

export function logCommand(program: Command): void {
  program
    .command('log')
    .description('list every change of a group: when, who, what, from what to what')
    .argument('<group>', 'key of the group, as in "rond group list"')
    .option('--limit <number>', 'only the latest so many', '1000')
    .option('--json', 'print one JSON document')
    .action(async (key: string, flags: Flags) => {
      const limit = Number(flags.limit);
      if (!Number.isInteger(limit) || limit < 1) throw new Exit(2, `--limit "${flags.limit}" is not a number from 1.`);
      const opened = await openStore(configured());
      try {
        const loaded = await opened.store.groups.load(key);
        if (!loaded) {
          const known = (await opened.store.groups.list()).map((group) => group.key).join(', ');
          throw new Exit(
            2,
            `There is no group "${key}". ${known ? `Known: ${known}.` : 'Take one in with: rond group import FILE.yaml'}`,
          );
        }
        const entries = (await opened.store.steering.log(key, { limit })).reverse();
        const zone = loaded.group.timeZone;
        if (flags.json) {
          const rows = entries.map((entry) => ({ ...entry, at: entry.at.toString() }));
          console.log(JSON.stringify({ group: key, timeZone: zone, entries: rows }, null, 2));
          return;
        }
        for (const entry of entries) console.log(lineOf(entry, zone));
        if (entries.length === 0) console.log('Nothing has been changed.');
      } finally {
        await opened.close();
      }
    });
}

/** "2022-10-20 14:00  Maja Ek  extend  Datainsamling (enkät)  closes: 2022-11-07 → 2022-11-11" */
export function lineOf(entry: AuditEntry, zone: string): string {
  const there = entry.at.toZonedDateTimeISO(zone);
  const when = `${there.toPlainDate()} ${hourText(there.toPlainTime())}`;
  const { field, from, to } = entry;
  const change = from === null && to === null ? '' : `${from ?? '–'} → ${to ?? '–'}`;
  const what = field ? `${field}: ${change}` : change;
  const parts = [when, entry.byName.padEnd(20), entry.action.padEnd(16), entry.subjectName || entry.subject, what];
  return parts.filter(Boolean).join('  ').trimEnd();
}
