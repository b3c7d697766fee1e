import { describe, expect, it } from 'vitest';
import { toMessage } from '../../../../src/adapters/slack/convert/convert.ts';
import { messageFaults } from './block-kit.ts';
import { asMessage, card, kinds, long, text } from './support.ts';

describe('limits', () => {
  const message = (element: object | object[]) => asMessage(element);
  const facts = (count: number) => ({
    type: 'FactSet',
    facts: Array.from({ length: count }, (_, n) => ({ title: `t${n}`, value: 'v' })),
  });
  it.each<[string, object | object[], number, string[]]>([
    ['eleven facts', facts(11), 2, ['chunked']],
    ['ten facts', facts(10), 1, []],
    ['a text of 3,000', text(long(3_000)), 1, []],
    ['a text of 3,001', text(long(3_001)), 2, ['chunked']],
    ['a heading of 150', text(long(150), { style: 'heading' }), 1, []],
    [
      '26 actions',
      { type: 'ActionSet', actions: Array.from({ length: 26 }, () => ({ type: 'Action.Submit', title: 'a' })) },
      2,
      ['chunked'],
    ],
    [
      'eleven pictures',
      {
        type: 'ImageSet',
        images: Array.from({ length: 11 }, () => ({ url: 'https://example.org/a.png', altText: 'a' })),
      },
      2,
      ['chunked', 'style'],
    ],
    ['51 texts', Array.from({ length: 51 }, () => text('a')), 1, ['style']],
    [
      '101 rows',
      { type: 'Table', rows: Array.from({ length: 101 }, () => ({ cells: [{ items: [text('a')] }] })) },
      2,
      ['chunked'],
    ],
    [
      '21 columns',
      { type: 'Table', rows: [{ cells: Array.from({ length: 21 }, () => ({ items: [text('a')] })) }] },
      1,
      ['style'],
    ],
  ])('%s', (_, element, count, lost) => {
    const made = message(element);
    expect(made.blocks).toHaveLength(count);
    expect(kinds(made.losses)).toEqual(lost);
  });

  it('parts a text between words, without a word lost', () => {
    const words = Array.from({ length: 1_500 }, (_, n) => `ord${n}`).join(' ');
    const { blocks } = message(text(words));
    const parts = blocks.map((block) => (block.type === 'section' ? block.text?.text : ''));
    expect(parts.join(' ')).toBe(words);
  });

  it('leaves blocks out from the end, says so, and keeps the buttons', () => {
    const heading = (n: number) => text(`h${n}`, { style: 'heading' });
    const made = toMessage(
      card(
        Array.from({ length: 60 }, (_, n) => heading(n)),
        { actions: [{ type: 'Action.Submit', title: 'Svara' }] },
      ),
    );
    expect(messageFaults(made.blocks, made.text)).toEqual([]);
    expect(made.blocks).toHaveLength(50);
    expect(made.blocks.slice(-2).map(({ type }) => type)).toEqual(['context', 'actions']);
    expect(made.losses).toContainEqual({ path: '', kind: 'dropped', what: '12 blocks more than fit' });
  });

  it('cuts rows of a table that is too big for a message', () => {
    const row = { cells: Array.from({ length: 4 }, () => ({ items: [text('x'.repeat(60))] })) };
    const made = message({ type: 'Table', rows: Array.from({ length: 41 }, () => row) });
    expect(made.blocks[0]?.type).toBe('table');
    expect(made.losses.map(({ kind }) => kind)).toContain('cut');
  });
});

describe('the text of a message', () => {
  it.each<[string, object, string]>([
    ['fallbackText', { fallbackText: 'Enkät & <b>', body: [text('a')] }, 'Enkät &amp; &lt;b&gt;'],
    ['speak without its tags', { speak: '<s>Enkät</s>', body: [text('a')] }, 'Enkät'],
    [
      'else what the card says',
      { body: [text('**Hej** <!channel>'), { type: 'FactSet', facts: [{ title: 'Frist', value: 'i dag' }] }] },
      'Hej &lt;!channel&gt;\nFrist: i dag',
    ],
    ['never nothing', { body: [] }, '…'],
  ])('%s', (_, more, words) => {
    expect(toMessage({ type: 'AdaptiveCard', version: '1.5', ...more }).text).toBe(words);
  });
});
