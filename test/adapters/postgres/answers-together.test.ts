/** Answers handed in at the same moment share statements; each is judged and stored as if it had come alone. */

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everythingDue } from '../../../src/app/tick.ts';
import { saveImported } from '../../../src/cli/import-group.ts';
import type { Identity, Member } from '../../../src/domain/group.ts';
import type { Ratings } from '../../../src/domain/instrument.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const opening = Temporal.Instant.from('2022-10-12T07:00:00Z');
const later = opening.add({ minutes: 5 });
const members = Array.from({ length: 40 }, (_, index) => memberWith(`member-${index}`));
const group = { ...coreGroup, startsAt: opening.subtract({ hours: 1 }), members: [...coreGroup.members, ...members] };
const answer = (comment: string): Ratings => ({ lakare: { now: 'shortage', coming: 'shortage', comment } });

/** The message whose button was pressed. */
const pressed = { platform: 'teams' as const, tenant: 'tenant-1', conversation: 'a:chat', message: '1665558000000' };

let opened: TestDatabase;
let client: pg.Client;
const parts = new Map<string, string>();
const who = (member: Member) => member.identities[0] as Identity;
const partOf = (member: Member) => parts.get(member.key) ?? '';

beforeAll(async () => {
  opened = await testDatabase();
  client = new pg.Client({ connectionString: opened.databaseUrl });
  await client.connect();
  await saveImported(opened.store, { group, warnings: [] }, group.startsAt);
  await opened.store.groups.carryOut(group.key, ({ group: loaded, state }) =>
    everythingDue(loaded, state, opening, () => null),
  );
  const rows = await client.query('select a.id, m.key from assignment a join member m on m.id = a.member_id');
  for (const { id, key } of rows.rows) parts.set(key, id);
});

afterAll(async () => {
  await client?.end();
  await opened?.drop();
});

const stored = async (member: Member) =>
  (await client.query('select state, answers, revision from assignment where id = $1', [partOf(member)])).rows[0];
const submit = (member: Member, comment: string, event = randomUUID() as string, by = who(member), from = pressed) =>
  opened.store.answers.submit(partOf(member), by, answer(comment), event, later, from);

test('forty at once: each is stored once, with its receipt', async () => {
  const taken = await Promise.all(members.map((member) => submit(member, member.key)));
  expect(taken).toEqual(members.map(() => ({ is: 'taken', revision: 1 })));
  for (const member of members) {
    expect(await stored(member)).toEqual({ state: 'submitted', answers: answer(member.key), revision: 1 });
  }
  const receipts = await client.query(`select key from delivery where kind = 'receipt'`);
  const expected = members.map((member) => `receipt:${partOf(member)}:1`);
  expect(receipts.rows.map((row) => row.key).sort()).toEqual(expected.sort());
});

test('who is not asked, who is somebody else and what is no assignment are refused among those who are taken', async () => {
  const [one, two, three] = members as [Member, Member, Member];
  const nobody = { platform: 'teams', tenant: 'tenant-1', user: 'user-nobody' } as const;
  const elsewhere = { ...who(three), tenant: 'tenant-2' };
  const taken = await Promise.all([
    submit(one, 'anew'),
    submit(two, 'not mine', undefined, who(one)),
    submit(three, 'from outside', undefined, nobody),
    submit(three, 'from elsewhere', undefined, elsewhere),
    opened.store.answers.submit(randomUUID(), who(one), answer('nowhere'), randomUUID(), later, null),
  ]);
  expect(taken.map(({ is }) => is)).toEqual(['taken', 'refused', 'refused', 'refused', 'refused']);
  expect((await stored(two)).answers).toEqual(answer(two.key));
  expect((await stored(three)).answers).toEqual(answer(three.key));
});

test('the same event at the same moment is stored once', async () => {
  const member = members[5] as Member;
  const event = randomUUID();
  const taken = await Promise.all(Array.from({ length: 6 }, () => submit(member, 'once', event)));
  expect(taken.map(({ is }) => is).sort()).toEqual([
    'repeated',
    'repeated',
    'repeated',
    'repeated',
    'repeated',
    'taken',
  ]);
  const kept = await client.query('select count(*)::int as n from submission where event = $1', [event]);
  expect(kept.rows[0].n).toBe(1);
});

test('two answers of one person at the same moment: the last one handed in counts', async () => {
  const member = members[6] as Member;
  const taken = await Promise.all([submit(member, 'first'), submit(member, 'second'), submit(member, 'third')]);
  expect(taken.map((one) => one.is === 'taken' && one.revision)).toEqual([2, 3, 4]);
  expect((await stored(member)).answers).toEqual(answer('third'));
});

test('one that the database cannot hold fails alone', async () => {
  const [bad, good] = [members[7] as Member, members[8] as Member];
  const settled = await Promise.allSettled([submit(bad, 'no \u0000 here'), submit(good, 'held')]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((await stored(good)).answers).toEqual(answer('held'));
  expect((await stored(bad)).answers).toEqual(answer(bad.key));
});

test('pages of many at once are kept as drafts, and change an answer only when they are complete', async () => {
  const [complete, gap] = [members[9] as Member, members[10] as Member];
  const page: Ratings = { barnmorska: { now: 'surplus', coming: 'surplus', comment: '' } };
  const save = (member: Member, whole: boolean) =>
    opened.store.answers.saveDraft(partOf(member), who(member), page, whole, randomUUID(), later);
  expect(await Promise.all([save(complete, true), save(gap, false)])).toEqual([
    { is: 'taken', revision: 1 },
    { is: 'taken', revision: 1 },
  ]);
  expect((await stored(complete)).answers).toEqual({ ...answer(complete.key), ...page });
  expect((await stored(gap)).answers).toEqual(answer(gap.key));
});

test('assignments asked for together come each to who asked', async () => {
  const ids = [...members.map(partOf), randomUUID(), 'no id at all'];
  const found = await Promise.all(ids.map((id) => opened.store.answers.assignment(id)));
  expect(found.map((one) => one?.member.key ?? null)).toEqual([...members.map(({ key }) => key), null, null]);
});

test('a tick and those who answer do not keep each other waiting', async () => {
  const member = members[11] as Member;
  await client.query('begin');
  await client.query('select id from working_group where key = $1 for no key update', [group.key]);
  expect((await submit(member, 'during a tick')).is).toBe('taken');
  await client.query('commit');
});

test('a receipt that still waits tells the newer answer too; one that is under way, was sent or stands elsewhere does not', async () => {
  const [quick, slow, taken, moved] = [12, 13, 14, 15].map((at) => members[at] as Member) as [
    Member,
    Member,
    Member,
    Member,
  ];
  const elsewhere = { ...pressed, message: '1665558000001' };
  const everybody = [quick, slow, taken, moved];
  const rowsOf = async (member: Member) => {
    const rows = await client.query(
      `select key, state from delivery where about ->> 'assignment' = $1 and kind = 'receipt' order by id`,
      [partOf(member)],
    );
    return rows.rows as { key: string; state: string }[];
  };
  const begun = new Map<Member, number>();
  await Promise.all(everybody.map((member) => submit(member, 'one')));
  for (const member of everybody) begun.set(member, (await rowsOf(member)).length);
  const lastOf = async (member: Member) => (await rowsOf(member)).at(-1)?.key;
  await client.query(`update delivery set state = 'sent' where key = $1`, [await lastOf(slow)]);
  await client.query(`update delivery set state = 'claimed' where key = $1`, [await lastOf(taken)]);
  for (const comment of ['two', 'three']) {
    await Promise.all([quick, slow, taken].map((member) => submit(member, comment)));
    await submit(moved, comment, undefined, undefined, elsewhere);
  }
  const added = async (member: Member) =>
    (await rowsOf(member)).slice((begun.get(member) ?? 0) - 1).map(({ state }) => state);
  expect(await added(quick)).toEqual(['planned']);
  expect(await added(slow)).toEqual(['sent', 'planned']);
  expect(await added(taken)).toEqual(['claimed', 'planned']);
  expect(await added(moved)).toEqual(['planned', 'planned']);
  expect((await stored(quick)).answers).toEqual(answer('three'));
});

test('in Teams, whoever answers again within seconds has the next receipt after them, and later at once', async () => {
  const member = members[17] as Member;
  const at = (ms: number) =>
    opened.store.answers.submit(
      partOf(member),
      who(member),
      answer(String(ms)),
      randomUUID(),
      later.add({ milliseconds: ms }),
      pressed,
    );
  const sendAll = () =>
    client.query(`update delivery set state = 'sent' where about ->> 'assignment' = $1`, [partOf(member)]);
  const lastDue = async () => {
    const rows = await client.query(
      `select due_at from delivery where about ->> 'assignment' = $1 and kind = 'receipt' order by id desc limit 1`,
      [partOf(member)],
    );
    return (rows.rows[0].due_at as Date).getTime() - later.epochMilliseconds;
  };
  await sendAll();
  await at(60_000);
  expect(await lastDue()).toBe(60_000);
  await sendAll();
  await at(61_000);
  expect(await lastDue()).toBe(65_000);
  await sendAll();
  await at(66_000);
  expect(await lastDue()).toBe(66_000);
});

test('a receipt that is taken up while an answer is being stored is followed by another', async () => {
  const member = members[16] as Member;
  await submit(member, 'one');
  const waiting = `select key, state from delivery where about ->> 'assignment' = $1 and state <> 'sent' order by id`;
  await client.query('begin');
  await client.query(
    `update delivery set state = 'claimed' where about ->> 'assignment' = $1 and state = 'planned' returning key`,
    [partOf(member)],
  );
  const second = submit(member, 'two');
  await waitUntilBlocked();
  await client.query('commit');
  expect((await second).is).toBe('taken');
  const rows = (await client.query(waiting, [partOf(member)])).rows;
  expect(rows.map(({ state }) => state)).toEqual(['claimed', 'planned']);
});

/** Until another connection waits for a lock of ours: what is tested happens in between. */
async function waitUntilBlocked(): Promise<void> {
  for (;;) {
    const found = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (found.rows.length > 0) return;
    await new Promise((again) => setTimeout(again, 5));
  }
}
