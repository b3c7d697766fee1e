/** The ledger between processes: who claims, who may record, what a dead process leaves behind. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Happening } from '../../../src/domain/happening.ts';
import type { Reference } from '../../../src/ports/chat.ts';
import type { Delivery, DeliveryState, Store } from '../../../src/ports/store.ts';
import { type Bench, bench, during, opened, roundKey, tell } from './bench.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
  await b.all(`update delivery set state = 'done'`);
});
afterAll(() => b.drop());

const lane = 'teams/tenant-1';
let named = 0;
/** Plans so many messages to Maja; their keys. */
async function planned(count: number, mode: 'post' | 'replace' = 'post'): Promise<string[]> {
  const keys = Array.from({ length: count }, () => `test:${String(++named).padStart(6, '0')}`);
  await carryOut(keys.map((key) => tell(key, 'maja-ek')));
  if (mode === 'replace')
    await b.all(`update delivery set mode = 'replace', reference = $2 where key = any($1)`, [keys, reference('old')]);
  return keys;
}
const carryOut = (happenings: Happening[], store: Store = b.store) =>
  store.groups.carryOut(b.group.key, () => ({ happenings, nextAt: null }));
const reference = (message: string): Reference => ({
  platform: 'teams',
  tenant: 'tenant-1',
  conversation: 'a:1',
  message,
});
const row = (key: string) =>
  b.one<{
    state: DeliveryState;
    reason: string | null;
    attempt: number;
    reference: Reference | null;
    claimed_by: number | null;
  }>('select state, reason, attempt, reference, claimed_by from delivery where key = $1', [key]);
async function claimOne(store: Store = b.store): Promise<Delivery> {
  const [delivery] = await store.ledger.claim(lane, during, 1);
  if (!delivery) throw new Error('nothing to claim');
  return delivery;
}

describe('claiming', () => {
  test('two processes at once: nobody gets what the other has, and all is taken, oldest first', async () => {
    const keys = await planned(200);
    const other = await b.another();
    const begin = (store: Store) => store.ledger.claim(lane, during, 7);
    // On a busy machine one of them might otherwise take everything before the other has begun.
    const begun = await Promise.all([begin(b.store), begin(other.store)]);
    const take = async (store: Store, start: (typeof begun)[0]) => {
      const mine: string[] = [];
      for (let batch = start; batch.length > 0; batch = await store.ledger.claim(lane, during, 7))
        mine.push(...batch.map(({ key }) => key));
      return mine;
    };
    const [first, second] = await Promise.all([take(b.store, begun[0]), take(other.store, begun[1])]);
    expect(new Set(first).intersection(new Set(second)).size).toBe(0);
    expect([...first, ...second].toSorted()).toEqual(keys);
    expect(first).toEqual(first.toSorted());
    expect(second).toEqual(second.toSorted());
    expect(first.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(0);
    await other.die();
    await b.all(`update delivery set state = 'done'`);
  });

  test('nothing that is not due yet, and nothing that has to wait', async () => {
    const [key = ''] = await planned(1);
    expect(await b.store.ledger.claim(lane, opened.subtract({ seconds: 1 }), 10)).toEqual([]);
    expect(await b.store.ledger.lanes(opened.subtract({ seconds: 1 }))).toEqual([]);
    const delivery = await claimOne();
    expect(delivery.key).toBe(key);
    await b.store.ledger.again(delivery, during.add({ minutes: 5 }), 'ratelimited');
    expect(await b.store.ledger.lanes(during.add({ minutes: 4 }))).toEqual([]);
    expect(await b.store.ledger.claim(lane, during.add({ minutes: 4 }), 10)).toEqual([]);
    expect(await b.store.ledger.open(during)).toBe(1);
    expect(await b.store.ledger.lanes(during.add({ minutes: 5 }))).toEqual([lane]);
    expect((await b.store.ledger.claim(lane, during.add({ minutes: 5 }), 10)).map((one) => one.key)).toEqual([key]);
    await b.all(`update delivery set state = 'done'`);
  });

  test('only who claimed may send, and only once', async () => {
    await planned(1);
    const other = await b.another();
    const delivery = await claimOne();
    expect(await other.store.ledger.intend(delivery, during)).toBe(false);
    expect(await b.store.ledger.intend(delivery, during)).toBe(true);
    expect(await b.store.ledger.intend(delivery, during)).toBe(false);
    await other.store.ledger.sent(delivery, reference('stranger'), during);
    expect(await row(delivery.key)).toMatchObject({ state: 'intent', reference: null });
    await b.store.ledger.sent(delivery, reference('mine'), during);
    expect(await row(delivery.key)).toMatchObject({ state: 'sent', reference: reference('mine'), reason: null });
    await other.die();
  });
});

describe('a process that dies', () => {
  test('its claims are planned again, its open intents are in doubt, replacements may be repeated; the living keep theirs', async () => {
    const [claimed = '', intended = '', living = ''] = await planned(3);
    const dying = await b.another();
    await dying.store.ledger.claim(lane, during, 1);
    await dying.store.ledger.intend(await claimOne(dying.store), during);
    await claimOne();
    const [replaced = ''] = await planned(1, 'replace');
    await dying.store.ledger.intend(await claimOne(dying.store), during);

    await b.store.ledger.recover();
    expect((await row(claimed)).state).toBe('claimed');
    await dying.die();
    const recovered = async () => {
      await b.store.ledger.recover();
      return (await row(claimed)).state;
    };
    await expect.poll(recovered).toBe('planned'); // the server takes a moment to see that the process is gone
    expect(await row(claimed)).toMatchObject({ state: 'planned', claimed_by: null, attempt: 0 });
    expect(await row(intended)).toMatchObject({ state: 'unknown', reason: 'interrupted', attempt: 1 });
    expect(await row(replaced)).toMatchObject({ state: 'planned', claimed_by: null });
    expect(await row(living)).toMatchObject({ state: 'claimed' });
    expect((await b.store.ledger.unknowns()).map(({ key, intentAt }) => [key, intentAt.toString()])).toEqual([
      [intended, during.toString()],
    ]);
    await b.all(`update delivery set state = 'done'`);
  });

  test('that only seemed dead still knows what became of its request', async () => {
    const [key = ''] = await planned(1);
    const delivery = await claimOne();
    await b.store.ledger.intend(delivery, during);
    await b.all(`update delivery set state = 'unknown', reason = 'interrupted', claimed_by = null where key = $1`, [
      key,
    ]);
    await b.store.ledger.sent(delivery, reference('known'), during);
    expect(await row(key)).toMatchObject({ state: 'sent', reference: reference('known') });
  });

  test('but says nothing about an attempt that another has made since', async () => {
    const [key = ''] = await planned(1);
    const delivery = await claimOne();
    await b.store.ledger.intend(delivery, during);
    await b.all(`update delivery set state = 'unknown', attempt = attempt + 1, claimed_by = null where key = $1`, [
      key,
    ]);
    await b.store.ledger.sent(delivery, reference('of the first attempt'), during);
    expect(await row(key)).toMatchObject({ state: 'unknown', reference: null });
    await b.all(`update delivery set state = 'done'`);
  });
});

describe('an unknown outcome', () => {
  async function unknown(): Promise<Delivery & { intentAt: Temporal.Instant }> {
    const [key] = await planned(1);
    const delivery = await claimOne();
    await b.store.ledger.intend(delivery, during);
    await b.store.ledger.unknown(delivery, '500');
    const found = (await b.store.ledger.unknowns()).find((one) => one.key === key);
    if (!found) throw new Error('it is not unknown');
    return found;
  }

  test('that was found is sent; that was not shown is planned again; that cannot be told is not asked about again', async () => {
    const [found, absent, dark] = [await unknown(), await unknown(), await unknown()];
    await b.store.ledger.settle(found, { is: 'sent', reference: reference('found') });
    await b.store.ledger.settle(absent, { is: 'planned' });
    await b.store.ledger.settle(dark, { is: 'unknown' });
    expect(await row(found.key)).toMatchObject({ state: 'sent', reference: reference('found'), reason: null });
    expect(await row(absent.key)).toMatchObject({ state: 'planned' });
    expect(await row(dark.key)).toMatchObject({ state: 'unknown', reason: 'cannot-tell' });
    expect(await b.store.ledger.unknowns()).toEqual([]);
    await b.all(`update delivery set state = 'done'`);
  });

  test('is not settled by what was read before a later attempt', async () => {
    const stale = await unknown();
    await b.store.ledger.settle(stale, { is: 'planned' });
    const again = await claimOne();
    await b.store.ledger.intend(again, during);
    await b.store.ledger.unknown(again, '500');
    await b.store.ledger.settle(stale, { is: 'planned' });
    expect(await row(stale.key)).toMatchObject({ state: 'unknown', attempt: 2 });
    await b.all(`update delivery set state = 'done'`);
  });

  test('is cleared by a press on its card, unless the card is known to be of another row', async () => {
    const { id } = await b.loaded();
    const lost = await unknown();
    await planned(1);
    const other = await claimOne();
    await b.store.ledger.intend(other, during);
    await b.store.ledger.sent(other, reference('other'), during);
    const mine = { round: roundKey };
    await b.store.ledger.adopt(id, 'maja-ek', reference('other'), ['invitation'], mine);
    expect((await row(lost.key)).state).toBe('unknown');
    await b.store.ledger.adopt(id, 'tove-lind', reference('pressed'), ['invitation'], mine);
    await b.store.ledger.adopt(id, 'maja-ek', reference('pressed'), ['reminder'], mine);
    await b.store.ledger.adopt(id, 'maja-ek', reference('pressed'), ['invitation'], { round: 'another/round' });
    expect((await row(lost.key)).state).toBe('unknown');
    await b.store.ledger.adopt(id, 'maja-ek', reference('pressed'), ['invitation'], mine);
    expect(await row(lost.key)).toMatchObject({ state: 'sent', reference: reference('pressed') });
  });
});

describe('what a tick writes', () => {
  test('each key stands once, however often and by how many it is decided', async () => {
    const happenings = Array.from({ length: 20 }, (_, index) => tell(`once:${index}`, 'maja-ek'));
    const other = await b.another();
    const written = await Promise.all(
      Array.from({ length: 8 }, (_, index) => carryOut(happenings, index % 2 ? b.store : other.store)),
    );
    expect(written.reduce((one, two) => one + two)).toBe(20);
    expect(await carryOut(happenings)).toBe(0);
    const { n } = await b.one<{ n: number }>(`select count(*)::int as n from delivery where key like 'once:%'`);
    expect(n).toBe(20);
    await other.die();
  });

  test('all of it or nothing: a decision that fails leaves no row and no change', async () => {
    const before = await b.loaded();
    const broken = { ...tell('half', 'maja-ek'), key: null as unknown as string };
    await expect(carryOut([tell('half:1', 'maja-ek'), broken])).rejects.toThrow();
    expect(await b.loaded()).toEqual(before);
  });

  test('whoever has no identity and a channel that is not there stand as failed at once', async () => {
    await carryOut([
      { ...tell('nobody', 'nobody-here'), to: { member: 'nobody-here' } },
      { do: 'tell', key: 'to steering', at: opened, kind: 'digest', to: { channel: 'steering' }, about: {} },
    ]);
    expect(await row('nobody')).toMatchObject({ state: 'failed', reason: 'not-found' });
    expect(await row('to steering')).toMatchObject({ state: 'planned' });
  });

  test('a round that opens twice opens once, with one part for each member', async () => {
    const { rounds } = (await b.loaded()).state;
    expect(rounds.map(({ key }) => key)).toEqual([roundKey]);
    expect(rounds[0]?.assignments.map(({ member }) => member).sort()).toEqual(
      b.group.members.map(({ key }) => key).sort(),
    );
  });
});
