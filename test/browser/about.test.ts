/** The page that Teams leads to from the app's entry, as people meet it: any language, a phone, light and dark. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { languages } from '../../src/domain/group.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { launchChromium, openPage, phone } from './chromium.ts';
import { axeViolations, overflow } from './looks.ts';

let browser: Browser;
let web: Web;
beforeAll(async () => {
  browser = await launchChromium();
  web = await startWeb({ host: '127.0.0.1', port: 0, ready: async () => {}, mount: [], log: { error() {} } });
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
});

it.each(languages)('is accessible and within a phone in %s', async (language) => {
  const { page, faults } = await openPage(browser, phone);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${web.url}/about?lang=${language}`);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await axeViolations(page), colorScheme).toEqual([]);
    expect(await overflow(page), colorScheme).toBe(0);
  }
  expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([]);
  await page.context().close();
});
