import { describe, expect, it } from 'vitest';
import { isHarmless, toMessage } from '../../../../src/adapters/slack/convert/convert.ts';
import { asMessage, card, kinds, long, mrkdwn, plain, raw, rich, section, text } from './support.ts';

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
    [
      'a cell and a row with a tint that means something',
      {
        type: 'Table',
        rows: [
          { cells: [{ items: [text('a')] }, { style: 'attention', items: [text('b')] }] },
          { style: 'good', cells: [{ items: [text('c')] }, { items: [text('d')] }] },
        ],
      },
      [
        {
          type: 'table',
          rows: [
            [raw('a'), raw('🔴 b')],
            [raw('🟢 c'), raw('d')],
          ],
          column_settings: [left, left],
        },
      ],
      [],
    ],
    [
      'a container that warns in runs of text',
      { type: 'Container', style: 'warning', items: [{ type: 'RichTextBlock', inlines: ['a'] }] },
      [rich({ type: 'text', text: '🟡 ' }, { type: 'text', text: 'a' })],
      [],
    ],
    [
      'pictures to press',
      {
        type: 'ImageSet',
        images: [{ ...image, selectAction: { type: 'Action.Submit', title: 'Visa', data: { verb: 'show' } } }],
      },
      [
        { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A chart' },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'show',
              text: plain('Visa'),
              value: '{"verb":"show","values":{"verb":"show"}}',
            },
          ],
        },
      ],
      ['flattened'],
    ],
    [
      'a hidden picture among others',
      { type: 'ImageSet', images: [image, { ...image, isVisible: false }] },
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A chart' }],
      ['flattened', 'hidden'],
    ],
    [
      'a picture in a fallback of a fallback of a fallback, six deep',
      Array.from({ length: 6 }).reduce<object>((inner) => ({ type: 'Nope', fallback: inner }), text('a')),
      [section('a')],
      ['fallback'],
    ],
    [
      'looks of texts side by side',
      {
        type: 'ColumnSet',
        columns: [{ items: [text('a', { isSubtle: true })] }, { items: [text('b', { horizontalAlignment: 'Right' })] }],
      },
      [{ type: 'section', fields: [mrkdwn('a'), mrkdwn('b')] }],
      ['style'],
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

  it('says that a fallback ends nowhere', () => {
    const endless = Array.from({ length: 100 }).reduce<object>(
      (inner) => ({ type: 'Nope', fallback: inner }),
      text('a'),
    );
    const { losses } = asMessage([text('x'), endless]);
    expect(losses.filter((loss) => !isHarmless(loss))).toMatchObject([{ kind: 'dropped', what: 'Nope' }]);
  });

  it('has a button for what pressing the whole card does', () => {
    const { blocks, losses } = toMessage(
      card([text('a')], { selectAction: { type: 'Action.OpenUrl', title: 'Läs', url: 'https://example.org/' } }),
    );
    expect(blocks).toMatchObject([section('a'), { type: 'actions', elements: [{ text: plain('Läs') }] }]);
    expect(losses.every(isHarmless)).toBe(true);
    const silent = toMessage(
      card([text('a')], { selectAction: { type: 'Action.OpenUrl', url: 'https://example.org/' } }),
    );
    expect(kinds(silent.losses)).toEqual(['dropped']);
  });

  it('mentions whom the card names by an id of Slack’s, and shows everybody else’s name', () => {
    const entities = [
      { type: 'mention', text: '<at>Kim</at>', mentioned: { id: 'U012ABCDEF', name: 'Kim Ek' } },
      { type: 'mention', text: '<at>Bo</at>', mentioned: { id: '29:1abc', name: 'Bo Alm' } },
    ];
    const words = 'Hej <at>Kim</at> och <at>Bo</at>, men inte <at>Eva</at>';
    const { blocks, text: spoken } = toMessage(card([text(words)], { msteams: { entities } }));
    expect(blocks).toEqual([section('Hej <@U012ABCDEF> och Bo Alm, men inte &lt;at&gt;Eva&lt;/at&gt;')]);
    expect(spoken).toContain('Hej Kim Ek och Bo Alm');
    const bold = toMessage(card([text(`**${words.slice(0, 16)}**`)], { msteams: { entities } })).blocks;
    expect(bold).toEqual([
      rich(
        { type: 'text', text: 'Hej ', style: { bold: true } },
        { type: 'user', user_id: 'U012ABCDEF', style: { bold: true } },
      ),
    ]);
    // Nobody's own words make one: without the card's own list, and in a run, it is text.
    const literal = toMessage(card([{ type: 'RichTextBlock', inlines: ['<at>Kim</at>'] }], { msteams: { entities } }));
    expect(JSON.stringify(literal.blocks)).not.toContain('U012ABCDEF');
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
