/**
 * `npm run bench`: how fast Rond is beside the bare libraries it is made with, all started together on loopback.
 * Writes report.json (what was measured) and report.md (what it means) beside this file. `--quick` makes one short trial
 * of each and writes nothing; `--only size` measures the group of thousands alone and writes nothing. Ends with 1 only when something could not be measured.
 */

import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(import.meta.url);

const parts: Record<string, () => Promise<unknown>> = {
  plain: () => import('./parts/plain.ts'),
  bolt: () => import('./parts/bolt.ts'),
  botbuilder: () => import('./parts/botbuilder.ts'),
  sandbox: () => import('./parts/sandbox.ts'),
  size: () => import('./parts/size.ts'),
};

if (process.argv[2] === 'part') await parts[process.argv[3] ?? '']?.();
else if (process.argv[process.argv.indexOf('--only') + 1] === 'size') {
  const { sizeAlone } = await import('./size.ts');
  await sizeAlone(entry, process.argv.includes('--quick') ? 1 : 5);
} else {
  const { measure } = await import('./measure.ts');
  await measure(entry, process.argv.slice(2));
}
