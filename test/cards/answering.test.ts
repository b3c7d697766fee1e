/** The cards of those who answer are expanded once for many: what each sees must be what would have been made for them alone. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderCard } from '../../src/cards/cards.ts';
import type { RatePageModel, ReceiptModel } from '../../src/cards/models.ts';
import { renderAnew } from '../../src/cards/render.ts';
import { languages } from '../../src/domain/group.ts';
import { ratingChoices } from '../../src/domain/levels.ts';
import { sampleOf } from './samples.ts';

const sample = sampleOf('rating-page');
const odd = [
  '{{DATE(2022-10-12)}}',
  '<at>alla</at>',
  '${title}',
  '\ue0000.1{{\ue001',
  '"quoted" \\ \n',
  '\u202eabc',
  'å🙂',
];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('', ...odd));
const choice = fc.constantFrom('', ...ratingChoices);
const fields = sample.items.flatMap(({ key }) => ['now', 'coming', 'comment'].map((field) => `${field}:${key}`));
const codes = ['missing-level', 'missing-comment', 'too-long', 'unknown-level'] as const;
const errors = fc.dictionary(fc.constantFrom(...fields), fc.constantFrom(...codes), { maxKeys: 4 });
const pages: fc.Arbitrary<RatePageModel> = fc.record({
  ref: fc.oneof(fc.uuid(), text),
  title: fc.constantFrom(sample.title, 'Enkät {{x}} <at>y</at>'),
  page: fc.integer({ min: 1, max: 4 }),
  pages: fc.constant(4),
  periods: fc.constant(sample.periods),
  closes: fc.constant(sample.closes),
  commentRule: fc.constantFrom('never' as const, 'shortage-or-differs' as const),
  errors: fc.oneof(fc.constant({}), errors),
  items: fc.tuple(
    ...sample.items.map(({ key, name }) =>
      fc.record({ key: fc.constant(key), name: fc.constant(name), now: choice, coming: choice, comment: text }),
    ),
  ),
});

const receipts: fc.Arbitrary<ReceiptModel> = fc.record({
  ref: fc.uuid(),
  group: text,
  title: fc.constantFrom(sample.title, 'Enkät {{x}} <at>y</at>'),
  submitted: fc.constant(sample.closes),
  closes: fc.constant(sample.closes),
  over: fc.constantFrom(null, 'closed', 'cancelled'),
  periods: fc.constant(sample.periods),
  items: fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom('Läkare', 'Barnmorska'), text),
      now: fc.constantFrom(...ratingChoices),
      coming: fc.constantFrom(...ratingChoices),
      comment: fc.oneof(text, fc.string({ minLength: 300, maxLength: 900 })),
    }),
    { maxLength: 12 },
  ),
});

const reader = fc.constantFrom(...languages);
const options = { timeZone: 'Europe/Stockholm', groupLanguage: 'sv' as const };

test('with whatever is filled in and wrong, the page is the one made anew', () => {
  fc.assert(
    fc.property(pages, reader, (page, language) => {
      const card = renderCard('rating-page', page, language, options);
      expect(card).toEqual(renderAnew('rating-page', page, language, options));
    }),
    { numRuns: 150 },
  );
});

test('with whatever was said, the receipt is the one made anew', () => {
  fc.assert(
    fc.property(receipts, reader, (receipt, language) => {
      const card = renderCard('receipt', receipt, language, options);
      expect(card).toEqual(renderAnew('receipt', receipt, language, options));
    }),
    { numRuns: 150 },
  );
});

test('two people on the same page see each their own', () => {
  const [one, other] = ['one', 'other'].map((ref) => ({
    ...sample,
    ref,
    errors: {},
    items: sample.items.map((item) => ({ ...item, comment: `of ${ref}` })),
  })) as [RatePageModel, RatePageModel];
  renderCard('rating-page', one, 'sv');
  const shown = JSON.stringify(renderCard('rating-page', other, 'sv'));
  expect(shown).toContain('of other');
  expect(shown).not.toContain('of one');
});
