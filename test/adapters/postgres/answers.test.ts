/** Taking an answer in is one statement: refused, repeated or stored, whatever comes at the same moment. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AssignmentRow, Taken } from '../../../src/ports/store.ts';
import { at, type Bench, bench, closes, during, identityOf, marked, opened } from './bench.ts';

let b: Bench;
let assignment: AssignmentRow;
/** The message whose button was pressed. */
const pressed = { platform: 'teams' as const, tenant: 'tenant-1', conversation: 'a:chat', message: '1665558000000' };
let events = 0;
const event = () => `event-${++events}`;

beforeAll(async () => {
  b = await bench(30);
});
afterAll(() => b.drop());

let next = 0;
beforeEach(async () => {
  assignment = await b.assignment(`member-${next++}`);
});

const submit = (
  mark: string,
  given: { event?: string; now?: Temporal.Instant; who?: AssignmentRow['member'] } = {},
): Promise<Taken> => {
  const { who = assignment.member, now = during } = given;
  return b.store.answers.submit(assignment.id, identityOf(who), marked(mark), given.event ?? event(), now, pressed);
};
const draft = (page: ReturnType<typeof marked>, complete = true, name = event(), now = during) =>
  b.store.answers.saveDraft(assignment.id, identityOf(assignment.member), page, complete, name, now);
const stored = () => b.assignment(assignment.member.key);
const counted = async () =>
  (await b.one<{ n: number }>('select count(*)::int as n from submission where assignment_id = $1', [assignment.id])).n;
const receipts = () =>
  b.all<{ key: string; state: string; mode: string }>(
    `select key, state, mode from delivery where about ->> 'assignment' = $1 order by id`,
    [assignment.id],
  );
const nothingStored = async () => {
  expect(await stored()).toEqual(assignment);
  expect(await counted()).toBe(0);
  expect(await receipts()).toEqual([]);
};

describe('submitting', () => {
  test('stores the answer, its event and the receipt that is to be put in place', async () => {
    expect(await submit('first')).toEqual({ is: 'taken', revision: 1 });
    expect(await stored()).toMatchObject({
      state: 'submitted',
      revision: 1,
      answers: marked('first'),
      draft: marked('first'),
    });
    expect((await stored()).submittedAt?.equals(during)).toBe(true);
    expect(await counted()).toBe(1);
    expect(await receipts()).toEqual([{ key: `receipt:${assignment.id}:1`, state: 'planned', mode: 'replace' }]);
  });

  test('again, with another answer: the later counts, both are kept', async () => {
    await submit('first');
    expect(await submit('second')).toEqual({ is: 'taken', revision: 2 });
    expect((await stored()).answers).toEqual(marked('second'));
    expect(await counted()).toBe(2);
    // One receipt, which still waits, tells both.
    expect((await receipts()).map(({ key }) => key)).toEqual([`receipt:${assignment.id}:1`]);
  });

  test.each([
    ['the same event', 'same-event', 'changed'],
    ['the same answer under another event', undefined, 'first'],
  ])('%s: stored once', async (_, repeatedEvent, mark) => {
    const name = repeatedEvent && `${repeatedEvent}-${next}`;
    await submit('first', name ? { event: name } : {});
    expect(await submit(mark, name ? { event: name } : {})).toEqual({ is: 'repeated' });
    expect((await stored()).answers).toEqual(marked('first'));
    expect(await counted()).toBe(1);
    expect(await receipts()).toHaveLength(1);
  });

  test('an earlier answer given again after a change is a change', async () => {
    await submit('first');
    await submit('second');
    expect(await submit('first')).toEqual({ is: 'taken', revision: 3 });
    expect((await stored()).answers).toEqual(marked('first'));
  });
});

describe('refused, and nothing is stored', () => {
  test.each([
    ['a millisecond before the round opens', opened.subtract({ milliseconds: 1 })],
    ['at the moment it closes', closes],
    ['a month later', closes.add({ hours: 24 * 30 })],
  ])('%s', async (_, now) => {
    expect(await submit('late', { now })).toEqual({ is: 'refused' });
    expect(await draft(marked('late'), true, event(), now)).toEqual({ is: 'refused' });
    await nothingStored();
  });

  test('from somebody else in the group', async () => {
    const stranger = (await b.assignment('maja-ek')).member;
    expect(await submit('stranger', { who: stranger })).toEqual({ is: 'refused' });
    await nothingStored();
  });

  test('from the same user id in another tenant, or on another platform', async () => {
    const { platform, tenant, user } = identityOf(assignment.member);
    for (const who of [
      { platform, tenant: `${tenant}x`, user },
      { platform: 'slack' as const, tenant, user },
    ]) {
      expect(await b.store.answers.submit(assignment.id, who, marked('x'), event(), during, null)).toEqual({
        is: 'refused',
      });
    }
    await nothingStored();
  });

  test('to an assignment that does not exist', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const taken = await b.store.answers.submit(
      nobody,
      identityOf(assignment.member),
      marked('x'),
      event(),
      during,
      null,
    );
    expect(taken).toEqual({ is: 'refused' });
    expect(await b.store.answers.assignment(nobody)).toBeNull();
    expect(await b.store.answers.assignment("' or true --")).toBeNull();
  });

  test('a millisecond before the close is in time', async () => {
    expect(await submit('in time', { now: closes.subtract({ milliseconds: 1 }) })).toMatchObject({ is: 'taken' });
  });

  test('after the close, unless this person was given longer', async () => {
    await b.all('update assignment set extended_to = $2 where id = $1', [assignment.id, '2022-11-09T23:00:00Z']);
    expect(await submit('longer', { now: at('2022-11-09T22:59:59.999Z') })).toMatchObject({ is: 'taken' });
    expect(await submit('too long', { now: at('2022-11-09T23:00:00Z') })).toEqual({ is: 'refused' });
    expect((await stored()).answers).toEqual(marked('longer'));
  });
});

describe('a draft', () => {
  const page = (from: number, to: number, mark: string) =>
    Object.fromEntries(Object.entries(marked(mark, to)).slice(from));

  test('grows page by page and counts for nothing', async () => {
    await draft(page(0, 2, 'one'));
    await draft(page(2, 4, 'two'), false);
    expect(await stored()).toMatchObject({ state: 'draft', revision: 0, answers: {}, submittedAt: null });
    expect((await stored()).draft).toEqual({ ...page(0, 2, 'one'), ...page(2, 4, 'two') });
    expect(await receipts()).toEqual([]);
  });

  test('of an answer that was handed in changes it at once, when the page is complete', async () => {
    await submit('first');
    await draft(page(0, 1, 'better'));
    await draft(page(1, 2, 'half'), false);
    expect((await stored()).answers).toEqual({ ...marked('first'), ...page(0, 1, 'better') });
    expect((await stored()).draft).toEqual({ ...marked('first'), ...page(0, 1, 'better'), ...page(1, 2, 'half') });
    expect((await stored()).state).toBe('submitted');
  });

  test('the same event twice is one', async () => {
    const name = event();
    expect(await draft(page(0, 1, 'one'), true, name)).toMatchObject({ is: 'taken' });
    expect(await draft(page(0, 1, 'other'), true, name)).toEqual({ is: 'repeated' });
    expect((await stored()).draft).toEqual(page(0, 1, 'one'));
  });
});

describe('at the same moment', () => {
  test('fifty different answers to one assignment: all are kept, the last counts, one receipt tells them', async () => {
    const taken = await Promise.all(Array.from({ length: 50 }, (_, index) => submit(`answer ${index}`)));
    const revisions = taken.map((one) => (one.is === 'taken' ? one.revision : 0));
    expect(revisions.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    expect(await counted()).toBe(50);
    const last = await stored();
    expect(last.revision).toBe(50);
    expect(last.answers).toEqual(marked(`answer ${revisions.indexOf(50)}`));
    expect(await receipts()).toHaveLength(1);
  });

  test('one event delivered fifty times is one answer', async () => {
    const name = event();
    const taken = await Promise.all(Array.from({ length: 50 }, () => submit('once', { event: name })));
    expect(taken.filter((one) => one.is === 'taken')).toHaveLength(1);
    expect(taken.filter((one) => one.is === 'repeated')).toHaveLength(49);
    expect(await counted()).toBe(1);
    expect(await receipts()).toHaveLength(1);
  });

  test('one click under fifty names is one answer', async () => {
    const taken = await Promise.all(Array.from({ length: 50 }, () => submit('once')));
    expect(taken.filter((one) => one.is === 'taken')).toHaveLength(1);
    expect(await stored()).toMatchObject({ revision: 1, answers: marked('once') });
    expect(await receipts()).toHaveLength(1);
  });

  test('thirty pages of one draft are all kept', async () => {
    const pages = Array.from({ length: 30 }, (_, index) => ({
      [`item-${index}`]: { now: 'shortage', coming: 'shortage', comment: `${index}` },
    }));
    await Promise.all(pages.map((one) => draft(one)));
    expect((await stored()).draft).toEqual(Object.assign({}, ...pages));
  });
});
