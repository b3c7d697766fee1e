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
