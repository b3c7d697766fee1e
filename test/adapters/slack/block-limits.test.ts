/** The sandbox refuses what Slack refuses, and takes whatever the converter makes. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMessage, toModal } from '../../../src/adapters/slack/convert/convert.ts';
import { messageFaults, viewFaults } from '../../../src/sandbox/slack/block-limits.ts';
import { cardWith } from '../../contracts/chat-platform.ts';

const x = (times: number) => 'x'.repeat(times);
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string, more: object = {}) => ({ type: 'section', text: mrkdwn(text), ...more });
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('L'), element, ...more });
const option = (text: string, value: string) => ({ text: plain(text), value });
const group = (count: number, first = 0) => ({
  label: plain('G'),
  options: many(count, (i) => option('o', `${first}-${i}`)),
});
const select = (more: object) => ({ type: 'static_select', action_id: 's', options: [option('A', 'a')], ...more });
const many = <T>(times: number, one: (index: number) => T) => Array.from({ length: times }, (_, index) => one(index));

describe('a message', () => {
  const table: [what: string, fits: object[], tooMuch: object[], pointer: string][] = [
    ['blocks', many(50, () => ({ type: 'divider' })), many(51, () => ({ type: 'divider' })), '/blocks'],
    ['section text', [section(x(3000))], [section(x(3001))], '/blocks/0/text/text'],
    [
      'fields',
      [{ type: 'section', fields: many(10, () => mrkdwn(x(1000))) }],
      [{ type: 'section', fields: many(11, () => mrkdwn('f')) }],
      '/blocks/0/fields',
    ],
    [
      'a field',
      [{ type: 'section', fields: [mrkdwn(x(2000))] }],
      [{ type: 'section', fields: [mrkdwn(x(2001))] }],
      '/blocks/0/fields/0/text',
    ],
    [
      'header',
      [{ type: 'header', text: plain(x(150)) }],
      [{ type: 'header', text: plain(x(151)) }],
      '/blocks/0/text/text',
    ],
    [
      'a header of mrkdwn',
      [{ type: 'header', text: plain('h') }],
      [{ type: 'header', text: mrkdwn('h') }],
      '/blocks/0/text',
    ],
    [
      'context',
      [{ type: 'context', elements: many(10, () => mrkdwn('c')) }],
      [{ type: 'context', elements: many(11, () => mrkdwn('c')) }],
      '/blocks/0/elements',
    ],
    [
      'buttons',
      [actions(...many(25, (index) => button({ action_id: `a${index}` })))],
      [actions(...many(26, (index) => button({ action_id: `a${index}` })))],
      '/blocks/0/elements',
    ],
    [
      'a button',
      [actions(button({ text: plain(x(75)) }))],
      [actions(button({ text: plain(x(76)) }))],
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a value',
      [actions(button({ value: x(2000) }))],
      [actions(button({ value: x(2001) }))],
      '/blocks/0/elements/0/value',
    ],
    [
      'an address',
      [actions(button({ url: x(3000) }))],
      [actions(button({ url: x(3001) }))],
      '/blocks/0/elements/0/url',
    ],
    [
      'a style',
      [actions(button({ style: 'danger' }))],
      [actions(button({ style: 'default' }))],
      '/blocks/0/elements/0/style',
    ],
    [
      'action ids',
      [actions(button(), button({ action_id: 'b' }))],
      [actions(button(), button())],
      '/blocks/0/elements',
    ],
    [
      'block ids',
      [section('a', { block_id: 'b' }), section('c', { block_id: 'd' })],
      [section('a', { block_id: 'b' }), section('c', { block_id: 'b' })],
      '/blocks/1/block_id',
    ],
    ['a block id', [section('a', { block_id: x(255) })], [section('a', { block_id: x(256) })], '/blocks/0/block_id'],
    [
      'an image',
      [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' }],
      [{ type: 'image', image_url: 'data:image/png;base64,AA', alt_text: 'a' }],
      '/blocks/0/image_url',
    ],
    [
      'a picture without words',
      [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: '' }],
      [{ type: 'image', image_url: 'https://example.com/a.png' }],
      '/blocks/0/alt_text',
    ],
    ['empty text', [section('a')], [section('')], '/blocks/0/text/text'],
    ['a kind', [{ type: 'divider' }], [{ type: 'wibble' }], '/blocks/0/type'],
    ['an alert, which is for modals', [{ type: 'divider' }], [{ type: 'alert', text: plain('a') }], '/blocks/0/type'],
    [
      'a number input, which is for modals',
      [input({ type: 'plain_text_input' })],
      [input({ type: 'number_input' })],
      '/blocks/0/element/type',
    ],
    [
      'one table',
      [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }],
      many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] })),
      '/blocks',
    ],
    [
      'a table',
      [{ type: 'table', rows: many(100, () => [{ type: 'raw_text', text: 'a' }]) }],
      [{ type: 'table', rows: many(101, () => [{ type: 'raw_text', text: 'a' }]) }],
      '/blocks/0/rows',
    ],
    [
      'options',
      [input(select({ options: many(100, (i) => option('o', `${i}`)) }))],
      [input(select({ options: many(101, (i) => option('o', `${i}`)) }))],
      '/blocks/0/element/options',
    ],
    [
      'options of a group',
      [input(select({ options: undefined, option_groups: [group(100)] }))],
      [input(select({ options: undefined, option_groups: [group(101)] }))],
      '/blocks/0/element/option_groups/0/options',
    ],
    [
      'groups of options',
      [input(select({ options: undefined, option_groups: many(100, (i) => group(1, i)) }))],
      [input(select({ options: undefined, option_groups: many(101, (i) => group(1, i)) }))],
      '/blocks/0/element/option_groups',
    ],
    [
      'the label of a group',
      [input(select({ options: undefined, option_groups: [{ ...group(1), label: plain(x(75)) }] }))],
      [input(select({ options: undefined, option_groups: [{ ...group(1), label: plain(x(76)) }] }))],
      '/blocks/0/element/option_groups/0/label/text',
    ],
    [
      'radio buttons',
      [input({ type: 'radio_buttons', options: many(10, (i) => option('o', `${i}`)) })],
      [input({ type: 'radio_buttons', options: many(11, (i) => option('o', `${i}`)) })],
      '/blocks/0/element/options',
    ],
    [
      'an option',
      [input(select({ options: [option(x(75), 'v')] }))],
      [input(select({ options: [option(x(76), 'v')] }))],
      '/blocks/0/element/options/0/text/text',
    ],
    [
      'an option value',
      [input(select({ options: [option('o', x(75))] }))],
      [input(select({ options: [option('o', x(76))] }))],
      '/blocks/0/element/options/0/value',
    ],
    [
      'an initial option',
      [input(select({ initial_option: option('A', 'a') }))],
      [input(select({ initial_option: option('a', 'a') }))],
      '/blocks/0/element/initial_option',
    ],
    [
      'a placeholder',
      [input({ type: 'plain_text_input', placeholder: plain(x(150)) })],
      [input({ type: 'plain_text_input', placeholder: plain(x(151)) })],
      '/blocks/0/element/placeholder/text',
    ],
    [
      'a longest text',
      [input({ type: 'plain_text_input', max_length: 3000 })],
      [input({ type: 'plain_text_input', max_length: 3001 })],
      '/blocks/0/element/max_length',
    ],
    [
      'a label',
      [input({ type: 'plain_text_input' }, { label: plain(x(2000)) })],
      [input({ type: 'plain_text_input' }, { label: plain(x(2001)) })],
      '/blocks/0/label/text',
    ],
  ];
  test.each(table)('%s', (_what, fits, tooMuch, pointer) => {
    expect(messageFaults(fits)).toEqual([]);
    expect(messageFaults(tooMuch)[0]).toMatchObject({ code: 'invalid_blocks', pointer });
  });

  test('the sum of all blocks', () => {
    const blocks = (length: number) => [section(x(3000)), section(x(3000)), section(x(3000)), section(x(length))];
    const around = 13_200 - JSON.stringify(blocks(0)).length;
    expect(around).toBeGreaterThan(3_000);
    const five = (length: number) => [...blocks(3000), section(x(length))];
    const room = 13_200 - JSON.stringify(five(0)).length;
    expect(messageFaults(five(room))).toEqual([]);
    expect(messageFaults(five(room + 1))).toMatchObject([{ code: 'msg_blocks_too_long' }]);
  });
});

describe('a view', () => {
  const view = (more: object = {}) => ({ type: 'modal', title: plain('T'), blocks: [section('a')], ...more });
  const table: [what: string, fits: object, tooMuch: object, pointer: string][] = [
    ['title', { title: plain(x(24)) }, { title: plain(x(25)) }, '/view/title/text'],
    ['submit', { submit: plain(x(24)) }, { submit: plain(x(25)) }, '/view/submit/text'],
    ['close', { close: plain(x(24)) }, { close: plain(x(25)) }, '/view/close/text'],
    ['blocks', { blocks: many(100, () => section('a')) }, { blocks: many(101, () => section('a')) }, '/view/blocks'],
    ['private_metadata', { private_metadata: x(3000) }, { private_metadata: x(3001) }, '/view/private_metadata'],
    ['callback_id', { callback_id: x(255) }, { callback_id: x(256) }, '/view/callback_id'],
    [
      'inputs without a submit',
      { blocks: [input({ type: 'number_input' })], submit: plain('S') },
      { blocks: [input({ type: 'number_input' })] },
      '/view/submit',
    ],
    [
      'a table, which is for messages',
      {},
      { blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }] },
      '/view/blocks/0/type',
    ],
    ['the whole', { blocks: many(80, () => section(x(3000))) }, { blocks: many(84, () => section(x(3000))) }, '/view'],
  ];
  test.each(table)('%s', (_what, fits, tooMuch, pointer) => {
    expect(viewFaults(view(fits))).toEqual([]);
    expect(viewFaults(view(tooMuch))[0]).toMatchObject({ code: 'invalid_arguments', pointer });
  });
});

describe('the converter keeps to it', () => {
  const text = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ minLength: 60, maxLength: 5_000 }));
  const element = fc.oneof(
    fc.record({ type: fc.constant('TextBlock'), text }),
    fc.record({ type: fc.constant('TextBlock'), size: fc.constant('Large'), text }),
    fc.record({
      type: fc.constant('FactSet'),
      facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 15 }),
    }),
    fc.record({ type: fc.constant('Input.Text'), id: fc.string({ maxLength: 300 }), label: text, value: text }),
    fc.record({
      type: fc.constant('Input.ChoiceSet'),
      id: fc.string({ maxLength: 20 }),
      label: text,
      style: fc.constantFrom('compact', 'expanded'),
      isMultiSelect: fc.boolean(),
      choices: fc.array(fc.record({ title: text, value: text }), { maxLength: 120 }),
      value: text,
    }),
  );
  const card = fc
    .record({ body: fc.array(element, { maxLength: 60 }), titles: fc.array(text, { maxLength: 40 }) })
    .map(({ body, titles }) => ({
      ...cardWith(
        '',
        titles.map((title, index) => ({ verb: `v${index}`, title, data: { ref: title.slice(0, 2_500) } })),
      ),
      body,
    }));

  test('whatever a card holds, its message and its modal are taken', () => {
    fc.assert(
      fc.property(card, (one) => {
        expect(messageFaults(toMessage(one).blocks)).toEqual([]);
        expect(viewFaults(toModal(one, { callbackId: 'rond.page', meta: { c: 'D1', t: '1.2' } }).view)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
