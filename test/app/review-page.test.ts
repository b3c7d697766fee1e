/** A page of the review holds as much as Teams takes: the form behind each row has everything. */

import { expect, test } from 'vitest';
import { reviewModel } from '../../src/app/drafts-models.ts';
import { type Draft, readDraft } from '../../src/domain/plan/draft.ts';

const facts = { today: Temporal.PlainDate.from('2022-09-26'), isHoliday: () => null };
const people = ['Maja Ek', 'Tove Alm', 'Tove Lind', 'Tove Ek'].map((name) => ({
  ...{ key: name.toLowerCase().replace(' ', '-'), name, user: name, mail: null, language: null, timeZone: null },
  left: false,
}));
const draftOf = (rows: number): Draft => ({
  name: 'Karriärvägar',
  home: { language: 'sv', timeZone: 'Europe/Stockholm', country: 'SE' },
  rows: Array.from({ length: rows }, (_, at) => {
    return { line: at + 2, title: `Karta ${at}`, owners: 'Tove', due: '1900-10-12', links: [] };
  }),
  ...{ decided: '2022-09-23', people, charter: '', convenor: 'maja-ek', names: {}, fixes: {} },
});

test.each([
  [4, 3],
  [6, 2],
])('of %i rows to look at, each offers %i remedies', (rows, remedies) => {
  const draft = draftOf(rows);
  const read = readDraft(draft, facts);
  if (!read.ok) throw new Error(read.code);
  const author = { platform: 'teams' as const, tenant: 't', user: 'u' };
  const stored = { id: 'd', version: 1, state: 'open' as const, author, channel: null, group: null, draft, base: null };
  const model = reviewModel(stored, read, '', 'sv', 1, null, facts);
  expect(model.rows.map((row) => row.remedies.length)).toEqual(Array.from({ length: rows }, () => remedies));
});
