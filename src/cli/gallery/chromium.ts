/** A real Chromium out of a package for development; unpacked once per machine, under the temporary folder. */

import { mkdirSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';

/** Rejects when the packages are not there (they come with the development half of an installation). The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const { default: packed } = await import('@sparticuz/chromium');
  packed.setGraphicsMode = false;
  const executablePath = await alone(() => packed.executablePath());
  // In one process Chromium ends with its first closed context.
  const own = packed.args.filter((arg) => arg !== '--single-process' && arg !== '--disable-web-security');
  const args = [...own, '--disable-background-networking', '--disable-sync'];
  return chromium.launch({ executablePath, args, headless: true });
}

/** The package takes a file that exists for a whole one, so two processes may not unpack at the same time. */
async function alone(unpack: () => Promise<string>): Promise<string> {
  const lock = join(tmpdir(), 'chromium-unpacking');
  for (let tries = 0; ; tries += 1) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      // A lock left by a killed run is not waited for for ever.
      if (tries > 150) break;
      await wait(200);
    }
  }
  try {
    return await unpack();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}
