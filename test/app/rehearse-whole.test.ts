/** The result of a rehearsal leads to all of it as a posted one does, with the same mark. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { chairOf } from '../../src/app/convenor.ts';
import { startValues } from '../../src/app/models/convenor-round.ts';
import { keepDraft } from '../../src/app/steer-drafts.ts';
import { takeRehearsal } from '../../src/app/steer-rehearse.ts';
import type { SeatTurn } from '../../src/app/steer-seat.ts';
import { say } from '../../src/cards/words.ts';
import { catalogue } from '../../src/library/library.ts';
import { at, type Bench, bench, identityOf } from '../adapters/postgres/bench.ts';
import { actionsOf, ofType } from '../cards/samples.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.drop());

test('every role stands on one of its pages, and back leads to the result', async () => {
  const who = identityOf(b.group.members[0] as never);
  const asked = {
    store: b.store,
    now: at('2022-10-10T08:00:00Z'),
    language: 'sv',
    people: await b.store.people.find(who),
  };
  const chair = await chairOf({ ...asked, who, event: 'e' } as never, b.group.key);
  if ('do' in chair) expect.fail();
  const values = startValues(b.group, Temporal.PlainDate.from('2022-10-10'), 'datainsamling', '2022-10-12/2022-11-07');
  const { id } = await keepDraft(chair, { values, activity: 'datainsamling', due: '', round: '', seen: 0 });
  const press = async (verb: string, more: Record<string, string>) => {
    const submission = {
      who,
      verb,
      event: 'e',
      where: 'personal',
      values: { ref: `rehearsal:${b.group.key}|${id}`, ...more },
    };
    const reply = await takeRehearsal({ ...asked, submission } as unknown as SeatTurn);
    if (reply.do !== 'show') throw new Error(JSON.stringify(reply));
    const read = ofType(reply.card, /^Text/).map(({ text }) => `${text}`);
    expect(read.join()).toContain(say('sv', 'rehearsal.mark'));
    return { read, verbs: actionsOf(reply.card).map(({ verb: one }) => one) };
  };
  const pages = [await press('summary.whole', {}), await press('summary.whole', { page: '2' })];
  const read = pages.flatMap((page) => page.read.map((line) => line.replace(' (kritisk)', '')));
  const roles = catalogue(values.catalogue).items.map(({ names }) => names.sv ?? '');
  expect(roles.length).toBeGreaterThan(20);
  expect(roles.map((role) => read.filter((line) => line === role).length)).toEqual(roles.map(() => 1));
  expect(pages[0]?.verbs).toContain('summary.show');
  expect((await press('summary.show', {})).read[0]).toBe(say('sv', 'summary.heading'));
});
