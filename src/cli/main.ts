/** `rond`: one file a command. Exit 0 done, 1 refused, 2 bad input or use. */

import { Command, CommanderError } from 'commander';
import { systemClock } from '../adapters/clock/clocks.ts';
import { cardsCommand } from './cards.ts';
import { doctorCommand } from './doctor.ts';
import { Exit } from './exit.ts';
import { groupCommand } from './group.ts';
import { logCommand } from './log.ts';
import { manifestCommand } from './manifest.ts';
import { planCommand } from './plan.ts';
import { playCommand } from './play.ts';
import { previewCommand } from './preview.ts';
import { receiveCommand } from './receive.ts';
import { startCommand } from './start.ts';

const program = new Command('rond')
  .description("Runs a working group's own timetable in Microsoft Teams and Slack.")
  .showHelpAfterError('(add --help for how it is used)')
  .exitOverride();

startCommand(program);
groupCommand(program);
planCommand(program, { clock: systemClock });
previewCommand(program);
logCommand(program);
playCommand(program);
manifestCommand(program);
doctorCommand(program);
cardsCommand(program);
receiveCommand(program);

// A pipe that is closed early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has said what is wrong already; its own 0 is --help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Exit) {
    if (error.message) console.error(error.message);
    return error.code;
  }
  console.error(error instanceof Error ? error.message : String(error));
  if (process.env.LOG_LEVEL === 'debug' || process.env.LOG_LEVEL === 'trace') console.error(error);
  return 1;
}
