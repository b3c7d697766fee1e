/** `rond`: one file a command. Exit 0 done, 1 refused, 2 bad input or use. */

import { Command, CommanderError } from 'commander';
import { systemClock } from '../adapters/clock/clocks.ts';
import { Exit } from './exit.ts';

/** A command's file is loaded when it is asked for: most need none of the platforms' SDKs. */
const commands: Record<string, (program: Command) => Promise<unknown>> = {
  cards: async (program) => (await import('./cards.ts')).cardsCommand(program),
  doctor: async (program) => (await import('./doctor.ts')).doctorCommand(program),
  group: async (program) => (await import('./group.ts')).groupCommand(program),
  log: async (program) => (await import('./log.ts')).logCommand(program),
  manifest: async (program) => (await import('./manifest.ts')).manifestCommand(program),
  plan: async (program) => (await import('./plan.ts')).planCommand(program, { clock: systemClock }),
  play: async (program) => (await import('./play.ts')).playCommand(program),
  preview: async (program) => (await import('./preview.ts')).previewCommand(program),
  receive: async (program) => (await import('./receive.ts')).receiveCommand(program),
  start: async (program) => (await import('./start.ts')).startCommand(program),
};

/** Runs the command that `args` name, in this process; resolves to its exit code, after everything has been said. Never rejects. */
export async function run(args: string[]): Promise<number> {
  const program = new Command('rond')
    .description("Runs a working group's own timetable in Microsoft Teams and Slack.")
    .showHelpAfterError('(add --help for how it is used)')
    .exitOverride();
  const wanted = args[0] ?? '';
  try {
    for (const [name, load] of Object.entries(commands))
      if (name === wanted || !Object.hasOwn(commands, wanted)) await load(program);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return exitCodeOf(error);
  }
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
