/** A list of roles that has not the reader's language: they see which language it is in, on every card and both platforms. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { toMessage, toModal } from '../../src/adapters/slack/convert/convert.ts';
import { ratePageModel, receiptModel, summaryModel } from '../../src/app/models/rating.ts';
import { renderCard } from '../../src/cards/cards.ts';
import { catalogue } from '../../src/library/library.ts';
import type { AssignmentRow } from '../../src/ports/store.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { type Bench, bench } from '../adapters/postgres/bench.ts';

const roles = catalogue('se-naravard');
let b: Bench;
let finn: AssignmentRow;
beforeAll(async () => {
  b = await bench();
  const found = await b.assignment('tove-lind');
  const asked = { ...found, round: { ...found.round, catalogue: roles.key } };
  finn = { ...asked, member: { ...asked.member, language: 'fi' } };
});
afterAll(() => b.drop());

const times = (text: string, name: string) => text.split(name).length - 1;

test('each Swedish name on a Finnish page, receipt and summary says that it is Swedish', () => {
  const swedishOnly = roles.items.filter(({ names }) => !names.fi);
  expect(swedishOnly.length).toBeGreaterThan(10);
  const answers = exampleRatings(roles, 1, 'fi');
  const page = renderCard('rating-page', ratePageModel(finn, 1, {}, {}), 'fi');
  const receipt = renderCard('receipt', receiptModel({ ...finn, state: 'submitted', answers }), 'fi');
  const pairs = Object.entries(answers).map(([item, { now, coming }]) => ({ item, now, coming, count: 1 }));
  const counts = {
    catalogue: roles.key,
    title: 'T',
    periods: b.group.periods,
    constituencies: [{ name: 'region', invited: 1, submitted: 1 }],
    pairs,
  } as never;
  const summary = renderCard('summary', summaryModel(b.group, counts, 'fi', {}), 'fi');
  const shown = [
    JSON.stringify(page.body),
    JSON.stringify(toModal(page, { callbackId: 'c' }).view.blocks),
    JSON.stringify(receipt.body),
    JSON.stringify(toMessage(receipt).blocks),
    JSON.stringify(summary.body),
  ];
  for (const [index, text] of shown.entries()) {
    const named = swedishOnly.filter(({ names }) => text.includes(names.sv ?? '–'));
    expect(named.length, `card ${index}`).toBeGreaterThan(0);
    for (const { names } of named) {
      const name = names.sv as string;
      // A name that is the beginning of another is counted where it stands alone.
      const others = roles.items
        .flatMap((item) => item.names.sv ?? [])
        .filter((one) => one !== name && one.includes(name));
      const alone = times(text, name) - others.reduce((sum, other) => sum + times(text, other), 0);
      expect(times(text, `${name} (på svenska)`), `card ${index}: ${name}`).toBe(alone);
    }
  }
});
