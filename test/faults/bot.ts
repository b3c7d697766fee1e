/** Rond as `rond start` runs it in a sandbox, but it dies where the test says. */

import { startRond } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { killer } from './kill-plan.ts';

const read = readConfig(process.env, process.cwd());
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const rond = await startRond(read.config, {
  step: killer(process.env),
  onUrl: (url) => process.send?.({ ready: false, url }),
});

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await rond.close();
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('disconnect', stop);
// Only now: whoever reads it may ask this process to stop at once.
process.send?.({ ready: true, url: rond.url, databasePid: rond.databasePid() });

// With several bots on one database each has to look often: in a sandbox nobody but the clock's mover tells them.
const everyMs = Number(process.env.ROND_TEST_LOOK_EVERY_MS ?? 0);
if (everyMs > 0) {
  const look = async () => {
    await rond.sandboxClock?.move(rond.clock.now());
    if (!stopping) setTimeout(() => void look().catch(() => {}), everyMs);
  };
  void look().catch(() => {});
}
