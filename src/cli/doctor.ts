/** `rond doctor`: what is wrong with this installation, and what to do about each. Changes nothing. */

import type { Command } from 'commander';
import { systemClock } from '../adapters/clock/clocks.ts';
import { examine } from './doctor/examine.ts';
import { printed } from './doctor/finding.ts';
import { Exit } from './exit.ts';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at configuration, database, clock, address, Slack and Teams; say what to do about each fault')
    .option('--json', 'print one JSON document')
    .action(async (flags: { json?: boolean }) => {
      const findings = await examine(process.env, process.cwd(), systemClock);
      const faults = findings.filter(({ state }) => state === 'fault').length;
      const warnings = findings.filter(({ state }) => state === 'warn').length;
      if (flags.json) console.log(JSON.stringify({ ok: faults === 0, faults, warnings, findings }, null, 2));
      else console.log(printed(findings));
      if (faults > 0) throw new Exit(1);
    });
}
