/** What stands in people's chats is put anew when it no longer holds for them: once for each place and change, and spread where there are many. */

import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Group } from '../../../src/domain/group.ts';
import type { Happening } from '../../../src/domain/happening.ts';
import { keys } from '../../../src/domain/schedule/keys.ts';
import { subjectOf } from '../../../src/domain/state.ts';
import { day } from '../../app/steering/seat.ts';
import { at, type Bench, bench, closes, during, identityOf, marked, roundKey } from './bench.ts';

let b: Bench;
const many = 23;
beforeEach(async () => {
  await b?.drop();
  b = await bench(many);
  await b.all(`update delivery set state = 'sent', reference = jsonb_build_object(
    'platform', platform, 'tenant', substr(lane, strpos(lane, '/') + 1), 'conversation', address, 'message', id::text)
    where kind = 'invitation'`);
});
afterAll(() => b.drop());

type Row = { key: string; kind: string; mode: string; member_key: string; lane: string; due_at: Date; state: string };
const renewed = () => b.all<Row>(`select * from delivery where mode = 'replace' order by id`);
const without = (group: Group, key: string): Group => ({
  ...group,
  members: group.members.filter((one) => one.key !== key),
});
const reads = (group: Group, hour: string) =>
  b.store.groups.save(
    group,
    { at: at(`2022-10-20T${hour}:00:00Z`), kind: 'plan-imported', activity: null, facts: {} },
    null,
  );
const close: Happening = { do: 'close-round', key: `close:${roundKey}`, at: closes, round: roundKey };
const tick = () => b.store.groups.carryOut(b.group.key, () => ({ happenings: [close], nextAt: null }));

test('a group file names somebody no more, and then again: theirs is put anew each time, and nobody else’s', async () => {
  await reads(b.group, '08');
  expect(await renewed()).toEqual([]);
  await reads(without(b.group, 'maja-ek'), '09');
  await reads(without(b.group, 'maja-ek'), '10');
  const gone = await renewed();
  expect(gone.map(({ kind, mode, member_key }) => [kind, mode, member_key])).toEqual([
    ['invitation', 'replace', 'maja-ek'],
  ]);
  await reads(b.group, '11');
  expect((await renewed()).map(({ member_key }) => member_key)).toEqual(['maja-ek', 'maja-ek']);
});

test('whoever is removed in the chat, where the round itself is not touched', async () => {
  await b.store.steering.carryOut(b.group.key, 'removal', during, ({ group, state }) => ({
    next: { group: { ...without(group, 'maja-ek'), version: 1 }, state },
    entries: [],
  }));
  expect((await renewed()).map(({ member_key }) => member_key)).toEqual(['maja-ek']);
});

test('a round that closes: everybody’s once, those who have answered as a receipt; a few in each second', async () => {
  const { id, member } = await b.assignment('tove-lind');
  await b.store.answers.submit(id, identityOf(member), marked('mine'), 'handed in', during, null);
  await b.all(`update delivery set state = 'sent' where kind = 'receipt'`);
  await tick();
  await tick();
  const rows = (await renewed()).filter(({ state }) => state === 'planned');
  expect(new Set(rows.map(({ member_key }) => member_key))).toEqual(new Set(b.group.members.map(({ key }) => key)));
  expect(rows.length).toBe(b.group.members.length);
  expect(rows.filter(({ kind }) => kind === 'receipt').map(({ member_key }) => member_key)).toEqual(['tove-lind']);
  for (const lane of Map.groupBy(rows, (row) => row.lane).values()) {
    const seconds = Map.groupBy(lane, ({ due_at }) => due_at.getTime() - closes.epochMilliseconds);
    for (const [ms, here] of seconds) {
      expect(ms % 1000).toBe(0);
      expect(here.filter(({ kind }) => kind !== 'receipt').length).toBeLessThanOrEqual(5);
    }
  }
});

test('in Slack no more of them fall due than chat.update takes, fifty a minute, but for the first few', async () => {
  await b.all(`update delivery set platform = 'slack', lane = 'slack/T01MITT' where kind = 'invitation'`);
  await tick();
  const seconds = (await renewed()).map(({ due_at }) => (due_at.getTime() - closes.epochMilliseconds) / 1000);
  expect(seconds.length).toBe(b.group.members.length);
  const sorted = seconds.toSorted((one, other) => one - other);
  for (const [index, second] of sorted.entries()) expect(index + 1).toBeLessThanOrEqual(11 + (second * 50) / 60);
});

test('in a round that keeps to counts, a card that cannot be put anew tells nobody who has not answered', async () => {
  await b.all(`update round set terms = '{"anonymity": "counts"}'`);
  await tick();
  await b.all(`update delivery set state = 'failed', reason = 'not-found' where mode = 'replace'`);
  const { id } = await b.loaded();
  expect(await b.store.ledger.unreached(id)).toEqual([]);
});

test('whatever the name it has in the ledger: each kind of reminder, and what was put off to a day; of this survey alone', async () => {
  const on = day('2022-10-20');
  const named = (round: string) => [
    keys.mid(round),
    keys.near(round, on),
    keys.on(round, on),
    keys.nudge(round, on),
    keys.again(subjectOf({ round }), on),
  ];
  const one = b.group.members.at(-1)?.key ?? '';
  const told = [...named(roundKey), ...named(`${roundKey}-2`)].map((key) => key(one));
  await b.all(
    `insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id, k.key, 'reminder', 'post', member_key, about, platform, lane, address, due_at, 'sent',
       reference || jsonb_build_object('message', k.key) from delivery, unnest($2::text[]) as k (key) where member_key = $1 and kind = 'invitation'`,
    [one, told],
  );
  await tick();
  const theirs = (await renewed()).filter(({ member_key }) => member_key === one).map(({ key }) => key.split(':')[1]);
  expect(theirs.sort()).toEqual(['again', 'invite', 'remind', 'remind', 'remind', 'remind']);

  const { id, member } = await b.assignment(one);
  await b.all('update round set closed_at = null');
  await b.store.answers.submit(id, identityOf(member), marked('mine'), 'handed in', during, null);
  await b.all(`delete from delivery where key = 'close:' || $1`, [roundKey]);
  await tick();
  const receipts = (await renewed()).filter(({ kind, key }) => kind === 'receipt' && key.includes(':until:'));
  expect(receipts).toHaveLength(6);
});
