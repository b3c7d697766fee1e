/** A real Chromium for the browser tests, out of an npm package; unpacked once per machine, under the temporary folder. */

import { mkdirSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import packed from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Phones are at least this wide (WCAG 2.2 asks for 320; the page is drawn for 390). */
export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

/** Starts Chromium. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  packed.setGraphicsMode = false;
  const executablePath = await unpacked();
  // In one process Chromium ends with its first closed context.
  const own = packed.args.filter((arg) => arg !== '--single-process' && arg !== '--disable-web-security');
  const args = [...own, '--disable-background-networking', '--disable-sync'];
  return chromium.launch({ executablePath, args, headless: true });
}

/** The package takes a file that exists for a whole one, so two test processes may not unpack at the same time. */
async function unpacked(): Promise<string> {
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
    return await packed.executablePath();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}

export type Watched = {
  page: Page;
  /** What went wrong in the page: script errors, refusals by its own policy, requests that left the machine. */
  faults: string[];
};

/** A page that writes down its faults and may not reach beyond loopback. */
export async function openPage(browser: Browser, size = desk): Promise<Watched> {
  const context = await browser.newContext({ viewport: size, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`outside: ${request.url()}`);
  });
  return { page, faults };
}
