/** A database that does not answer: Slack's triggers live three seconds, so what opens opens before it does and is filled later. */

import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { filled, inSlack, invitationOf } from '../../support/rating.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas } from '../../support/scene.ts';

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

/** Somebody else holds the lock until they let go. */
async function held(lock: string): Promise<{ letGo(): Promise<void> }> {
  await client.query('begin');
  await client.query(lock);
  return { letGo: async () => void (await client.query('commit')) };
}
const view = () => all.sandbox.wires.slack.dialog(jonas)?.view;
/** The modal says that something is coming, while nothing can have been read from the database yet. */
async function opensAlready(asked: Promise<unknown>): Promise<void> {
  let isAnswered = false;
  const ended = () => {
    isAnswered = true;
  };
  asked.then(ended, ended);
  await vi.waitFor(() => expect(view()?.callback_id).toBe('rond.loading'));
  expect(isAnswered).toBe(false);
}

test('a survey that is opened shows that it is coming, and then comes', async () => {
  const message = await invitationOf(all, jonas, 'slack');
  const { letGo } = await held('lock table assignment in access exclusive mode');
  const pressed = all.sandbox.wires.slack.press(jonas, { message }, { verb: 'rate.open' });
  await opensAlready(pressed);
  await letGo();
  expect((await pressed).ok).toBe(true);
  await vi.waitFor(() => expect(inSlack(all, jonas).inputs().length).toBeGreaterThan(0));
});

test('so does a shortcut', async () => {
  const { letGo } = await held('lock table assignment in access exclusive mode');
  const asked = all.sandbox.wires.slack.shortcut(jonas, 'rond.surveys');
  await vi.waitFor(() => expect(view()?.callback_id).toBe('rond.loading'));
  await letGo();
  expect(await asked).toBe(200);
  await vi.waitFor(() => expect(JSON.stringify(view())).toContain('Mina enkäter'));
});

test('a page that is handed in is acknowledged in time, and the next one follows; nothing is stored twice', async () => {
  const message = await invitationOf(all, jonas, 'slack');
  await all.sandbox.wires.slack.press(jonas, { message }, { verb: 'rate.open' });
  const slack = inSlack(all, jonas);
  await vi.waitFor(() => expect(slack.page()).toContain('Sida 1'));
  const { letGo } = await held('select 1 from assignment for update');
  const handedIn = slack.press('rate.page', filled(slack, 'sustainable'));
  await opensAlready(handedIn);
  const stored = async () => (await client.query('select count(*)::int as n from submission')).rows[0].n;
  expect(await stored()).toBe(0);
  await letGo();
  expect((await handedIn).ok).toBe(true);
  await vi.waitFor(() => expect(slack.page()).toContain('Sida 2'));
  expect(await stored()).toBe(1);
});
