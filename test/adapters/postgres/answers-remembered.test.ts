/** Who goes from page to page is not read anew for each of them: what is stored was true when it was stored. */

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remembered } from '../../../src/adapters/postgres/remembered.ts';
import { everythingDue } from '../../../src/app/tick.ts';
import { saveImported } from '../../../src/cli/import-group.ts';
import { type OpenStore, openStore } from '../../../src/compose.ts';
import type { Identity, Member } from '../../../src/domain/group.ts';
import type { Ratings } from '../../../src/domain/instrument.ts';
import type { AssignmentRow } from '../../../src/ports/store.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const opening = Temporal.Instant.from('2022-10-12T07:00:00Z');
const later = opening.add({ minutes: 5 });
const members = Array.from({ length: 8 }, (_, index) => memberWith(`member-${index}`));
const group = { ...coreGroup, startsAt: opening.subtract({ hours: 1 }), members: [...coreGroup.members, ...members] };
const page = (comment: string): Ratings => ({ lakare: { now: 'shortage', coming: 'shortage', comment } });
const nextPage: Ratings = { barnmorska: { now: 'surplus', coming: 'surplus', comment: '' } };

let one: TestDatabase;
/** Another process on the same database. */
let other: OpenStore;
let client: pg.Client;
const parts = new Map<string, string>();
const who = (member: Member) => member.identities[0] as Identity;
const partOf = (member: Member) => parts.get(member.key) ?? '';

beforeAll(async () => {
  one = await testDatabase();
  other = await openStore({ databaseUrl: one.databaseUrl, data: '' });
  client = new pg.Client({ connectionString: one.databaseUrl });
  await client.connect();
  await saveImported(one.store, { group, warnings: [] }, group.startsAt);
  await one.store.groups.carryOut(group.key, ({ group: loaded, state }) =>
    everythingDue(loaded, state, opening, () => null),
  );
  const rows = await client.query('select a.id, m.key from assignment a join member m on m.id = a.member_id');
  for (const { id, key } of rows.rows) parts.set(key, id);
});

afterAll(async () => {
  await client?.end();
  await other?.close();
  await one?.drop();
});

const read = async (member: Member, from: Pick<OpenStore, 'store'> = one) =>
  (await from.store.answers.assignment(partOf(member))) as AssignmentRow;
const known = (member: Member) => one.store.answers.remembered(partOf(member)) as AssignmentRow;
const save = (member: Member, given: Ratings, seen?: string, from: Pick<OpenStore, 'store'> = one) =>
  from.store.answers.saveDraft(partOf(member), who(member), given, true, randomUUID(), later, seen);
const submit = (member: Member, given: Ratings, seen?: string, event: string = randomUUID()) =>
  one.store.answers.submit(partOf(member), who(member), given, event, later, null, seen);
const submissions = async (member: Member) =>
  (await client.query('select count(*)::int as n from submission where assignment_id = $1', [partOf(member)])).rows[0]
    .n;

test('nothing is remembered of whom nobody has read', () => {
  expect(one.store.answers.remembered(partOf(members[0] as Member))).toBeNull();
  expect(one.store.answers.remembered(randomUUID())).toBeNull();
});

test('what is remembered through pages, an answer and a change of it is what the database holds', async () => {
  const member = members[0] as Member;
  expect(known(member) ?? null).toBeNull();
  const first = await read(member);
  expect(known(member)).toEqual(first);
  const same = async () => {
    const seen = known(member);
    expect(await read(member)).toEqual(seen);
    return seen.version;
  };
  expect(await save(member, page('first'), await same())).toEqual({ is: 'taken', revision: 0 });
  expect(known(member)).toMatchObject({ state: 'draft', draft: page('first'), answers: {} });
  expect(await save(member, nextPage, await same())).toEqual({ is: 'taken', revision: 0 });
  expect(await submit(member, { ...page('first'), ...nextPage }, await same())).toEqual({ is: 'taken', revision: 1 });
  expect(known(member)).toMatchObject({ state: 'submitted', submittedAt: later, revision: 1 });
  expect(await save(member, page('changed'), await same())).toEqual({ is: 'taken', revision: 1 });
  expect(known(member).answers).toEqual({ ...page('changed'), ...nextPage });
  expect(await submit(member, { ...page('again'), ...nextPage }, await same())).toEqual({ is: 'taken', revision: 2 });
  await same();
});

test('what another process stored in between is not stored over', async () => {
  const member = members[1] as Member;
  const { version } = await read(member);
  expect(await save(member, page('from the telephone'), undefined, other)).toEqual({ is: 'taken', revision: 0 });
  expect(await submit(member, nextPage, version)).toEqual({ is: 'changed' });
  expect(await save(member, nextPage, version)).toEqual({ is: 'changed' });
  expect(one.store.answers.remembered(partOf(member))).toBeNull();
  expect(await read(member)).toMatchObject({ state: 'draft', draft: page('from the telephone') });
  expect(await submissions(member)).toBe(1);
});

test.each([
  ['the round', "update round set closes_at = closes_at + interval '1 day'"],
  ['the member', "update member set name = name || ' the second'"],
])('a change of %s is noticed', async (_, change) => {
  const member = members[2] as Member;
  const { version } = await read(member);
  await client.query(change);
  expect(await save(member, page('late'), version)).toEqual({ is: 'changed' });
  expect(await submissions(member)).toBe(0);
});

test('of two at the same moment who saw the same, one is stored and the other told', async () => {
  const member = members[3] as Member;
  const { version } = await read(member);
  const taken = await Promise.all([
    save(member, page('here'), version),
    save(member, nextPage, version, other),
    save(member, page('here again'), version),
  ]);
  expect(taken.map(({ is }) => is).sort()).toEqual(['changed', 'changed', 'taken']);
  expect(await submissions(member)).toBe(1);
});

test('the same event again is the same event, though nothing is as it was seen', async () => {
  const member = members[4] as Member;
  const event = randomUUID();
  const { version } = await read(member);
  expect(await submit(member, page('once'), version, event)).toEqual({ is: 'taken', revision: 1 });
  expect(await submit(member, page('once'), version, event)).toEqual({ is: 'changed' });
  expect(await submit(member, page('once'), (await read(member)).version, event)).toEqual({ is: 'repeated' });
  expect(await submissions(member)).toBe(1);
});

test('somebody else, and a round that has closed, are refused however much is remembered', async () => {
  const [member, stranger] = [members[5] as Member, members[6] as Member];
  const { version } = await read(member);
  const { answers } = one.store;
  const given = [page('not mine'), true, randomUUID(), later, version] as const;
  expect(await answers.saveDraft(partOf(member), who(stranger), ...given)).toEqual({ is: 'changed' });
  const late = later.add({ hours: 24 * 400 });
  const fresh = (await read(member)).version;
  expect(await answers.submit(partOf(member), who(member), page('late'), randomUUID(), late, null, fresh)).toEqual({
    is: 'changed',
  });
  expect(await submissions(member)).toBe(0);
});

test('only so many are remembered, the last ones, and not for ever', async () => {
  const rows = remembered<number>({ most: 3, keepMs: 60_000 });
  for (const id of ['a', 'b', 'c', 'a', 'd']) rows.set(id, 1);
  expect(['a', 'b', 'c', 'd'].map((id) => rows.get(id))).toEqual([1, null, 1, 1]);
  rows.forget('a');
  expect(rows.get('a')).toBeNull();
  const brief = remembered<number>({ most: 3, keepMs: 0 });
  brief.set('a', 1);
  expect(brief.get('a')).toBeNull();
});
