/** `rond`: one file a command. Exit 0 done, 1 refused, 2 bad input or use. */

import { Command, CommanderError } from 'commander';
import { systemClock } from '../adapters/clock/clocks.ts';
import { Exit } from './exit.ts';

const program = new Command('rond')
  .description("Runs a working group's own timetable in Microsoft Teams and Slack.")
  .showHelpAfterError('(add --help for how it is used)')
  .exitOverride();

/** A command's file is loaded when it is asked for: most need none of the platforms' SDKs. */
const commands: Record<string, () => Promise<unknown>> = {
  cards: async () => (await import('./cards.ts')).cardsCommand(program),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(program),
  group: async () => (await import('./group.ts')).groupCommand(program),
  log: async () => (await import('./log.ts')).logCommand(program),
  manifest: async () => (await import('./manifest.ts')).manifestCommand(program),
  plan: async () => (await import('./plan.ts')).planCommand(program, { clock: systemClock }),
  play: async () => (await import('./play.ts')).playCommand(program),
  preview: async () => (await import('./preview.ts')).previewCommand(program),
  receive: async () => (await import('./receive.ts')).receiveCommand(program),
  start: async () => (await import('./start.ts')).startCommand(program),
};
const wanted = process.argv[2] ?? '';
for (const [name, load] of Object.entries(commands))
  if (name === wanted || !Object.hasOwn(commands, wanted)) await load();

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
