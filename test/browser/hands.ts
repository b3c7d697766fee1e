/** A person at the page: by keyboard, or by what things are called. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

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

/**
 * Opens somebody's chat or a channel and waits until it is there: what is typed while the one before is still shown goes
 * down with it. `platform`: of somebody who has both.
 */
export async function openConversation(page: Page, name: string, platform = ''): Promise<void> {
  const back = page.getByRole('link', { name: 'All conversations' });
  if (await back.isVisible()) await back.click();
  const list = page.getByRole('navigation');
  const link = list.getByRole('link', { name: new RegExp(`${RegExp.escape(name)}.*${platform}`, 's') }).first();
  // Asked first: on a phone the list goes when the conversation comes.
  const href = await link.getAttribute('href');
  await link.click();
  await page.locator(`nav a[href="${href}"][aria-current="page"]`).waitFor({ state: 'attached' });
}

/** Writes to Rond in the open conversation, and waits until it has been taken. */
export async function write(page: Page, text: string): Promise<void> {
  const box = page.getByLabel(/^Write to Rond as/);
  await box.fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => box.inputValue()).toBe('');
}

/** The bot's newest message in the open conversation. */
export function newest(page: Page): Locator {
  return page.locator('#messages article.theirs').last();
}

/** Moves the sandbox clock to a civil date and time in the group's zone ("2022-10-12T09:00"); waits until all is sent. */
export async function jumpTo(page: Page, date: string): Promise<void> {
  const back = page.getByRole('link', { name: 'All conversations' });
  if (await back.isVisible()) await back.click();
  await page.getByLabel('Jump to a date and time').fill(date);
  await page.getByRole('button', { name: 'Jump to date' }).click();
  await page.locator('#clock-status').getByText('It is now').waitFor({ timeout: 60_000 });
}

/** What a person chooses for one role, by the words of the options. */
export type Choice = { now: RegExp; coming: RegExp; comment: string };

/**
 * Fills in every role of the page that is open in `within`: two menus and a comment each, in the order in which they
 * stand. `choose` is given the role's number on the page. Returns how many roles there were.
 */
export async function ratePage(within: Locator, choose: (role: number) => Choice): Promise<number> {
  const menus = within.locator('select');
  const comments = within.locator('textarea');
  const roles = await comments.count();
  // All menus are read at once: to ask each for its options takes as long as choosing one.
  const options = await menus.evaluateAll((all) =>
    all.map((menu) => [...(menu as HTMLSelectElement).options].map(({ text }) => text)),
  );
  if (roles === 0 || options.length !== 2 * roles) throw new Error('this is no page of roles');
  const pick = async (menu: number, words: RegExp) => {
    const label = options[menu]?.find((one) => words.test(one));
    if (!label) throw new Error(`none of ${options[menu]?.join(', ')} is ${words}`);
    await menus.nth(menu).selectOption({ label });
  };
  for (let role = 0; role < roles; role += 1) {
    const { now, coming, comment } = choose(role);
    await pick(2 * role, now);
    await pick(2 * role + 1, coming);
    await comments.nth(role).fill(comment);
  }
  return roles;
}
