/** A reminder is asked for at the moment it is sent: whoever has just answered gets none. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catalogue } from '../../src/library/library.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn } from './person.ts';

let t: TestRond;
beforeEach(async () => {
  t = await startTestRond();
});
afterEach(() => t.close());

const reminders = async () =>
  (await t.rond.store.ledger.rows(t.group.key))
    .filter((row) => row.kind === 'reminder')
    .map((row) => [row.at.toString(), row.to, row.state, row.reason].filter(Boolean).join(' '));

test('one second before the reminder is due: no reminder; a draft is reminded and says how far it has come', async () => {
  const [tove, jonas, liv] = ['tove-almgren', 'jonas-ekdahl', 'liv-sandell'].map((key) =>
    personIn(t.sandbox, t.group, key),
  );
  if (!tove || !jonas || !liv) throw new Error('somebody is missing');
  await t.moveTo('2022-10-12T07:00:00Z');
  const toves = tove.with('rate.open').id;
  const jonass = jonas.with('rate.open').id;
  await t.moveTo('2022-10-25T06:59:59Z');
  await tove.rate(exampleRatings(catalogue('se-legitimation-2023'), 1, 'sv'), toves);
  await vi.waitFor(() => expect(tove.message(toves)).toContain('Tack för dina svar'));
  await jonas.press(jonass, 'rate.open');
  await jonas.handIn(jonass, 'rate.page', { 'now:apotekare': 'sustainable', 'coming:apotekare': 'sustainable' });
  jonas.wire.closeDialog(jonas.user);

  await t.moveTo('2022-10-25T07:00:00Z');
  expect(await reminders()).toEqual([
    '2022-10-25T07:00:00Z jonas-ekdahl sent',
    '2022-10-25T07:00:00Z liv-sandell sent',
  ]);
  expect(tove.texts().filter((text) => text.includes('Påminnelse om enkäten'))).toEqual([]);
  expect(jonas.last()).toContain('Påminnelse om enkäten');
  expect(jonas.last()).toMatch(/1 av 22/);
  expect(liv.last()).toContain('Du har inte svarat än. Det är 22 yrkesroller att bedöma.');
});
