/** `rond play`: a group's whole timetable against the sandbox, with the real bot and its real adapters, without a browser. */

import type { Command } from 'commander';
import { configured } from './configured.ts';
import { Exit } from './exit.ts';
import { readAnswers } from './play/answers-file.ts';
import { play } from './play/run.ts';
import { day } from './preview.ts';

type Flags = { from: string; to: string; answers?: string; json?: boolean };

export function playCommand(program: Command): void {
  program
    .command('play')
    .description('run a group from one day to another in the sandbox and show the ledger; nothing of it is kept')
    .argument('[group]', 'key of a group that is taken in (default: the example)')
    .requiredOption('--from <date>', 'first day', '2022-09-26')
    .requiredOption('--to <date>', 'last day', '2022-12-31')
    .option('--answers <file>', 'who answers what and when (.yaml or .json); default: everybody answers')
    .option('--json', 'print one JSON document')
    .action(async (group: string | undefined, flags: Flags) => {
      const config = configured({ teams: null, slack: null });
      const from = day('--from', flags.from);
      const to = day('--to', flags.to);
      if (Temporal.PlainDate.compare(to, from) < 0) throw new Exit(2, '--to is before --from.');
      const answers = flags.answers ? await readAnswers(flags.answers) : null;
      const result = await play({ config, group: group ?? null, from, to, answers });
      if (flags.json) {
        const { deliveries, answers: count, rounds, summaries } = result;
        console.log(JSON.stringify({ deliveries, answers: count, rounds, summaries }, null, 2));
        return;
      }
      for (const row of result.deliveries) {
        console.log(
          [row.at, row.state.padEnd(7), row.kind.padEnd(10), (row.platform ?? '').padEnd(5), row.to].join('  '),
        );
      }
      for (const round of result.rounds) {
        console.log(
          `Round ${round.key}: opened ${round.opened}, closed ${round.closed ?? 'not yet'}, ${round.submitted} of ${round.invited} answered.`,
        );
      }
      console.log(`${result.deliveries.length} messages, ${result.answers} answers, ${result.summaries} summaries.`);
    });
}
