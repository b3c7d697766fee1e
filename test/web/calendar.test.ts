/** What the web server does with a calendar's address: it is told to nobody, in no answer and in no log. */

import { afterEach, expect, test } from 'vitest';
import { createFeeds, hashOf, newSecret } from '../../src/app/feeds.ts';
import { emptyState } from '../../src/domain/state.ts';
import type { CalendarLinks } from '../../src/ports/calendar-links.ts';
import type { Store } from '../../src/ports/store.ts';
import { calendarRoutes } from '../../src/web/calendar.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { coreGroup } from '../support/core-group.ts';

const now = Temporal.Instant.from('2022-10-03T08:00:00Z');
const logged: string[] = [];
let web: Web | null = null;
afterEach(async () => {
  await web?.close();
  web = null;
  logged.length = 0;
});

type Found = Awaited<ReturnType<CalendarLinks['find']>>;

async function serving(find: (hash: string) => Promise<Found>, clock = { now: () => now }) {
  const calendars = { find, touches: async () => ({ whole: { times: 1, at: now }, activities: new Map() }) };
  const store = {
    calendars: calendars as unknown as CalendarLinks,
    groups: { glance: async () => ({ id: 'g', group: coreGroup, state: emptyState }) } as unknown as Store['groups'],
    people: { find: async () => [] } as unknown as Store['people'],
  };
  const feeds = createFeeds({ store, clock, holidays: () => null, address: () => 'https://rond.example.org' });
  const note = (...said: unknown[]) =>
    void logged.push(
      said
        .map((one) =>
          one instanceof Error
            ? `${one.stack}`
            : JSON.stringify(one, (_, value) => (value instanceof Error ? `${value.stack}` : value)),
        )
        .join(' '),
    );
  web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    ready: async () => {},
    mount: [calendarRoutes(feeds)],
    log: { error: note },
  });
  return { url: web.url, feeds };
}

test('a secret has 192 bits, nothing in it is a mark on a card, and its hash says nothing of it', () => {
  const secrets = Array.from({ length: 200 }, newSecret);
  expect(new Set(secrets).size).toBe(200);
  expect(secrets.join('')).not.toContain('_');
  for (const secret of secrets) {
    expect(Buffer.from(secret, 'base64url')).toHaveLength(24);
    expect(hashOf(secret)).not.toContain(secret.slice(0, 8));
  }
});

test('when the database fails, neither the answer nor the log holds the address', async () => {
  const secret = newSecret();
  const { url } = await serving(async () => {
    throw new Error('the database is away');
  });
  const response = await fetch(`${url}/calendar/${secret}.ics`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain(secret);
  expect(logged.join()).toContain('the database is away');
  expect(logged.join()).not.toContain(secret);
});

test('what is no secret is not even looked for', async () => {
  const asked: string[] = [];
  const { url } = await serving(async (hash) => {
    asked.push(hash);
    return null;
  });
  for (const secret of [
    'x',
    'A'.repeat(31),
    'A'.repeat(33),
    '..%2f..%2fetc',
    `${'A'.repeat(31)}%00`,
    'x'.repeat(5000),
    '%E0%A4%A',
  ])
    expect([400, 404]).toContain((await fetch(`${url}/calendar/${secret}.ics`)).status);
  expect(asked).toEqual([]);
  expect((await fetch(`${url}/calendar/${newSecret()}.ics`)).status).toBe(404);
  expect(asked).toHaveLength(1);
  expect(logged).toEqual([]);
});

test('somebody who is in no group any more has no calendar', async () => {
  const who = { platform: 'teams' as const, tenant: 't', user: 'u' };
  const { url } = await serving(async () => ({ is: 'person', who }));
  expect((await fetch(`${url}/calendar/${newSecret()}.ics`)).status).toBe(404);
});

test('who asks once a second is told to wait, and how long; who asks for another calendar is not', async () => {
  let at = now;
  const { url } = await serving(async () => ({ is: 'group', key: coreGroup.key }), { now: () => at });
  const ask = (secret: string) => fetch(`${url}/calendar/${secret}.ics`);
  const [one, other] = [newSecret(), newSecret()];
  for (let times = 0; times < 30; times++) expect((await ask(one)).status).toBe(200);
  const refused = await ask(one);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(other)).status).toBe(200);
  at = at.add({ minutes: 10 });
  expect((await ask(one)).status).toBe(200);
});
