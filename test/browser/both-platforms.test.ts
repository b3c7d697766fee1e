/** A member who is in Teams and in Slack begins in one and finishes in the other. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Group } from '../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { launchChromium, openPage, type Watched } from './chromium.ts';
import { type Choice, jumpTo, newest, openConversation, ratePage, write } from './hands.ts';
import { picture } from './looks.ts';

/** Tove is in the Slack workspace as well. */
const alsoInSlack = (group: Group): Group => ({
  ...group,
  members: group.members.map((member) =>
    member.key === 'tove-almgren'
      ? { ...member, identities: [...member.identities, { platform: 'slack', tenant: 'T0ROND001', user: 'U0TOVE001' }] }
      : member,
  ),
});

let running: TestRond;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  [running, browser] = await Promise.all([startTestRond({ change: alsoInSlack }), launchChromium()]);
  watched = await openPage(browser);
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

const steady: Choice = { now: /Hållbart/, coming: /Hållbart/, comment: '' };

it('begins in Teams, finishes in Slack, and sees the receipt in both', async () => {
  const { page, faults } = watched;
  const openAs = (platform: 'Teams' | 'Slack') => openConversation(page, 'Tove Almgren', platform);
  await page.goto(running.sandbox.url);
  await page.getByText('No login, no real Teams, no real Slack.').waitFor();
  await jumpTo(page, '2022-10-12T09:00');

  await openAs('Teams');
  const invitation = page.locator('#messages article.theirs', { hasText: 'Datainsamling' }).last();
  const id = await invitation.locator('xpath=ancestor::li').getAttribute('data-id');
  const message = page.locator(`[data-id="${id}"]`);
  await message.locator('.style-positive').click();
  await message.locator('select').first().waitFor();
  await ratePage(message, () => steady);
  await message.locator('.style-positive').click();
  await message.getByText('Sida 2 av').first().waitFor();
  await picture(page, 'both-1-teams');

  await openAs('Slack');
  await write(page, 'mina enkäter');
  await newest(page).getByRole('button').first().click();
  const dialog = page.getByRole('dialog');
  // Where it was left, not at the beginning.
  await dialog.getByText('Sida 2 av').first().waitFor();
  await picture(page, 'both-2-slack');
  for (let number = 2; await dialog.isVisible(); number += 1) {
    await dialog.getByText(`Sida ${number} av`).first().waitFor();
    await ratePage(dialog, () => steady);
    await page.locator('#dialog-submit').click();
    const next = dialog.getByText(`Sida ${number + 1} av`).first();
    await expect.poll(async () => !(await dialog.isVisible()) || (await next.isVisible())).toBe(true);
  }

  await openAs('Teams');
  await message.getByText('Tack för dina svar').waitFor();
  await picture(page, 'both-3-receipt');
  const counts = await running.rond.store.answers.sumUp(
    (await running.rond.store.groups.load(running.group.key))?.id ?? '',
    'datainsamling-enkat/2022-10-12/2022-11-07',
  );
  expect(counts).toMatchObject({ invited: 3, submitted: 1 });
  expect(counts?.pairs).toHaveLength(22);
  expect(faults).toEqual([]);
}, 180_000);
