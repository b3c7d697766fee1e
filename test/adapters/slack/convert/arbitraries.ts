/** Cards at random: JSON of any shape with the schema's own words in it, and cards as somebody might write them. */

import fc from 'fast-check';

export type Plausible = Record<string, unknown>;

const nasty = [
  '<!channel>',
  '<!here> <@U1> <#C1>',
  '<https://evil.example|bank>',
  '[x](http://evil.example) [y](javascript:alert(1)) ![](https://evil.example/t.png)',
  '*b* _i_ ~s~ `c` ```d```',
  '**b** __i__ ***bi*** **half',
  '&#60;at&#62; &amp; &lt;',
  '${secret} {{DATE(2022-11-07T22:59:00Z, LONG)}} {{TIME(nonsense)}}',
  '> quoted\n- list\n1. one',
  ':tada: :custom_emoji:',
  '🧑‍⚕️ Sjuksköterska – å ä ö',
  '\\*\\_\\[x\\]\\(y\\)',
  '[[[[[[((((((******______',
  '\u202eevil \u0000 \ud800',
];

export const words = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...nasty), { maxLength: 5 }).map((all) => all.join(' ')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('ord ', 'å', '&', '<b> ', '🧑‍⚕️'), fc.integer({ min: 1, max: 5_000 }))
      .map(([part, times]) => part.repeat(times)),
  },
);

const keys = [
  'type',
  'text',
  'body',
  'actions',
  'items',
  'columns',
  'rows',
  'cells',
  'facts',
  'title',
  'value',
  'inlines',
  'url',
  'altText',
  'images',
  'id',
  'label',
  'choices',
  'fallback',
  'requires',
  'isVisible',
  'style',
  'size',
  'color',
  'verb',
  'data',
  'card',
  'targetElements',
  'selectAction',
  'separator',
  'isMultiSelect',
  'maxLength',
  'min',
  'max',
  '__proto__',
  'fallbackText',
  'speak',
  'lang',
  'placeholder',
  'valueOn',
  'valueOff',
  'weight',
  'isRequired',
];
const types = [
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'ColumnSet',
  'Column',
  'Container',
  'Table',
  'TableRow',
  'TableCell',
  'Image',
  'ImageSet',
  'ActionSet',
  'Input.Text',
  'Input.ChoiceSet',
  'Input.Toggle',
  'Input.Date',
  'Input.Time',
  'Input.Number',
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Action.ToggleVisibility',
  'Input.Rating',
  'Media',
  'wibble',
];
const leaf = fc.oneof(
  words,
  fc.constantFrom(
    ...types,
    'heading',
    'expanded',
    'drop',
    'Attention',
    'Large',
    'https://example.org/a.png',
    '2022-10-12',
  ),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);

/** Any JSON at all, mostly in the shape of a card. */
export const anyJson = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 6, withCrossShrink: true }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('node'), { maxLength: 6 }),
  object: fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 8 }),
})).node;

const id = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.constantFrom('now:r1', 'a#2', '__proto__', 'x'.repeat(250)),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const clean = (value: object): Plausible =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
const made = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape).map(clean);
const is = (type: string) => fc.constant(type);
const flag = maybe(fc.boolean());

const choice = made({ title: words, value: fc.string({ maxLength: 80 }) });
const look = {
  isVisible: fc.constantFrom(undefined, undefined, undefined, false),
  separator: flag,
  spacing: maybe(fc.constantFrom('None', 'Large')),
  id: maybe(id),
};
const textBlock = made({
  type: is('TextBlock'),
  text: words,
  size: maybe(fc.constantFrom('Small', 'Medium', 'Large', 'ExtraLarge')),
  style: maybe(fc.constantFrom('heading', 'default')),
  weight: maybe(fc.constantFrom('Bolder', 'Lighter')),
  color: maybe(fc.constantFrom('Good', 'Warning', 'Attention', 'Accent')),
  isSubtle: flag,
  ...look,
});
const richTextBlock = made({
  type: is('RichTextBlock'),
  inlines: fc.array(
    fc.oneof(
      words,
      made({ type: is('TextRun'), text: words, weight: maybe(is('Bolder')), italic: flag, underline: flag }),
    ),
    { maxLength: 5 },
  ),
  ...look,
});
const factSet = made({
  type: is('FactSet'),
  facts: fc.array(made({ title: words, value: words }), { maxLength: 25 }),
  ...look,
});
const picture = made({
  type: is('Image'),
  url: fc.constantFrom(
    'https://example.org/a.png',
    'http://example.org/b.png',
    'data:image/png;base64,AAAA',
    'https://10.0.0.1/c',
  ),
  altText: maybe(words),
});
const input = fc.oneof(
  made({
    type: is('Input.Text'),
    id,
    label: maybe(words),
    value: maybe(words),
    isMultiline: flag,
    maxLength: maybe(fc.integer({ min: -1, max: 9_000 })),
    style: maybe(fc.constantFrom('email', 'url', 'tel')),
    regex: maybe(is('^a+$')),
    placeholder: maybe(words),
    isRequired: flag,
  }),
  made({
    type: is('Input.ChoiceSet'),
    id,
    label: maybe(words),
    choices: fc.array(choice, { maxLength: 130, size: 'max' }),
    style: maybe(fc.constantFrom('expanded', 'compact', 'filtered')),
    isMultiSelect: flag,
    value: maybe(fc.string()),
    placeholder: maybe(words),
  }),
  made({
    type: is('Input.Toggle'),
    id,
    title: words,
    valueOn: maybe(words),
    valueOff: maybe(words),
    value: maybe(words),
  }),
  made({
    type: fc.constantFrom('Input.Date', 'Input.Time'),
    id,
    label: maybe(words),
    value: maybe(fc.constantFrom('2022-10-12', '2022-02-31', '09:00', '9', '25:00')),
    min: maybe(is('2022-01-01')),
  }),
  made({
    type: is('Input.Number'),
    id,
    label: maybe(words),
    value: maybe(fc.double()),
    min: maybe(fc.integer()),
    max: maybe(fc.integer()),
  }),
);

const parts = fc.letrec<{
  element: Plausible;
  container: Plausible;
  columnSet: Plausible;
  table: Plausible;
  action: Plausible;
}>((tie) => ({
  element: fc.oneof(
    { maxDepth: 4 },
    textBlock,
    textBlock,
    richTextBlock,
    factSet,
    picture,
    input,
    made({ type: is('ImageSet'), images: fc.array(picture, { maxLength: 12 }) }),
    tie('container'),
    tie('columnSet'),
    tie('table'),
    made({ type: is('ActionSet'), actions: fc.array(tie('action'), { maxLength: 6 }) }),
    made({
      type: is('Media'),
      fallback: maybe(fc.oneof(is('drop'), textBlock)),
      requires: maybe(fc.constant({ wibble: '1' })),
    }),
  ),
  container: made({
    type: is('Container'),
    items: fc.array(tie('element'), { maxLength: 8 }),
    style: maybe(fc.constantFrom('attention', 'warning', 'emphasis', 'accent')),
    ...look,
  }),
  columnSet: made({
    type: is('ColumnSet'),
    columns: fc.array(
      made({ type: is('Column'), items: fc.array(tie('element'), { maxLength: 3 }), width: maybe(is('auto')) }),
      { maxLength: 5 },
    ),
    ...look,
  }),
  table: made({
    type: is('Table'),
    rows: fc.array(
      made({
        type: is('TableRow'),
        cells: fc.array(
          made({ type: is('TableCell'), items: fc.array(fc.oneof(textBlock, richTextBlock), { maxLength: 2 }) }),
          { maxLength: 5 },
        ),
      }),
      { maxLength: 8 },
    ),
  }),
  action: fc.oneof(
    { maxDepth: 2 },
    made({
      type: fc.constantFrom('Action.Execute', 'Action.Submit'),
      title: words,
      verb: maybe(fc.string()),
      style: maybe(fc.constantFrom('positive', 'destructive')),
      data: maybe(fc.dictionary(fc.string(), words, { maxKeys: 3 })),
      associatedInputs: maybe(is('none')),
    }),
    made({
      type: is('Action.OpenUrl'),
      title: words,
      url: fc.constantFrom('https://example.org/x?a=1&b=2', 'javascript:alert(1)', 'mailto:a@example.org'),
    }),
    made({
      type: is('Action.ToggleVisibility'),
      title: words,
      targetElements: fc.array(fc.oneof(id, made({ elementId: id })), { maxLength: 3 }),
    }),
    made({
      type: is('Action.ShowCard'),
      title: words,
      card: made({ type: is('AdaptiveCard'), body: fc.array(tie('element'), { maxLength: 3 }) }),
    }),
  ),
}));

/** A card somebody might write, with everything the schema has in it. */
export const plausibleCard = made({
  type: is('AdaptiveCard'),
  version: is('1.5'),
  lang: maybe(fc.constantFrom('sv', 'fi', 'xx-nonsense-')),
  fallbackText: maybe(words),
  speak: maybe(words),
  body: fc.array(parts.element, { maxLength: 14 }),
  actions: maybe(fc.array(parts.action, { maxLength: 30, size: 'small' })),
});
