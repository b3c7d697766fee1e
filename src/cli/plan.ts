/** `rond plan read`: what Rond makes of a timetable, before anything runs on it. */

import type { Command } from 'commander';
import { hasHolidays, holidayName } from '../adapters/calendar/holidays.ts';
import { openDocument } from '../adapters/documents/open-document.ts';
import { readGivenDate } from '../domain/plan/decided.ts';
import { planToJson } from '../domain/plan/plan-json.ts';
import { readPlan } from '../domain/plan/read-plan.ts';
import type { Clock } from '../ports/clock.ts';
import { type SourceDocument, UnreadableDocument } from '../ports/documents.ts';
import { Exit } from './exit.ts';
import { planTable } from './plan-table.ts';

type ReadFlags = { decided?: string; today?: string; country: string; json?: boolean };

/** @param world `clock`: without it, and without --today, nothing is marked as past */
export function planCommand(program: Command, world: { clock?: Clock } = {}): void {
  const plan = program.command('plan').description("a working group's timetable");
  plan
    .command('read')
    .description('read the activity table out of a document and say what to look at; changes nothing')
    .argument('<file>', '.txt, .md, .docx, .xlsx, .csv or .tsv; - reads what is pasted or piped in')
    .option('--decided <date>', 'decision date, where years that are not written begin (default: found in the text)')
    .option('--today <date>', 'mark what is past on this day (default: now)')
    .option('--country <code>', 'whose holidays to check, as SE, NO, FI or DK', 'SE')
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: ReadFlags) => {
      const text = await read(file, flags, world.clock);
      process.stdout.write(text);
    });
}

async function read(file: string, flags: ReadFlags, clock: Clock | undefined): Promise<string> {
  const decided = givenDate('--decided', flags.decided);
  const today =
    givenDate('--today', flags.today) ??
    clock?.now().toZonedDateTimeISO(new Intl.DateTimeFormat().resolvedOptions().timeZone).toPlainDate();
  const { country } = flags;
  if (!hasHolidays(country)) {
    throw new Exit(
      2,
      `--country ${JSON.stringify(country)} is no country with known holidays: give two letters, as SE.`,
    );
  }
  const result = readPlan(await open(file), {
    ...(decided ? { decided } : {}),
    ...(today ? { today } : {}),
    isHoliday: (date) => holidayName(country, date),
  });
  if (!result.ok) throw new Exit(2, result.message);
  return flags.json ? `${JSON.stringify(planToJson(result.plan), null, 2)}\n` : planTable(result.plan);
}

async function open(file: string): Promise<SourceDocument> {
  try {
    return await openDocument(file, process.stdin);
  } catch (error) {
    if (error instanceof UnreadableDocument) throw new Exit(2, error.message);
    throw error;
  }
}

function givenDate(flag: string, written: string | undefined): Temporal.PlainDate | undefined {
  if (written === undefined) return undefined;
  const date = readGivenDate(written);
  if (!date) throw new Exit(2, `${flag} ${JSON.stringify(written)} is not a date with a year: write it as 2022-09-23.`);
  return date;
}
