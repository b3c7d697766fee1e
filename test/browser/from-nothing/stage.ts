/** The sandbox's page over a Rond that knows nobody, and the hands of whoever begins a group there. */

import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startEmptyRond } from '../../support/rond.ts';
import { launchChromium, openPage, phone } from '../chromium.ts';
import { openConversation, write } from '../hands.ts';
import { axeViolations, overflow, picture } from '../looks.ts';

/** Generous: a loaded machine is slow, and nothing here is about speed. */
export const patience = 60_000;

export type Story = Awaited<ReturnType<typeof openStory>>;

export async function openStory(name: string) {
  const [running, browser]: [Awaited<ReturnType<typeof startEmptyRond>>, Browser] = await Promise.all([
    startEmptyRond(),
    launchChromium(),
  ]);
  const { page, faults } = await openPage(browser);
  page.setDefaultTimeout(patience);
  await page.goto(running.sandbox.url);
  await page.getByText('No login, no real Teams, no real Slack.').waitFor();
  let stations = 0;

  return {
    running,
    page,
    faults,
    async close() {
      await browser.close();
      await running.close();
    },
    /** A station of the story: nothing is wrong with the page, nothing is wider than it, and there is a picture to look at. */
    async station(what: string, { onPhone = false, axe = false } = {}): Promise<void> {
      stations += 1;
      const label = `${name}-${String(stations).padStart(2, '0')}-${what}`;
      await picture(page, label);
      if (axe) expect(await axeViolations(page), label).toEqual([]);
      if (onPhone) {
        const size = page.viewportSize();
        await page.setViewportSize(phone);
        await page
          .locator('#messages li')
          .last()
          .evaluate((one) => one.scrollIntoView(), null, { timeout: 2_000 })
          .catch(() => undefined);
        expect(await overflow(page), label).toBe(0);
        await picture(page, `${label}-phone`);
        if (size) await page.setViewportSize(size);
      }
      expect(faults, label).toEqual([]);
    },
    ...peopleOn(page),
  };
}

function peopleOn(page: Page) {
  return {
    /** Makes people and an empty channel with all of them in it, and opens that. */
    async furnish(platform: 'teams' | 'slack', language: string, names: string[], channel: string): Promise<void> {
      await page.getByText('New people and channels').first().click();
      for (const name of names) {
        await page.locator('#person-name').fill(name);
        await page.getByLabel('Has').selectOption(platform);
        await page.getByLabel('Reads').selectOption(language);
        await page.getByRole('button', { name: 'Make the person' }).click();
        await page.getByText(`${name} is there.`).waitFor();
        await page.getByRole('navigation').getByRole('link', { name }).waitFor();
      }
      await page.locator('#channel-name').fill(channel);
      await page.locator('#channel-platform').selectOption(platform);
      await page.getByLabel(names[0] ?? '').waitFor();
      await page.getByRole('button', { name: 'Make the channel' }).click();
      await page.getByRole('heading', { level: 2, name: channel }).waitFor();
    },
    say: (text: string) => write(page, text),
    /** The newest message of Rond's with these words; it is the same one when its card has been replaced. */
    async message(words: string): Promise<Locator> {
      // A button elsewhere that leads to it has the same words.
      const hasNot = page.getByRole('button', { name: words, exact: true });
      const article = page.locator('#messages article.theirs', { hasText: words, hasNot }).last();
      await article.waitFor();
      const id = await article.locator('xpath=ancestor::li').getAttribute('data-id');
      return page.locator(`#messages li[data-id="${id}"]`);
    },
    words: wordsOf,
    /** Waits until these words stand in the message. */
    async sees(message: Locator, words: string): Promise<void> {
      await expect.poll(() => wordsOf(message), { timeout: patience }).toContain(words);
    },
    async reads(name: string): Promise<string> {
      await openConversation(page, name);
      const messages = page.locator('#messages');
      await messages.locator('article.theirs').last().waitFor();
      return (await messages.textContent()) ?? '';
    },
  };
}

/** As a person reads it: what only keeps a line or a link together is not there. */
async function wordsOf(within: Locator): Promise<string> {
  return ((await within.textContent()) ?? '').replaceAll('\u2060', '').replaceAll(/\s+/g, ' ');
}

/** The core plan's table in other words, with rows as a word processor puts them on the clipboard. */
export const pasted = (rows: string[][]): string => rows.map((cells) => cells.join('\t')).join('\n');
