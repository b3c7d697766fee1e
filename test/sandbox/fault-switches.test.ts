/** The faults as the sandbox's page reaches them: the JSON API, and the boxes in a real Chromium. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { launchChromium, openPage, phone } from '../browser/chromium.ts';
import { axeViolations, overflow } from '../browser/looks.ts';

let sandbox: Sandbox;
let browser: Browser;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, botUrl: () => 'http://127.0.0.1:9', saveTo: null });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

const post = async (body: object) => {
  const answer = await fetch(`${sandbox.url}/api/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
};
const lit = (platform: 'teams' | 'slack', fault: string) =>
  sandbox.wires[platform].faults.list().find(({ name }) => name === fault)?.on;

describe('POST /api/faults', () => {
  test('switches a fault on and off, of that platform only', async () => {
    const { status, body } = await post({ platform: 'teams', fault: 'blocked', on: true });
    expect(status).toBe(200);
    expect(body.teams).toContainEqual({ name: 'blocked', says: expect.any(String), lasts: 'while', on: 1 });
    expect([lit('teams', 'blocked'), lit('slack', 'archived')]).toEqual([1, 0]);
    await post({ platform: 'teams', fault: 'blocked', on: false });
    expect(lit('teams', 'blocked')).toBe(0);
  });

  test('is "on" unless it says otherwise, and what happens once can stand in line', async () => {
    await post({ platform: 'slack', fault: 'throttled' });
    await post({ platform: 'slack', fault: 'throttled' });
    expect(lit('slack', 'throttled')).toBe(2);
    await post({ platform: 'slack', fault: 'throttled', on: false });
    expect(lit('slack', 'throttled')).toBe(0);
  });

  test('refuses what there is not', async () => {
    expect((await post({ platform: 'teams', fault: 'archived' })).status).toBe(404);
    expect((await post({ platform: 'sms', fault: 'blocked' })).status).toBe(400);
    expect((await post({})).status).toBe(400);
  });
});

describe('the boxes on the page', () => {
  test('stand behind "Faults", by name and by keyboard, and follow what happens', async () => {
    const { page, faults } = await openPage(browser, phone);
    await page.goto(sandbox.url);
    const summary = page.getByText('Faults', { exact: true });
    await summary.focus();
    await page.keyboard.press('Enter');
    const teams = page.getByRole('group', { name: 'Teams' });
    const box = teams.getByRole('checkbox', { name: /Everybody has blocked Rond/ });
    await box.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => lit('teams', 'blocked')).toBe(1);
    sandbox.wires.teams.faults.set('blocked', false);
    await expect.poll(() => box.isChecked()).toBe(false);
    expect(await box.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await page.getByRole('group', { name: 'Slack' }).getByRole('checkbox').count()).toBe(
      sandbox.wires.slack.faults.list().length,
    );
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
  }, 60_000);
});
