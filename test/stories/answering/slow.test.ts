/** A database that takes four seconds: Slack's triggers live three, so what opens opens at once and is filled later. */

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { filled, inSlack, invitationOf } from '../../support/rating.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas } from '../../support/scene.ts';

const slowMs = 4_000;
let all: TestRond;
let client: pg.Client;

beforeAll(async () => {
  all = await startTestRond();
  client = new pg.Client({ connectionString: all.databaseUrl });
  await client.connect();
  await all.moveTo('2022-10-12T12:00:00Z');
});
afterAll(async () => {
  await client.end();
  await all.close();
});
beforeEach(() => all.sandbox.wires.slack.closeDialog(jonas));

/** Somebody else holds the lock for four seconds. */
async function held(lock: string): Promise<{ over: Promise<void> }> {
  await client.query('begin');
  await client.query(lock);
  return { over: sleep(slowMs).then(async () => void (await client.query('commit'))) };
}
const view = () => all.sandbox.wires.slack.dialog(jonas)?.view;

test('a survey that is opened shows that it is coming, and then comes', async () => {
  const message = await invitationOf(all, jonas, 'slack');
  const { over } = await held('lock table assignment in access exclusive mode');
  const began = performance.now();
  const pressed = all.sandbox.wires.slack.press(jonas, { message }, { verb: 'rate.open' });
  await vi.waitFor(() => expect(view()?.callback_id).toBe('rond.loading'), { timeout: 2_500 });
  expect(performance.now() - began).toBeLessThan(3_000);
  await over;
  expect((await pressed).ok).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(slowMs - 500);
  await vi.waitFor(() => expect(inSlack(all, jonas).inputs().length).toBeGreaterThan(0));
});

test('so does a shortcut', async () => {
  const { over } = await held('lock table assignment in access exclusive mode');
  const asked = all.sandbox.wires.slack.shortcut(jonas, 'rond.surveys');
  await vi.waitFor(() => expect(view()?.callback_id).toBe('rond.loading'), { timeout: 2_500 });
  await over;
  expect(await asked).toBe(200);
  await vi.waitFor(() => expect(JSON.stringify(view())).toContain('Mina enkäter'));
});

test('a page that is handed in is acknowledged in time, and the next one follows; nothing is stored twice', async () => {
  const message = await invitationOf(all, jonas, 'slack');
  await all.sandbox.wires.slack.press(jonas, { message }, { verb: 'rate.open' });
  const slack = inSlack(all, jonas);
  await vi.waitFor(() => expect(slack.page()).toContain('Sida 1'));
  const { over } = await held('select 1 from assignment for update');
  const began = performance.now();
  const handedIn = slack.press('rate.page', filled(slack, 'sustainable'));
  await vi.waitFor(() => expect(view()?.callback_id).toBe('rond.loading'), { timeout: 3_000 });
  expect(performance.now() - began).toBeLessThan(3_000);
  await over;
  expect((await handedIn).ok).toBe(true);
  await vi.waitFor(() => expect(slack.page()).toContain('Sida 2'), { timeout: 3_000 });
  const stored = await client.query('select count(*)::int as n from submission');
  expect(stored.rows[0].n).toBe(1);
});
