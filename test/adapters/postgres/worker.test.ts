/** A process is alive while its connection is: nobody has to wait for a lease, and a server that restarts kills nobody. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrol, livingWorkers } from '../../../src/adapters/postgres/worker.ts';
import { type Bench, bench } from './bench.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.drop());

const living = async () => (await b.all<{ objid: number }>(livingWorkers)).map(({ objid }) => objid);

test('alive from enrolment to the end', async () => {
  const one = await enrol(b.url);
  const other = await enrol(b.url);
  expect(one.number).not.toBe(other.number);
  expect(await living()).toEqual(expect.arrayContaining([one.number, other.number]));
  await one.close();
  await expect.poll(living).not.toContain(one.number);
  expect(await living()).toContain(other.number);
  await other.close();
});

test('a connection that the server ends is made again, under the same number', async () => {
  const one = await enrol(b.url);
  await b.all(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1::bigint::oid`,
    [one.number],
  );
  await expect.poll(living).toContain(one.number);
  await one.close();
});
