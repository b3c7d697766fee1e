/**
 * `npm run bench`: how fast Rond is beside the bare libraries it is made with, all started together on loopback.
 * Writes report.json (what was measured) and report.md (what it means) beside this file. `--quick` makes one short trial
 * of each and writes nothing. Ends with 1 only when something could not be measured.
 */

import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(import.meta.url);

const parts: Record<string, () => Promise<unknown>> = {
  plain: () => import('./parts/plain.ts'),
  bolt: () => import('./parts/bolt.ts'),
  botbuilder: () => import('./parts/botbuilder.ts'),
  sandbox: () => import('./parts/sandbox.ts'),
};

if (process.argv[2] === 'part') await parts[process.argv[3] ?? '']?.();
else {
  const { measure } = await import('./measure.ts');
  await measure(entry, process.argv.slice(2));
}
