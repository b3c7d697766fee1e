import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHarmless, toHome, toMessage, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../../../src/ports/chat.ts';
import {
  messageFaults as sandboxMessageFaults,
  viewFaults as sandboxViewFaults,
} from '../../../../src/sandbox/slack/block-limits.ts';
import { anyJson, plausibleCard } from './arbitraries.ts';
import { homeFaults, messageFaults, modalFaults } from './block-kit.ts';

const runs = { numRuns: 300 };
/** Each of these judges hundreds of cards three times over. */
const patience = 120_000;

/** Milliseconds of work of this thread: the machine may have something else to do meanwhile. */
function work(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

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
  ])(
    '%s becomes blocks that Slack accepts',
    (_, arbitrary) => {
      fc.assert(
        fc.property(arbitrary as fc.Arbitrary<unknown>, (card) => {
          const { blocks, text } = toMessage(card as Card);
          expect(messageFaults(blocks, text)).toEqual([]);
          const { view } = toModal(card as Card, { callbackId: 'rond.page', meta: { c: 'D1', t: '1.2' } });
          expect(modalFaults(view)).toEqual([]);
          expect(JSON.parse(view.private_metadata ?? '').m).toEqual({ c: 'D1', t: '1.2' });
          const home = toHome(card as Card).blocks;
          expect(homeFaults(home)).toEqual([]);
          // The sandbox has a table of its own: the two judges must agree on everything that is made.
          expect(sandboxMessageFaults(blocks)).toEqual([]);
          expect(sandboxViewFaults(view)).toEqual([]);
          expect(sandboxViewFaults({ type: 'home', blocks: home })).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

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

  it(
    'loses no word and no press in silence, however parts stand in parts',
    () => {
      let serial = 0;
      const mark = fc.nat({ max: 0 }).map(() => {
        serial += 1;
        return `mark${serial}x`;
      });
      const words = fc
        .tuple(mark, fc.constantFrom('', '**', ' rest & more <b>'))
        .map(([word, tail]) => `${word}${tail}`);
      const is = (type: string) => fc.constant(type);
      const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
      const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, { maxLength });
      const press = fc.record({
        type: fc.constantFrom('Action.Execute', 'Action.OpenUrl'),
        title: mark,
        verb: is('v'),
        url: is('https://example.org/'),
      });
      const textBlock = fc.record({
        type: is('TextBlock'),
        text: words,
        size: fc.constantFrom('Default', 'Large', 'Small'),
        separator: fc.boolean(),
      });
      const image = fc.record({
        type: is('Image'),
        url: is('https://example.org/a.png'),
        altText: mark,
        selectAction: maybe(press),
      });
      const choice = fc.record({ title: mark, value: mark });
      const input = fc.oneof(
        fc.record({
          type: fc.constantFrom('Input.Text', 'Input.Number', 'Input.Date', 'Input.Time'),
          id: mark,
          label: mark,
        }),
        fc.record({ type: is('Input.Toggle'), id: mark, label: mark, title: mark }),
        fc.record({
          type: is('Input.ChoiceSet'),
          id: mark,
          label: mark,
          style: fc.constantFrom('expanded', 'compact', 'filtered'),
          isMultiSelect: fc.boolean(),
          choices: fc.array(choice, { minLength: 1, maxLength: 13 }),
        }),
      );
      const leaf = fc.oneof(
        textBlock,
        image,
        input,
        fc.record({ type: is('ImageSet'), images: some(image) }),
        fc.record({
          type: is('RichTextBlock'),
          inlines: some(fc.oneof(mark, fc.record({ type: is('TextRun'), text: words }))),
        }),
        fc.record({ type: is('FactSet'), facts: some(fc.record({ title: words, value: words }), 12) }),
      );
      const parts = fc.letrec((tie) => ({
        element: fc.oneof(
          { maxDepth: 3 },
          leaf,
          fc.record({
            type: is('Container'),
            items: some(tie('element')),
            style: fc.constantFrom('default', 'attention', 'accent'),
            selectAction: maybe(press),
          }),
          fc.record({
            type: is('ColumnSet'),
            selectAction: maybe(press),
            columns: some(
              fc.record({
                items: some(tie('element'), 2),
                selectAction: maybe(press),
                style: fc.constantFrom('default', 'warning'),
              }),
              4,
            ),
          }),
          fc.record({
            type: is('Table'),
            rows: some(
              fc.record({
                cells: fc.array(fc.record({ items: some(tie('element'), 2) }), { minLength: 1, maxLength: 3 }),
              }),
            ),
          }),
          fc.record({ type: is('ActionSet'), actions: some(tie('action')) }),
          fc.record({ type: is('Carousel'), fallback: tie('element') }),
        ),
        action: fc.oneof(
          { maxDepth: 2 },
          press,
          fc.record({
            type: is('Action.ShowCard'),
            title: mark,
            card: fc.record({ type: is('AdaptiveCard'), body: some(tie('element')), actions: some(press, 2) }),
          }),
          fc.record({ type: is('Action.Popover'), fallback: tie('action') }),
        ),
      }));
      const anyCard = fc.record({
        type: is('AdaptiveCard'),
        version: is('1.5'),
        title: is('T'),
        body: some(parts.element, 8),
        actions: some(press),
        selectAction: maybe(press),
      });
      let judged = 0;
      fc.assert(
        fc.property(anyCard, (generated) => {
          const card = JSON.parse(JSON.stringify(generated)) as Card;
          const marks = JSON.stringify(card).match(/mark\d+x/g) ?? [];
          const message = toMessage(card);
          const modal = toModal(card, { callbackId: 'c' });
          const home = toHome(card);
          for (const { seen, losses } of [
            { seen: shown(message.blocks), losses: message.losses },
            { seen: shown(home.blocks), losses: home.losses },
            { seen: JSON.stringify(modal.view), losses: modal.losses },
          ]) {
            // What waits in the modal is judged there.
            const elsewhere = losses.some(({ kind }) => kind === 'needs-modal');
            if (elsewhere || !losses.every(isHarmless)) continue;
            expect(marks.filter((mark) => !seen.includes(mark))).toEqual([]);
            judged += 1;
          }
        }),
        { numRuns: 300 },
      );
      expect(judged).toBeGreaterThan(200);
    },
    patience,
  );
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
    ['mentions half open', text('<at>'.repeat(10_000))],
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
    const before = work();
    const message = toMessage(card as unknown as Card);
    const { view, losses } = toModal(card as unknown as Card, { callbackId: 'c' });
    expect(work() - before).toBeLessThan(1_000);
    expect(messageFaults(message.blocks, message.text)).toEqual([]);
    expect(modalFaults(view)).toEqual([]);
    expect(nodes(message.blocks)).toBeLessThan(10_000);
    expect(losses.length).toBeLessThanOrEqual(402);
  });

  function nodes(blocks: KnownBlock[]): number {
    return JSON.stringify(blocks).split('{').length;
  }
});
