import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHarmless, toMessage, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../../../src/ports/chat.ts';
import { anyJson, plausibleCard } from './arbitraries.ts';
import { messageFaults, modalFaults } from './block-kit.ts';

const runs = { numRuns: 500 };

/** All texts a reader sees, in blocks or a view. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([key]) => key !== 'type' && key !== 'action_id' && key !== 'block_id' && key !== 'private_metadata')
    .map(([, member]) => shown(member))
    .join('');
}

describe('any card', () => {
  it.each([
    ['any JSON', anyJson],
    ['any plausible card', plausibleCard],
  ])('%s becomes blocks that Slack accepts', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<unknown>, (card) => {
        const { blocks, text } = toMessage(card as Card);
        expect(messageFaults(blocks, text)).toEqual([]);
        const { view } = toModal(card as Card, { callbackId: 'rond.page', meta: { c: 'D1', t: '1.2' } });
        expect(modalFaults(view)).toEqual([]);
        expect(JSON.parse(view.private_metadata ?? '').m).toEqual({ c: 'D1', t: '1.2' });
      }),
      runs,
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(plausibleCard, (card) => {
        const before = JSON.stringify(card);
        expect(toMessage(card as Card)).toEqual(toMessage(card as Card));
        expect(JSON.stringify(card)).toBe(before);
      }),
      { numRuns: 100 },
    );
  });

  it('loses no word in silence', () => {
    let serial = 0;
    const marker = fc.nat({ max: 0 }).map(() => {
      serial += 1;
      return `mark${serial}x`;
    });
    const text = fc
      .tuple(marker, fc.constantFrom('', '**', ' rest & more <b>'))
      .map(([word, tail]) => `${word}${tail}`);
    const textBlock = fc.record({
      type: fc.constant('TextBlock'),
      text,
      size: fc.constantFrom('Default', 'Large', 'Small'),
    });
    const run = fc.record({ type: fc.constant('TextRun'), text });
    const row = fc.record({
      cells: fc.array(fc.record({ items: fc.array(textBlock, { maxLength: 2 }) }), { minLength: 1, maxLength: 3 }),
    });
    const element = fc.oneof(
      textBlock,
      fc.record({ type: fc.constant('RichTextBlock'), inlines: fc.array(run, { maxLength: 3 }) }),
      fc.record({
        type: fc.constant('FactSet'),
        facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 12 }),
      }),
      fc.record({ type: fc.constant('Table'), rows: fc.array(row, { maxLength: 5 }) }),
      fc.record({
        type: fc.constant('Container'),
        items: fc.array(textBlock, { maxLength: 3 }),
        style: fc.constantFrom('default', 'attention'),
      }),
      fc.record({
        type: fc.constant('ColumnSet'),
        columns: fc.array(fc.record({ items: fc.array(textBlock, { maxLength: 2 }) }), { maxLength: 4 }),
      }),
      fc.record({
        type: fc.constant('ActionSet'),
        actions: fc.array(fc.record({ type: fc.constant('Action.Execute'), title: marker, verb: fc.constant('v') }), {
          maxLength: 3,
        }),
      }),
    );
    fc.assert(
      fc.property(fc.array(element, { maxLength: 40, size: 'max' }), (body) => {
        const card = { type: 'AdaptiveCard', version: '1.5', body } as Card;
        const marks = JSON.stringify(body).match(/mark\d+x/g) ?? [];
        const message = toMessage(card);
        const modal = toModal(card, { callbackId: 'c' });
        for (const { seen, losses } of [
          { seen: shown(message.blocks), losses: message.losses },
          { seen: shown(modal.view), losses: modal.losses },
        ]) {
          if (losses.every(isHarmless)) expect(marks.filter((mark) => !seen.includes(mark))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('hostile cards take bounded time', () => {
  const deep = (levels: number): unknown =>
    Array.from({ length: levels }).reduce((inner) => ({ type: 'Container', items: [inner] }), {
      type: 'TextBlock',
      text: 'x',
    });
  const text = (value: string) => ({ body: [{ type: 'TextBlock', text: value }] });
  const rows = Array.from({ length: 3_000 }, () => ({
    cells: Array.from({ length: 30 }, () => ({ items: [{ type: 'TextBlock', text: 'cell' }] })),
  }));
  it.each([
    ['50,000 elements', { body: Array.from({ length: 50_000 }, () => ({ type: 'TextBlock', text: 'x' })) }],
    ['5,000 levels', { body: [deep(5_000)] }],
    ['a megabyte of text', text('å'.repeat(1_000_000))],
    ['open brackets', text('['.repeat(40_000))],
    ['open and closed brackets', text('[]('.repeat(13_000))],
    ['stars', text('*a _b '.repeat(6_000))],
    ['stars in a row', text('*'.repeat(40_000))],
    ['alternating marks', text('*_'.repeat(20_000))],
    ['macros half open', text('{{DATE('.repeat(5_000))],
    ['backslashes', text('\\'.repeat(40_000))],
    ['empty lines', text('\n'.repeat(40_000))],
    ['spaces', text(`a${' '.repeat(39_000)}b`)],
    ['colons', text(':a'.repeat(20_000))],
    ['ampersands', text('&'.repeat(40_000))],
    ['a table of 90,000 cells', { body: [{ type: 'Table', rows }] }],
    [
      '10,000 choices',
      {
        body: [
          {
            type: 'Input.ChoiceSet',
            id: 'a',
            label: 'a',
            choices: Array.from({ length: 10_000 }, (_, n) => ({ title: `t${n}`, value: `${n}` })),
          },
        ],
      },
    ],
    [
      'a hundred long drafts',
      {
        body: Array.from({ length: 100 }, (_, n) => ({
          type: 'Input.Text',
          id: `${n}`,
          label: 'a',
          value: '"'.repeat(3_000),
        })),
      },
    ],
    [
      'hidden parts',
      {
        body: Array.from({ length: 5_000 }, (_, n) => ({ type: 'TextBlock', id: `${n}`, isVisible: false, text: 'x' })),
      },
    ],
    [
      'fallbacks in fallbacks',
      {
        body: [
          Array.from({ length: 1_000 }).reduce((inner) => ({ type: 'Nope', fallback: inner }), { type: 'TextBlock' }),
        ],
      },
    ],
  ])('%s', (_, card) => {
    const start = performance.now();
    const message = toMessage(card as unknown as Card);
    const { view, losses } = toModal(card as unknown as Card, { callbackId: 'c' });
    expect(performance.now() - start).toBeLessThan(500);
    expect(messageFaults(message.blocks, message.text)).toEqual([]);
    expect(modalFaults(view)).toEqual([]);
    expect(nodes(message.blocks)).toBeLessThan(10_000);
    expect(losses.length).toBeLessThanOrEqual(402);
  });

  function nodes(blocks: KnownBlock[]): number {
    return JSON.stringify(blocks).split('{').length;
  }
});
