/** A person at the page: by keyboard, or by what things are called. */

import type { Locator, Page } from 'playwright-core';

/** Presses Tab until `target` has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if ((await target.count()) > 0 && (await target.evaluate((one) => one === document.activeElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

/** What has the focus, as a person would call it. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const one = document.activeElement;
    const label = one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? one.labels?.[0] : null;
    return (label?.textContent ?? one?.getAttribute('aria-label') ?? one?.textContent ?? '').trim();
  });
}

export async function openConversation(page: Page, name: string): Promise<void> {
  const back = page.getByRole('link', { name: 'All conversations' });
  if (await back.isVisible()) await back.click();
  await page.getByRole('navigation').getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 2, name, exact: false }).first().waitFor();
}

/** The bot's newest message in the open conversation. */
export function newest(page: Page): Locator {
  return page.locator('#messages article.theirs').last();
}
