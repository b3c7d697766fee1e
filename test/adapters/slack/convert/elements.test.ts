import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { isHarmless, type Loss, toMessage, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../../../src/ports/chat.ts';
import { messageFaults, modalFaults } from './block-kit.ts';

const card = (body: unknown[], more: object = {}): Card => ({ type: 'AdaptiveCard', version: '1.5', body, ...more });
const text = (words: string, more: object = {}) => ({ type: 'TextBlock', text: words, ...more });
const mrkdwn = (words: string) => ({ type: 'mrkdwn', text: words, verbatim: true });
const plain = (words: string) => ({ type: 'plain_text', text: words, emoji: true });
const section = (words: string) => ({ type: 'section', text: mrkdwn(words) });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const raw = (words: string) => ({ type: 'raw_text', text: words });
const kinds = (losses: Loss[]) => [...new Set(losses.map(({ kind }) => kind))].sort();
const long = (characters: number) =>
  'ord '
    .repeat(characters)
    .slice(0, characters - 1)
    .concat('x');

function asMessage(element: object | object[]) {
  const made = toMessage(card([element].flat()));
  expect(messageFaults(made.blocks, made.text)).toEqual([]);
  return made;
}

function asModal(body: object[], actions: object[] = [], meta?: unknown) {
  const made = toModal(card(body, { actions }), { callbackId: 'rond.page', ...(meta === undefined ? {} : { meta }) });
  expect(modalFaults(made.view)).toEqual([]);
  return { ...made, blocks: made.view.blocks as KnownBlock[] };
}

describe('an element on a message', () => {
  const image = { type: 'Image', url: 'https://example.org/a.png', altText: 'A chart' };
  const table = (rows: string[][]) => ({
    type: 'Table',
    rows: rows.map((cells) => ({
      type: 'TableRow',
      cells: cells.map((words) => ({ type: 'TableCell', items: [text(words)] })),
    })),
  });
  const left = { align: 'left', is_wrapped: true };
  it.each<[string, object, object[], string[]]>([
    ['text', text('Hej'), [section('Hej')], []],
    [
      'bold, italic and a link',
      text('**Frist** _snart_ [läs](https://example.org/a?b=1&c=2)'),
      [section('*Frist* _snart_ <https://example.org/a?b=1&amp;c=2|läs>')],
      [],
    ],
    ['a weight', text('Frist', { weight: 'Bolder' }), [section('*Frist*')], []],
    ['a heading by size', text('Enkät', { size: 'Large' }), [{ type: 'header', text: plain('Enkät') }], []],
    ['a heading by style', text('Enkät', { style: 'heading' }), [{ type: 'header', text: plain('Enkät') }], []],
    ['a heading that is too long', text(long(200), { style: 'heading' }), [section(`*${long(200)}*`)], ['style']],
    ['quiet text', text('lite', { isSubtle: true }), [{ type: 'context', elements: [mrkdwn('lite')] }], []],
    ['small text', text('lite', { size: 'Small' }), [{ type: 'context', elements: [mrkdwn('lite')] }], []],
    ['a colour with a meaning', text('Försenad', { color: 'Attention' }), [section('🔴 Försenad')], []],
    ['a colour beside a sign', text('■ Brist', { color: 'Attention' }), [section('■ Brist')], []],
    ['a colour without a meaning', text('Hej', { color: 'Accent' }), [section('Hej')], []],
    ['a list', text('Detta:\n- ett\n* två\n1. tre'), [section('Detta:\n• ett\n• två\n1. tre')], []],
    [
      'bold in a word',
      text('a**b**c'),
      [
        rich(
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b', style: { bold: true } },
          { type: 'text', text: 'c' },
        ),
      ],
      [],
    ],
    ['an empty text', [text(''), text('x')], [section('x')], []],
    ['a separator', [text('a'), text('b', { separator: true })], [section('a'), { type: 'divider' }, section('b')], []],
    [
      'runs of text',
      {
        type: 'RichTextBlock',
        inlines: [
          'a ',
          { type: 'TextRun', text: 'b', weight: 'Bolder', italic: true, strikethrough: true, underline: true },
        ],
      },
      [
        rich(
          { type: 'text', text: 'a ' },
          { type: 'text', text: 'b', style: { bold: true, italic: true, strike: true, underline: true } },
        ),
      ],
      [],
    ],
    [
      'a run with an address',
      {
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: 'läs', selectAction: { type: 'Action.OpenUrl', url: 'https://example.org/' } },
        ],
      },
      [rich({ type: 'link', url: 'https://example.org/', text: 'läs' })],
      [],
    ],
    [
      'facts',
      {
        type: 'FactSet',
        facts: [
          { title: 'Frist', value: '**7 november**' },
          { title: 'Svar', value: '3 av 9' },
        ],
      },
      [{ type: 'section', fields: [mrkdwn('*Frist*\n*7 november*'), mrkdwn('*Svar*\n3 av 9')] }],
      [],
    ],
    [
      'texts side by side',
      { type: 'ColumnSet', columns: [{ items: [text('a'), text('b')] }, { items: [text('c')] }] },
      [{ type: 'section', fields: [mrkdwn('a\nb'), mrkdwn('c')] }],
      [],
    ],
    [
      'three columns',
      { type: 'ColumnSet', columns: [{ items: [text('a')] }, { items: [text('b')] }, { items: [text('c')] }] },
      [{ type: 'section', fields: [mrkdwn('a'), mrkdwn('b'), mrkdwn('c')] }],
      ['flattened'],
    ],
    [
      'a text beside a picture',
      { type: 'ColumnSet', columns: [{ width: 'auto', items: [image] }, { items: [text('a')] }] },
      [
        {
          type: 'section',
          text: mrkdwn('a'),
          accessory: { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A chart' },
        },
      ],
      ['style'],
    ],
    [
      'columns of more than text',
      { type: 'ColumnSet', columns: [{ items: [text('a'), image] }, { items: [text('b')] }] },
      [section('a'), { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A chart' }, section('b')],
      ['flattened'],
    ],
    ['a container', { type: 'Container', items: [text('a'), text('b')] }, [section('a'), section('b')], []],
    [
      'a container that warns',
      { type: 'Container', style: 'warning', items: [text('a'), text('b')] },
      [section('🟡 a'), section('b')],
      [],
    ],
    ['a picture', image, [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A chart' }], []],
    [
      'a picture without words',
      { ...image, altText: undefined },
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'a.png' }],
      ['label'],
    ],
    [
      'a picture inside the card',
      { ...image, url: 'data:image/png;base64,AAAA' },
      [{ type: 'context', elements: [plain('A chart')] }],
      ['dropped'],
    ],
    [
      'a picture on a private address',
      { ...image, url: 'https://192.168.0.1/a.png' },
      [{ type: 'context', elements: [plain('A chart')] }],
      ['dropped'],
    ],
    [
      'pictures',
      { type: 'ImageSet', images: [image] },
      [{ type: 'context', elements: [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A chart' }] }],
      ['style'],
    ],
    [
      'a table',
      table([
        ['Roll', 'Nu'],
        ['Läkare', ''],
      ]),
      [
        {
          type: 'table',
          rows: [
            [raw('Roll'), raw('Nu')],
            [raw('Läkare'), raw('\u00a0')],
          ],
          column_settings: [left, left],
        },
      ],
      [],
    ],
    [
      'a second table',
      [
        table([['a']]),
        table([
          ['Roll', 'Nu'],
          ['Läkare', '3'],
        ]),
      ],
      [
        { type: 'table', rows: [[raw('a')]], column_settings: [left] },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'Roll    Nu\nLäkare  3' }] }],
        },
      ],
      ['style'],
    ],
    ['what is not visible', [text('a'), text('b', { isVisible: false })], [section('a')], ['hidden']],
    ['a fallback', [text('a'), { type: 'Carousel', fallback: text('b') }], [section('a'), section('b')], ['fallback']],
    ['a fallback that drops', [text('a'), { type: 'Carousel', fallback: 'drop' }], [section('a')], ['fallback']],
    ['an unknown element', [text('a'), { type: 'Carousel' }], [section('a')], ['dropped']],
    [
      'what the host cannot',
      [text('a'), text('b', { requires: { acme: '1.0' }, fallback: text('c') })],
      [section('a'), section('c')],
      ['fallback'],
    ],
    ['what the host can', text('a', { requires: { adaptiveCards: '1.2' } }), [section('a')], []],
    [
      'an unknown element in a container with a fallback',
      { type: 'Container', items: [text('a'), { type: 'Carousel' }], fallback: text('b') },
      [section('b')],
      ['fallback'],
    ],
    ['an input', [text('a'), { type: 'Input.Text', id: 'x', label: 'y' }], [section('a')], ['needs-modal']],
  ])('%s', (_, element, blocks, lost) => {
    const made = asMessage(element);
    expect(made.blocks).toEqual(blocks);
    expect(kinds(made.losses)).toEqual(lost);
  });

  it('says which inputs and which buttons wait in the modal', () => {
    const made = toMessage(
      card([text('a'), { type: 'Input.Text', id: 'x', label: 'y' }], {
        actions: [
          { type: 'Action.Execute', verb: 'save', title: 'Spara' },
          { type: 'Action.Execute', verb: 'later', title: 'Senare', associatedInputs: 'none' },
        ],
      }),
    );
    expect(made.hasInputs).toBe(true);
    expect(JSON.stringify(made.blocks)).toContain('Senare');
    expect(JSON.stringify(made.blocks)).not.toContain('Spara');
    expect(made.losses.map(({ path }) => path)).toEqual(['body[1]', 'actions[0]']);
  });

  it('folds what a toggle shows', () => {
    const made = asMessage([
      { type: 'ActionSet', actions: [{ type: 'Action.ToggleVisibility', title: 'Mer', targetElements: ['more'] }] },
      { type: 'Container', id: 'more', isVisible: false, items: [text('a')] },
    ]);
    expect(made.blocks).toEqual([
      {
        type: 'container',
        title: plain('Mer'),
        child_blocks: [section('a')],
        is_collapsible: true,
        default_collapsed: true,
      },
    ]);
    expect(made.losses.every(isHarmless)).toBe(true);
  });

  it('folds the card of a ShowCard, with its buttons', () => {
    const inner = {
      type: 'AdaptiveCard',
      body: [text('a')],
      actions: [{ type: 'Action.Submit', title: 'Ja', data: { verb: 'yes' } }],
    };
    const { blocks } = asMessage({
      type: 'ActionSet',
      actions: [{ type: 'Action.ShowCard', title: 'Mer', card: inner }],
    });
    expect(blocks).toMatchObject([
      { type: 'container', child_blocks: [section('a'), { type: 'actions', elements: [{ action_id: 'yes' }] }] },
    ]);
  });
});

describe('an action', () => {
  const buttonOf = (action: object) => {
    const { blocks, losses } = toMessage(card([text('a')], { actions: [action] }));
    const actions = blocks.find((block) => block.type === 'actions');
    return { button: actions?.elements[0], losses };
  };
  it.each<[string, object, object | undefined, string[]]>([
    [
      'Execute',
      {
        type: 'Action.Execute',
        verb: 'rate.open',
        title: 'Svara',
        style: 'positive',
        data: { ref: 'r1', page: 2, deep: { a: 1 }, none: null },
      },
      {
        type: 'button',
        action_id: 'rate.open',
        text: plain('Svara'),
        style: 'primary',
        value: '{"verb":"rate.open","values":{"ref":"r1","page":"2","deep":"{\\"a\\":1}","none":""}}',
      },
      [],
    ],
    [
      'Submit',
      { type: 'Action.Submit', title: 'Nej', style: 'destructive', data: { verb: 'no', msteams: {} } },
      {
        type: 'button',
        action_id: 'no',
        text: plain('Nej'),
        style: 'danger',
        value: '{"verb":"no","values":{"verb":"no"}}',
      },
      ['behaviour'],
    ],
    [
      'OpenUrl',
      { type: 'Action.OpenUrl', title: 'Läs', url: 'https://example.org/a' },
      { type: 'button', action_id: 'open-url', text: plain('Läs'), url: 'https://example.org/a' },
      [],
    ],
    [
      'OpenUrl to a script',
      { type: 'Action.OpenUrl', title: 'Läs', url: 'javascript:alert(1)' },
      undefined,
      ['dropped'],
    ],
    [
      'a fallback',
      { type: 'Action.Popover', fallback: { type: 'Action.Submit', title: 'a', id: 'b' } },
      { type: 'button', action_id: 'b', text: plain('a'), value: '{"verb":"b","values":{}}' },
      ['fallback'],
    ],
    [
      'a long title',
      { type: 'Action.Execute', verb: 'a', title: long(90) },
      { type: 'button', action_id: 'a', text: plain(`${long(90).slice(0, 74)}…`), value: '{"verb":"a","values":{}}' },
      ['cut'],
    ],
    [
      'too much data',
      { type: 'Action.Execute', verb: 'a', title: 'b', data: { c: 'd'.repeat(2_000) } },
      undefined,
      ['dropped'],
    ],
    ['disabled', { type: 'Action.Execute', verb: 'a', title: 'b', isEnabled: false }, undefined, ['hidden']],
  ])('%s', (_, action, button, lost) => {
    const made = buttonOf(action);
    expect(made.button).toEqual(button);
    expect(kinds(made.losses)).toEqual(lost);
  });

  it('of a verb used twice gets a name of its own; the verb stays', () => {
    const action = (title: string) => ({ type: 'Action.Execute', verb: 'status.set', title });
    const { blocks } = toMessage(card([], { actions: [action('a'), action('b')] }));
    const elements = blocks[0]?.type === 'actions' ? blocks[0].elements : [];
    expect(elements).toMatchObject([
      { action_id: 'status.set' },
      { action_id: 'status.set#2', value: '{"verb":"status.set","values":{}}' },
    ]);
  });
});

describe('an input in a modal', () => {
  const options = (...names: string[]) => names.map((name) => ({ text: plain(name), value: name }));
  const choices = (...names: string[]) => names.map((name) => ({ title: name, value: name }));
  const many = Array.from({ length: 130 }, (_, n) => `c${n}`);
  it.each<[string, object, object, string[]]>([
    [
      'text',
      { type: 'Input.Text', isMultiline: true, maxLength: 500, value: 'hej', placeholder: 'Skriv' },
      {
        type: 'plain_text_input',
        action_id: 'text:x',
        multiline: true,
        max_length: 500,
        initial_value: 'hej',
        placeholder: plain('Skriv'),
      },
      [],
    ],
    [
      'text of any length',
      { type: 'Input.Text', maxLength: 9_000, regex: '^a' },
      { type: 'plain_text_input', action_id: 'text:x', multiline: false, max_length: 3_000 },
      ['server-check'],
    ],
    ['mail', { type: 'Input.Text', style: 'Email' }, { type: 'email_text_input', action_id: 'text:x' }, []],
    ['address', { type: 'Input.Text', style: 'Url' }, { type: 'url_text_input', action_id: 'text:x' }, []],
    [
      'open choices',
      { type: 'Input.ChoiceSet', style: 'expanded', choices: choices('a', 'b'), value: 'b' },
      { type: 'radio_buttons', action_id: 'choice:x', options: options('a', 'b'), initial_option: options('b')[0] },
      [],
    ],
    [
      'several open choices',
      {
        type: 'Input.ChoiceSet',
        style: 'expanded',
        isMultiSelect: true,
        choices: choices('a', 'b', 'c'),
        value: 'c,a',
      },
      {
        type: 'checkboxes',
        action_id: 'choice:x',
        options: options('a', 'b', 'c'),
        initial_options: options('a', 'c'),
      },
      [],
    ],
    [
      'a menu',
      { type: 'Input.ChoiceSet', choices: choices('a', 'b'), placeholder: 'Välj' },
      { type: 'static_select', action_id: 'choice:x', options: options('a', 'b'), placeholder: plain('Välj') },
      [],
    ],
    [
      'a menu of several',
      { type: 'Input.ChoiceSet', isMultiSelect: true, choices: choices('a') },
      { type: 'multi_static_select', action_id: 'choice:x', options: options('a') },
      [],
    ],
    [
      'eleven open choices',
      { type: 'Input.ChoiceSet', style: 'expanded', choices: choices(...many.slice(0, 11)) },
      { type: 'static_select', action_id: 'choice:x', options: options(...many.slice(0, 11)) },
      ['style'],
    ],
    [
      '130 choices',
      { type: 'Input.ChoiceSet', choices: choices(...many) },
      {
        type: 'static_select',
        action_id: 'choice:x',
        option_groups: [
          { label: plain('c0 – c99'), options: options(...many.slice(0, 100)) },
          { label: plain('c100 – c129'), options: options(...many.slice(100)) },
        ],
      },
      ['chunked'],
    ],
    [
      'a long choice',
      { type: 'Input.ChoiceSet', choices: [{ title: `${'a'.repeat(60)} ${'b'.repeat(60)}`, value: 'a' }] },
      {
        type: 'static_select',
        action_id: 'choice:x',
        options: [{ text: plain('a'.repeat(60)), description: plain('b'.repeat(60)), value: 'a' }],
      },
      ['chunked'],
    ],
    [
      'a preset that is no choice',
      { type: 'Input.ChoiceSet', choices: choices('a'), value: 'z' },
      { type: 'static_select', action_id: 'choice:x', options: options('a') },
      ['dropped'],
    ],
    [
      'a toggle',
      { type: 'Input.Toggle', title: 'Ja', value: 'true' },
      {
        type: 'checkboxes',
        action_id: 'toggle:x',
        options: [{ text: plain('Ja'), value: 'on' }],
        initial_options: [{ text: plain('Ja'), value: 'on' }],
      },
      [],
    ],
    [
      'a toggle with words',
      { type: 'Input.Toggle', title: 'Ja', valueOn: 'ja', valueOff: 'nej' },
      { type: 'checkboxes', action_id: 'switch:["x","ja","nej"]', options: [{ text: plain('Ja'), value: 'on' }] },
      [],
    ],
    [
      'a date',
      { type: 'Input.Date', value: '2022-11-07', min: '2022-01-01' },
      { type: 'datepicker', action_id: 'date:x', initial_date: '2022-11-07' },
      ['server-check'],
    ],
    [
      'a time',
      { type: 'Input.Time', value: '09:00' },
      { type: 'timepicker', action_id: 'time:x', initial_time: '09:00' },
      [],
    ],
    [
      'a number',
      { type: 'Input.Number', value: 3, min: 0, max: 10 },
      {
        type: 'number_input',
        action_id: 'number:x',
        is_decimal_allowed: true,
        initial_value: '3',
        min_value: '0',
        max_value: '10',
      },
      [],
    ],
    [
      'a number out of bounds',
      { type: 'Input.Number', value: 30, max: 10 },
      { type: 'number_input', action_id: 'number:x', is_decimal_allowed: true, max_value: '10' },
      ['dropped'],
    ],
  ])('%s', (_, input, element, lost) => {
    const made = asModal(
      [text('T', { style: 'heading' }), { id: 'x', label: 'Namn', isRequired: true, ...input }],
      [{ type: 'Action.Execute', verb: 'save', title: 'Spara' }],
    );
    expect(made.blocks).toEqual([{ type: 'input', block_id: 'x', label: plain('Namn'), optional: false, element }]);
    expect(kinds(made.losses)).toEqual(lost);
  });

  it.each<[string, object[], string]>([
    ['without a label', [{ type: 'Input.Text', id: 'x', placeholder: 'Skriv här' }], 'label'],
    ['without an id', [{ type: 'Input.Text', label: 'a' }], 'dropped'],
    ['without choices', [{ type: 'Input.ChoiceSet', id: 'x', label: 'a', choices: [] }], 'dropped'],
    [
      'with the id of another',
      [
        { type: 'Input.Text', id: 'x', label: 'a' },
        { type: 'Input.Text', id: 'x', label: 'b' },
      ],
      'renamed',
    ],
    ['that nothing sends', [{ type: 'Input.Text', id: 'x', label: 'a' }], 'no-submit'],
    ['that is hidden', [{ type: 'Input.Text', id: 'x', label: 'a', isVisible: false }], 'dropped'],
  ])('%s is a harmful loss', (_, inputs, kind) => {
    const losses = asModal([text('T', { style: 'heading' }), ...inputs]).losses.filter((loss) => !isHarmless(loss));
    expect(kinds(losses)).toContain(kind);
  });
});

describe('a modal', () => {
  const field = { type: 'Input.Text', id: 'x', label: 'y' };
  const execute = (verb: string, more: object = {}) => ({
    type: 'Action.Execute',
    verb,
    title: verb,
    data: { ref: 'r' },
    ...more,
  });
  const verbs = (blocks: KnownBlock[]) =>
    blocks.flatMap((block) => (block.type === 'actions' ? block.elements.map(({ action_id }) => action_id) : []));
  it.each<[string, object[], object[], string | undefined, string[]]>([
    [
      'the positive action submits',
      [field],
      [execute('next', { style: 'positive' }), execute('back')],
      'next',
      ['back'],
    ],
    ['else the last', [field], [execute('back'), execute('next')], 'next', ['back']],
    [
      'but not one that leaves the inputs out',
      [field],
      [execute('next'), execute('cancel', { associatedInputs: 'none' })],
      'next',
      ['cancel'],
    ],
    ['without inputs every action is a button', [text('a')], [execute('a'), execute('b')], undefined, ['a', 'b']],
    ['unless one is positive', [text('a')], [execute('a'), execute('b', { style: 'positive' })], 'b', ['a']],
  ])('%s', (_, body, actions, submit, others) => {
    const { view, blocks } = asModal(body, actions, { c: 'D1' });
    expect(view.submit?.text).toBe(submit);
    expect(verbs(blocks)).toEqual(others);
    const sent = submit === undefined ? {} : { s: { verb: submit, values: { ref: 'r' } } };
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ ...sent, m: { c: 'D1' } });
  });

  it('has its first heading as title, and in full in the body when it is too long', () => {
    const short = asModal([text('Skattning', { style: 'heading' }), text('a')]);
    expect([short.view.title.text, short.blocks]).toEqual(['Skattning', [section('a')]]);
    const longer = asModal([text('Skattning av yrkesroller, sida 1', { style: 'heading' })]);
    expect(longer.view.title.text).toBe('Skattning av yrkesrolle…');
    expect(longer.blocks).toEqual([{ type: 'header', text: plain('Skattning av yrkesroller, sida 1') }]);
    expect(kinds(longer.losses)).toEqual(['shortened']);
  });

  it('shows a warning container as an alert, and a table as text', () => {
    const alert = asModal([
      text('T', { style: 'heading' }),
      { type: 'Container', style: 'attention', items: [text('Välj en nivå', { color: 'Attention' })] },
    ]);
    expect(alert.blocks).toEqual([{ type: 'alert', level: 'error', text: mrkdwn('Välj en nivå') }]);
    const table = asModal([{ type: 'Table', rows: [{ cells: [{ items: [text('a')] }, { items: [text('b')] }] }] }]);
    expect(table.blocks).toMatchObject([{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted' }] }]);
  });

  it('keeps what a page sends before where it was opened, when both are too long', () => {
    const { view, losses } = asModal([field], [execute('save', { data: { a: 'x'.repeat(1_500) } })], {
      c: 'y'.repeat(2_000),
    });
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ m: { c: 'y'.repeat(2_000) } });
    expect(losses).toContainEqual({ path: 'actions[0]', kind: 'dropped', what: 'what the primary action sends' });
  });
});

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
