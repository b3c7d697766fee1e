/** The plan's picture and the calendar's link, as a convenor sees them in the sandbox: nothing is blocked, nothing runs over. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Group } from '../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { launchChromium, openPage, phone, type Watched } from './chromium.ts';
import { newest, openConversation, write } from './hands.ts';
import { overflow, picture } from './looks.ts';

/** Liv is in the Slack workspace as well. */
const alsoInSlack = (group: Group): Group => ({
  ...group,
  members: group.members.map((member) =>
    member.key === 'liv-sandell'
      ? { ...member, identities: [...member.identities, { platform: 'slack', tenant: 'T0ROND001', user: 'U0LIV0001' }] }
      : member,
  ),
});

let running: TestRond;
let browser: Browser;

beforeAll(async () => {
  [running, browser] = await Promise.all([startTestRond({ change: alsoInSlack }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

describe.each([['Teams'], ['Slack']])('in %s', (platform) => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await openPage(browser);
    await watched.page.goto(running.sandbox.url);
    await openConversation(watched.page, 'Liv Sandell', platform);
  });

  it('the plan card shows its picture', async () => {
    const { page, faults } = watched;
    await write(page, 'tidplan');
    const image = newest(page).locator('img[alt^="Tidplanen som bild"]').last();
    await image.waitFor();
    await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(840);
    await image.scrollIntoViewIfNeeded();
    await picture(page, `plan-picture-${platform}`);
    expect(faults).toEqual([]);
  });

  it('the calendar card shows the link once, on a phone as well', async () => {
    const { page, faults } = watched;
    await page.setViewportSize(phone);
    await write(page, 'kalender');
    const card = newest(page);
    await card.getByRole('button', { name: 'Hämta länken' }).first().waitFor();
    await picture(page, `calendar-${platform}`);
    // One of a person's two chats has made their link by now, or will.
    await card.getByRole('button', { name: 'Hämta länken' }).last().click();
    const link = page.getByText(/\/calendar\/[\w-]{32}\.ics/).last();
    await link.waitFor();
    await picture(page, `calendar-link-${platform}`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Stäng länken' }).last().click();
    await page.getByRole('button', { name: 'Bekräfta' }).last().click();
    await page.getByText('Länken är stängd.').last().waitFor();
    expect(faults).toEqual([]);
  });
});
