/** Pages of a real Chromium for the browser tests. */

import type { Browser, Page } from 'playwright-core';

export { launchChromium } from '../../src/cli/gallery/chromium.ts';

/** Phones are at least this wide (WCAG 2.2 asks for 320; the page is drawn for 390). */
export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

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
