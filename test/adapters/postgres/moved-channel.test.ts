/** A channel that has another id: everything that names it follows, and nothing of another workspace does. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, bench, during, opened } from './bench.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.drop());

const slack = { platform: 'slack' as const, tenant: 'T01MITT' };
const [was, now] = ['C01STEER', 'C09SHARED'];

test('the group’s channel, the council, what waits, what was sent and what is known of it', async () => {
  const council = { ...slack, channel: was, name: 'Rådet' };
  await b.all(
    `insert into council (key, name, platform, tenant, channel, channel_name) values ('council-1', $1, $2, $3, $4, 'rådet')`,
    [council.name, council.platform, council.tenant, was],
  );
  await b.store.groups.carryOut(b.group.key, () => ({
    happenings: ['digest:steering:2022-10-12', 'digest:steering:2022-10-13'].map((key) => ({
      do: 'tell',
      key,
      at: opened,
      kind: 'steering',
      to: { channel: 'steering' },
      about: { until: opened.toString() },
    })),
    nextAt: null,
  }));
  const reference = { ...slack, conversation: was, message: '1.1' };
  await b.all(`update delivery set state = 'sent', reference = $1 where key = 'digest:steering:2022-10-12'`, [
    JSON.stringify(reference),
  ]);
  await b.store.contacts.put({ ...slack, id: was }, { blocked: 'archived' });
  // The same id in another workspace is another channel; and the new one was heard of before the news came.
  await b.store.contacts.put({ ...slack, tenant: 'T0OTHER', id: was }, { locale: 'sv' });
  await b.store.contacts.put({ ...slack, id: now }, { locale: 'fi' });
  for (const channel of [was, now]) await b.store.drafts.arrived({ ...slack, channel, name: channel }, during);

  await b.store.reach.moved({ ...slack, id: was }, now);
  // Twice is once.
  await b.store.reach.moved({ ...slack, id: was }, now);

  const { group } = await b.loaded();
  expect(group.channels.map(({ id }) => id)).toEqual(['19:group@thread.tacv2', now]);
  expect(await b.one('select channel from council')).toEqual({ channel: now });
  expect(
    await b.all(
      `select key, address, reference ->> 'conversation' as conversation from delivery where channel = 'steering' order by key`,
    ),
  ).toEqual([
    { key: 'digest:steering:2022-10-12', address: now, conversation: now },
    { key: 'digest:steering:2022-10-13', address: now, conversation: null },
  ]);
  expect(await b.store.contacts.get({ ...slack, id: was })).toBeNull();
  expect((await b.store.contacts.get({ ...slack, id: now }))?.blocked).toBe('archived');
  expect((await b.store.contacts.get({ ...slack, tenant: 'T0OTHER', id: was }))?.locale).toBe('sv');
  expect(await b.all('select channel, name from place')).toEqual([{ channel: now, name: was }]);
});
