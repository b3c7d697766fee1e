/** What every activity brings is merged into what is known, and written only when it is news. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressesText, type Contacts } from '../../../src/ports/contacts.ts';
import { type Bench, bench } from './bench.ts';

let b: Bench;
let contacts: Contacts;
const key = (id: string) => ({ platform: 'teams' as const, tenant: 'tenant-1', id });

beforeAll(async () => {
  b = await bench(1);
  ({ contacts } = b.store);
});
afterAll(() => b.drop());

const version = async (id: string) =>
  (await b.one<{ xmin: string }>('select xmin::text from contact where id = $1', [id])).xmin;
const returnedAt = async (id: string) =>
  (await b.one<{ returned_at: Date | null }>('select returned_at from contact where id = $1', [id])).returned_at;

test('members that are not named stay; null clears', async () => {
  await contacts.put(key('merged'), { conversation: 'a:1', account: '29:1', locale: 'sv-SE' });
  await contacts.put(key('merged'), { conversation: 'a:2', locale: null });
  expect(await contacts.get(key('merged'))).toEqual({
    conversation: 'a:2',
    serviceUrl: null,
    account: '29:1',
    locale: null,
    timeZone: null,
    addresses: null,
    blocked: null,
  });
  expect(await contacts.get(key('nobody'))).toBeNull();
});

test('somebody is known by each of their addresses, in any case, in their own tenant', async () => {
  const addresses = addressesText(['Ada.Lund@Example.com', null, 'ada@example.com', 'ADA@example.com', 'no address']);
  expect(addresses).toBe('ada.lund@example.com ada@example.com');
  await contacts.put(key('ada'), { addresses });
  await contacts.put({ ...key('other'), tenant: 'tenant-2' }, { addresses });
  await contacts.put(key('none'), { addresses: '' });
  expect(await contacts.withAddress('teams', 'tenant-1', 'ADA@example.com')).toEqual(['ada']);
  expect(await contacts.withAddress('teams', 'tenant-1', 'ada.lund@example.com ')).toEqual(['ada']);
  for (const one of ['lund@example.com', '', 'ada.lund@example.com ada@example.com'])
    expect(await contacts.withAddress('teams', 'tenant-1', one)).toEqual([]);
});

test('the same again writes nothing; a difference in one member does', async () => {
  const known = { conversation: 'a:1', serviceUrl: 'https://one.example', blocked: null };
  await contacts.put(key('same'), known);
  const first = await version('same');
  await contacts.put(key('same'), known);
  await contacts.put(key('same'), { blocked: null });
  await contacts.put(key('same'), {});
  expect(await version('same')).toBe(first);
  await contacts.put(key('same'), { ...known, serviceUrl: 'https://two.example' });
  expect(await version('same')).not.toBe(first);
});

test('many at once for somebody new: one contact with what all of them said', async () => {
  await Promise.all([
    contacts.put(key('crowd'), { conversation: 'a:9' }),
    contacts.put(key('crowd'), { account: '29:9' }),
    contacts.put(key('crowd'), { conversation: 'a:9', locale: 'fi-FI' }),
  ]);
  expect(await contacts.get(key('crowd'))).toMatchObject({ conversation: 'a:9', account: '29:9', locale: 'fi-FI' });
});

test('many at once, each with something else: everybody as told, and one that cannot be stored fails alone', async () => {
  const people = Array.from({ length: 30 }, (_, index) => `one-${index}`);
  const told = (index: number) => [{ conversation: `a:${index}` }, { account: `29:${index}` }, {}][index % 3] ?? {};
  const settled = await Promise.allSettled([
    ...people.map((id, index) => contacts.put(key(id), told(index))),
    contacts.put(key('bad'), { conversation: 'a:\u0000' }),
    contacts.put({ ...key('one-0'), tenant: 'tenant-2' }, { conversation: 'a:elsewhere' }),
  ]);
  expect(settled.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
  for (const [index, id] of people.entries())
    expect(await contacts.get(key(id))).toMatchObject({ conversation: null, account: null, ...told(index) });
  expect(await contacts.get({ ...key('one-0'), tenant: 'tenant-2' })).toMatchObject({ conversation: 'a:elsewhere' });
  expect(await contacts.get(key('bad'))).toBeNull();
});

test('whoever was blocked and is no more has come back, until they are lost again', async () => {
  await contacts.put(key('back'), { blocked: 'blocked' });
  expect(await returnedAt('back')).toBeNull();
  await contacts.put(key('back'), { blocked: null });
  expect(await returnedAt('back')).not.toBeNull();
  await contacts.put(key('back'), { blocked: 'blocked' });
  expect(await returnedAt('back')).toBeNull();
  // Announced as back by somebody else, and lost for the same reason once more.
  await b.all(`update contact set returned_at = now() where id = 'back'`, []);
  await contacts.put(key('back'), { blocked: 'blocked' });
  expect(await returnedAt('back')).toBeNull();
});
