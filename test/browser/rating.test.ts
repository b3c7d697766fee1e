/** The main job in a browser: the survey arrives, a Teams member and a Slack member rate all roles, the channel gets the result. */

import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { launchChromium, openPage, type Watched } from './chromium.ts';
import { type Choice, jumpTo, newest, openConversation, ratePage } from './hands.ts';
import { axeViolations, picture } from './looks.ts';

let running: TestRond;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  [running, browser] = await Promise.all([startTestRond(), launchChromium()]);
  watched = await openPage(browser);
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

const steady: Choice = { now: /Hållbart/, coming: /Hållbart/, comment: '' };
const scarce: Choice = { now: /Brist/, coming: /Brist/, comment: '' };
const why = 'Tjänster står vakanta.';

/** Page after page; the first role is a shortage, at first without saying why. */
async function rateAll(within: () => Locator, send: () => Locator, isDone: () => Promise<boolean>): Promise<number> {
  let roles = 0;
  for (let pages = 0; pages < 12; pages += 1) {
    const first = pages === 0;
    const choose = (comment: string) => (role: number) => (first && role === 0 ? { ...scarce, comment } : steady);
    const before = await within().textContent();
    roles += await ratePage(within(), choose(first ? '' : why));
    await send().click();
    if (first) {
      await within()
        .getByText(/Skriv kort varför: /)
        .first()
        .waitFor();
      await ratePage(within(), choose(why));
      await send().click();
    }
    await expect
      .poll(async () => (await isDone()) || (await within().textContent()) !== before, { timeout: 60_000 })
      .toBe(true);
    if (await isDone()) return roles;
    // The next page has taken the place of this one, not an error.
    await within()
      .getByText(new RegExp(`Sida ${pages + 2} av`))
      .first()
      .waitFor();
  }
  throw new Error('the survey does not end');
}

it('from the invitation to the result', async () => {
  const { page, faults } = watched;
  await page.goto(running.sandbox.url);
  await page.getByText('No login, no real Teams, no real Slack.').waitFor();
  await picture(page, 'story-1-start');
  await page.getByRole('button', { name: 'Jump to next event' }).click();
  await page.locator('#clock-status').getByText('It is now').waitFor({ timeout: 60_000 });
  await jumpTo(page, '2022-10-12T09:00');

  // Teams: pages replace one another in the message.
  await openConversation(page, 'Tove Almgren');
  const invitation = page.locator('#messages article.theirs', { hasText: 'Datainsamling' }).last();
  await picture(page, 'story-2-teams-invitation');
  const item = invitation.locator('xpath=ancestor::li');
  const id = await item.getAttribute('data-id');
  const message = page.locator(`[data-id="${id}"]`);
  await message.locator('.style-positive').click();
  await message.locator('select').first().waitFor();
  await picture(page, 'story-3-teams-page');
  const receipt = message.getByText('Tack för dina svar');
  const inTeams = await rateAll(
    () => message,
    () => message.locator('.style-positive'),
    () => receipt.isVisible(),
  );
  expect(await message.textContent()).toContain(why);
  await picture(page, 'story-4-teams-receipt');

  // Slack: the same survey in a modal.
  await openConversation(page, 'Jonas Ekdahl');
  await newest(page).getByRole('button').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('select').first().waitFor();
  await picture(page, 'story-5-slack-page');
  const inSlack = await rateAll(
    () => dialog,
    () => page.locator('#dialog-submit'),
    async () => !(await dialog.isVisible()),
  );
  await page.getByText('Tack för dina svar').waitFor();
  await picture(page, 'story-6-slack-receipt');
  expect(inTeams).toBeGreaterThanOrEqual(20);
  expect(inSlack).toBe(inTeams);

  await jumpTo(page, '2022-11-08T09:00');
  await openConversation(page, 'Arbetsgruppen');
  const summary = page.locator('#messages article', { hasText: 'Resultat' }).last();
  await summary.getByText(/2 av 3 svarade/).waitFor();
  await summary.scrollIntoViewIfNeeded();
  await picture(page, 'story-7-summary');
  expect(await axeViolations(page)).toEqual([]);
  expect(faults).toEqual([]);
}, 180_000);
