/** What a page repeats of itself is left out of what is read: nothing else of it is, whatever people have written. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutBlocks } from '../../../src/adapters/slack/guard.ts';

type Page = { type: string; view: Record<string, unknown> };

const form = (page: object) => `payload=${encodeURIComponent(JSON.stringify(page)).replaceAll('%20', '+')}`;
const read = (text: string) =>
  JSON.parse(decodeURIComponent(text.slice('payload='.length).replaceAll('+', ' '))) as Page;

/** Also what looks like the marks that are looked for, as it is and encoded. */
const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '],"private_metadata":"',
    ',"blocks":[',
    '\\],"private_metadata":"',
    '%5D%2C%22private_metadata%22%3A%22',
    encodeURIComponent(',"blocks":['),
    '","blocks":[{"a":"',
  ),
);
const block = fc.record({ type: fc.constant('section'), block_id: words, text: fc.record({ text: words }) });
const page = fc.record({
  type: fc.constant('view_submission'),
  team: fc.record({ id: fc.constant('T1'), domain: words }),
  user: fc.record({ id: fc.constant('U1'), name: words }),
  view: fc.record({
    id: fc.constant('V1'),
    title: fc.record({ text: words }),
    blocks: fc.array(block),
    private_metadata: words,
    state: fc.record({ values: fc.dictionary(words, fc.dictionary(words, fc.record({ value: words }))) }),
    hash: fc.constant('1.2'),
  }),
  enterprise: fc.constant(null),
});

test('a page without its blocks, and with everything else', () => {
  fc.assert(
    fc.property(page, (said) => {
      const whole = JSON.parse(JSON.stringify(said)) as Page;
      expect(read(withoutBlocks(form(said)))).toEqual({ ...whole, view: { ...whole.view, blocks: [] } });
    }),
  );
});

test.each([
  ['another kind', { type: 'block_actions', view: { blocks: [1], private_metadata: '' } }],
  ['another order', { type: 'view_submission', view: { private_metadata: '', blocks: [1], hash: '' } }],
  ['no blocks', { type: 'view_submission', view: { private_metadata: '' } }],
])('%s is left as it is', (_what, said) => {
  expect(read(withoutBlocks(form(said)))).toEqual(said);
});

test('what is no form is left as it is', () => {
  for (const text of ['', 'payload=', '{"blocks":[],"private_metadata":""}', 'payload=%7B%22type%22'])
    expect(withoutBlocks(text)).toBe(text);
});
