/** A page handed in by somebody who is remembered, when the world has moved on since: it is judged, and shown, as things are. */

import { afterAll, beforeEach, expect, test } from 'vitest';
import { takeAnswer } from '../../src/app/take-answer.ts';
import type { Member } from '../../src/domain/group.ts';
import { inputsOf } from '../../src/domain/rating/inputs.ts';
import { catalogue } from '../../src/library/library.ts';
import type { Reply } from '../../src/ports/chat.ts';
import type { AnswerStore } from '../../src/ports/store.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { at, type Bench, bench, identityOf } from '../adapters/postgres/bench.ts';

const member = 'tove-lind';
const now = at('2022-10-25T07:00:00Z');
const ratings = exampleRatings(catalogue('se-legitimation-2023'), 1, 'sv');
let b: Bench;
let events = 0;
let readings = 0;

beforeEach(async () => {
  await b?.drop();
  b = await bench();
  readings = 0;
});
afterAll(() => b?.drop());

/** The store, counting how often an assignment is read. */
function counted(): Bench['store'] {
  const answers: AnswerStore = {
    ...b.store.answers,
    assignment(id) {
      readings += 1;
      return b.store.answers.assignment(id);
    },
  };
  return { ...b.store, answers };
}

async function press(verb: string, values: Record<string, string> = {}, when = now): Promise<Reply> {
  const part = await b.assignment(member);
  events += 1;
  const submission = {
    who: identityOf(b.group.members.find(({ key }) => key === member) as Member),
    verb,
    values: { ref: part.id, ...values },
    event: `press-${events}`,
    message: null,
    where: 'personal' as const,
    locale: null,
  };
  return takeAnswer({ store: counted(), now: when, submission });
}

const shown = (reply: Reply) => ('card' in reply ? JSON.stringify(reply.card) : '');
const all = { ...inputsOf(ratings), page: '1' };
async function fillIn() {
  for (const number of ['1', '2', '3']) expect((await press('rate.page', { ...all, page: number })).do).toBe('show');
}
const submissions = async () => (await b.all('select complete from submission')).length;

test('from page to page, and to the end, an assignment is read once', async () => {
  await press('rate.open');
  readings = 0;
  await fillIn();
  expect((await press('rate.back', { ...all, page: '4' })).do).toBe('show');
  expect((await press('rate.submit', { ...all, page: '4' })).do).toBe('finish');
  expect(readings).toBe(0);
  expect(await submissions()).toBe(5);
});

test('a page without anything on it is answered from what is stored', async () => {
  await press('rate.open');
  await b.all(
    `update assignment set draft = '{"apotekare":{"now":"surplus","coming":"surplus","comment":"from elsewhere"}}'`,
  );
  readings = 0;
  expect(shown(await press('rate.back', { page: '2' }))).toContain('from elsewhere');
  expect(readings).toBe(1);
});

test('what was given elsewhere in between stays, and is shown', async () => {
  await press('rate.open');
  await b.all(
    `update assignment set draft = '{"lakare":{"now":"surplus","coming":"surplus","comment":"from elsewhere"}}'`,
  );
  readings = 0;
  const second = Object.fromEntries(Object.entries(all).filter(([id]) => !id.endsWith(':lakare')));
  const page = await press('rate.page', { ...second, page: '3' });
  expect(page.do).toBe('show');
  expect(readings).toBe(1);
  expect(
    await b.all(
      "select draft -> 'lakare' ->> 'comment' as kept from assignment a join member m on m.id = a.member_id where m.key = $1",
      [member],
    ),
  ).toEqual([{ kept: 'from elsewhere' }]);
});

test('an extension in between lets an answer in that would have come too late; a close keeps it out', async () => {
  await press('rate.open');
  await fillIn();
  const last = { ...all, page: '4' };
  const late = at('2022-11-10T07:00:00Z');
  await b.all(`update round set closes_at = '2022-11-20T23:00:00Z'`);
  expect((await press('rate.submit', last, late)).do).toBe('finish');
  await b.all(`update round set closed_at = '2022-11-10T07:30:00Z'`);
  expect((await press('rate.page', last, late.add({ hours: 1 }))).do).toBe('notice');
  expect(await submissions()).toBe(4);
});

test('a member who left in between is told, and nothing is stored', async () => {
  await press('rate.open');
  await b.all('update member set removed_at = now() where key = $1', [member]);
  expect((await press('rate.submit', all)).do).toBe('notice');
  expect(await submissions()).toBe(0);
});
