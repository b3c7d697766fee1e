/** Whoever holds a card of the group as it was may not send it: whatever changes the group takes it out of their hands. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeliveryState } from '../../../src/ports/store.ts';
import { type Bench, bench, during, tell } from './bench.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.drop());

const activity = 'kunskapssammanstallning';
const due = '2022-10-12';
const lane = 'teams/tenant-1';
const parked = { kind: 'parked' as const, activity, facts: {}, at: during };

const changes: Record<string, (event: string) => Promise<unknown>> = {
  'an owner’s word': async (event) => {
    const word = { activity, due, status: 'late' as const, note: event, newDate: null, by: 'tove-lind', pressed: null };
    await b.store.plans.saveStatus((await b.loaded()).id, { ...word, event }, during);
  },
  'a change of the plan': async (event) =>
    b.store.plans.amend((await b.loaded()).id, activity, { parked: true }, parked, 'maja-ek', event, null),
  'a command of the convenor’s': (event) =>
    b.store.steering.carryOut(b.group.key, event, during, ({ group, state }) => ({
      next: { group: { ...group, version: (group.version ?? 0) + 1 }, state },
      entries: [],
    })),
  'a group file': () =>
    b.store.groups.save(b.group, { at: during, kind: 'plan-imported', activity: null, facts: {} }, null),
};

test.each(Object.keys(changes))(
  '%s: what is claimed is claimed anew; what was asked for already is not',
  async (name) => {
    await b.all(`update delivery set state = 'done'`);
    const keys = ['asked', 'held'].map((what) => `test:${name}:${what}`);
    const happenings = keys.map((key) => tell(key, 'maja-ek'));
    await b.store.groups.carryOut(b.group.key, () => ({ happenings, nextAt: null }));
    const [asked, held] = await b.store.ledger.claim(lane, during, 2);
    if (!asked || !held) throw new Error('nothing to claim');
    expect(await b.store.ledger.intend(asked, during)).toBe(true);
    await changes[name]?.(`event ${name}`);
    expect(await b.store.ledger.intend(held, during)).toBe(false);
    const states = await b.all<{ state: DeliveryState }>(
      `select state from delivery where key = any($1) order by key`,
      [keys],
    );
    expect(states.map(({ state }) => state)).toEqual(['intent', 'planned']);
    expect((await b.store.ledger.claim(lane, during, 2)).map(({ key }) => key)).toContain(held.key);
  },
);
