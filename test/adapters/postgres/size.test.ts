/** A group of hundreds is read and carried on with as many statements as one of a few. */

import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import type { Group } from '../../../src/domain/group.ts';
import type { Happening } from '../../../src/domain/happening.ts';
import { coreGroup } from '../../support/core-group.ts';
import { type Bench, bench, invitations, opened, openRound, roundKey } from './bench.ts';

let b: Bench;
afterEach(async () => {
  vi.restoreAllMocks();
  await b.drop();
});

/** Statements that are sent while `use` runs, over any connection of this process. */
async function statements(use: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  await use();
  const { length } = query.mock.calls;
  query.mockRestore();
  return length;
}

const again = 'datainsamling/2022-11-14/2022-12-12';
function another(happening: Happening): Happening {
  const text = JSON.stringify({ ...happening, at: undefined, closesAt: undefined }).replaceAll(roundKey, again);
  return { ...happening, ...JSON.parse(text) };
}

test('as many statements for three hundred people as for a few; everybody is in the round, in order', async () => {
  b = await bench(300);
  const few = { ...coreGroup, key: 'few' };
  await b.store.groups.save(few, null, opened);
  const opens = (group: Group) => [openRound(group), ...invitations(group)];
  await b.store.groups.carryOut('few', () => ({ happenings: opens(few), nextAt: null }));

  const load = (group: Group) => statements(() => b.store.groups.load(group.key));
  expect(await load(b.group)).toBe(await load(few));
  const open = (group: Group) => {
    const happenings = opens(group).map(another);
    return statements(() => b.store.groups.carryOut(group.key, () => ({ happenings, nextAt: null })));
  };
  expect(await open(b.group)).toBe(await open(few));

  const { group, state } = await b.loaded();
  expect(group.members).toEqual(b.group.members);
  expect(state.rounds.map(({ key }) => key).sort()).toEqual([roundKey, again].sort());
  for (const round of state.rounds)
    expect(round.assignments).toEqual(
      b.group.members.map(({ key }) => ({ member: key, state: 'pending', extendedTo: null, substitute: null })),
    );
  expect(state.done.has(`invite:${again}:member-299`)).toBe(true);
});

test('everybody moved by a group file, and everybody’s part in a round changed, with as many statements for three hundred; each in the log, in order', async () => {
  b = await bench(300);
  const few = { ...coreGroup, key: 'few' };
  await b.store.groups.save(few, null, opened);
  await b.store.groups.carryOut('few', () => ({
    happenings: [openRound(few), ...invitations(few)],
    nextAt: null,
  }));
  const moved = (group: Group) => ({
    ...group,
    members: group.members.map((member) => ({ ...member, organisation: 'Another' })),
  });
  const change = { at: opened, kind: 'plan-imported' as const, activity: null, facts: {} };
  const save = (group: Group) => statements(() => b.store.groups.save(moved(group), change, null));
  expect(await save(b.group)).toBe(await save(few));
  const log = await b.store.steering.log(b.group.key, { limit: 1000 });
  const edits = log.filter(({ field }) => field === 'organisation').map(({ subject, to }) => `${subject} ${to}`);
  expect(edits.reverse()).toEqual(b.group.members.map(({ key }) => `member:${key} Another`));

  const until = Temporal.Instant.from('2022-11-10T23:00:00Z');
  const extend = ({ key }: Group) =>
    statements(() =>
      b.store.steering.carryOut(key, `extend ${key}`, opened, ({ group, state }) => {
        const rounds = state.rounds.map((round) => ({
          ...round,
          assignments: round.assignments.map((part) => ({ ...part, extendedTo: until })),
        }));
        return { next: { group, state: { ...state, rounds } }, entries: [] };
      }),
    );
  expect(await extend(b.group)).toBe(await extend(few));
  const [round] = (await b.loaded()).state.rounds;
  expect(round?.assignments.map(({ extendedTo }) => `${extendedTo}`)).toEqual(b.group.members.map(() => `${until}`));
});

test('times, substitutes and people who left are read as they were written', async () => {
  b = await bench();
  const [first, second] = b.group.members;
  await b.all(
    `update assignment a set extended_to = '2022-11-10T23:00:00.123Z', substitute = $2, state = 'excused' from member m where m.id = a.member_id and m.key = $1`,
    [first?.key, second?.key],
  );
  await b.all('update member set removed_at = now() where key = $1', [second?.key]);
  const { group, state } = await b.loaded();
  expect(group.members.map(({ key }) => key)).not.toContain(second?.key);
  expect(state.rounds[0]?.assignments[0]).toEqual({
    member: first?.key,
    state: 'excused',
    extendedTo: Temporal.Instant.from('2022-11-10T23:00:00.123Z'),
    substitute: second?.key,
  });
});

test('of the ledger, what is over is not read with a group, and all there is of an activity that is named', async () => {
  b = await bench();
  const [first] = b.group.members;
  const [invited, reminded, noted] = [
    `invite:${roundKey}:${first?.key}`,
    `remind:${roundKey}:near:${first?.key}:2022-11-07`,
    'deadline:rapport:2022-10-21:2022-10-21:day',
  ];
  const rows = [
    [reminded, 'reminder'],
    [`${noted}:${first?.key}`, 'deadline'],
    [`deadline:rapport:2022-10-21:2022-10-28:day:${first?.key}`, 'deadline'],
    ['note-overdue:rapport:2022-10-21:2022-10-21', 'event'],
    [`summary:${roundKey}:group`, 'summary'],
    ['receipt:part:1', 'receipt'],
  ];
  for (const [key, kind] of rows)
    await b.all(
      `insert into delivery (group_id, key, kind, mode, about, due_at, state)
       select id, $1, $2, 'post', '{}', now(), 'sent' from working_group`,
      [key, kind],
    );
  const { id, state } = await b.loaded();
  const all = [
    ...rows.map(([key]) => key),
    `open:${roundKey}`,
    ...b.group.members.map(({ key }) => `invite:${roundKey}:${key}`),
  ];
  const without = (...gone: (string | undefined)[]) => all.filter((key) => key && !gone.includes(key)).sort();
  expect([...state.done].sort()).toEqual(without('receipt:part:1', `${noted}:${first?.key}`));

  await b.all(`update round set closed_at = now()`);
  const invitations = b.group.members.map(({ key }) => `invite:${roundKey}:${key}`);
  const later = (await b.loaded()).state.done;
  expect([...later].sort()).toEqual(without('receipt:part:1', `${noted}:${first?.key}`, reminded, ...invitations));
  const whole = await b.store.groups.told(id, { activity: 'datainsamling' });
  expect([...whole].sort()).toEqual(without('receipt:part:1', `${noted}:${first?.key}`));
  const alone = await b.store.groups.told(id, { activity: 'datainsamling', alone: true });
  expect(alone.has(invited)).toBe(true);
  expect([...alone].filter((key) => !key.includes(':datainsamling'))).toEqual([]);
});
