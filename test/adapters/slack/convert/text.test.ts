import type { KnownBlock, RichTextElement } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHarmless, toMessage, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../../../src/ports/chat.ts';
import { selfLinking, unescaped } from './block-kit.ts';

const card = (body: unknown[]): Card => ({ type: 'AdaptiveCard', version: '1.5', body });

/** What a reader sees of blocks that hold text only: mrkdwn unescaped, everything else as it stands. */
function seen(blocks: KnownBlock[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'rich_text') {
        const runs = block.elements.flatMap((part) => part.elements as RichTextElement[]);
        return runs.map((run) => ('text' in run ? run.text : '?')).join('');
      }
      const object =
        block.type === 'section' || block.type === 'header'
          ? block.text
          : block.type === 'context'
            ? block.elements[0]
            : null;
      if (object === null || object === undefined || object.type === 'image') return '?';
      return object.type === 'plain_text'
        ? object.text
        : object.text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    })
    .join('');
}

/** True when Slack would do something with the text but show it. */
function active(blocks: KnownBlock[]): boolean {
  const json = JSON.stringify(blocks);
  if (/"type":"(?:link|user|usergroup|channel|broadcast|emoji|image|date)"/.test(json)) return true;
  if (/"style":\{/.test(json)) return true;
  return mrkdwnTexts(blocks).some(
    (text) => unescaped(text) || selfLinking(text) || /[*_~`<]|:[\w+'-]+:|(?:^|\n)\s*(?:>|&gt;)/.test(text),
  );
}

function mrkdwnTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnTexts)];
}

const attacks = [
  '<!channel>',
  '<!here>',
  '<@U1>',
  '<#C1>',
  '<https://evil.example|bank>',
  '<!date^1^{date}|x>',
  '*b*',
  '_i_',
  '~s~',
  '`c`',
  '```c```',
  '[x](http://evil.example)',
  '[x](https://evil.example)',
  '![](https://evil.example/t.png)',
  '&#60;!channel&#62;',
  '&lt;!channel&gt;',
  '${secret}',
  '> quote',
  ':custom_emoji:',
  '- list',
  'https://evil.example/track',
  '@channel',
  'a\n> b',
];
const markdownEscaped = (text: string) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&');

describe("people's own text", () => {
  it.each(attacks)('%s is shown literally', (attack) => {
    const places: Card[] = [
      card([{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: attack }] }]),
      card([{ type: 'RichTextBlock', inlines: [attack] }]),
      card([{ type: 'TextBlock', text: markdownEscaped(attack) }]),
      card([{ type: 'TextBlock', text: markdownEscaped(attack), isSubtle: true }]),
      card([{ type: 'TextBlock', text: markdownEscaped(attack), style: 'heading' }]),
    ];
    for (const each of places) {
      const { blocks, text } = toMessage(each);
      expect(seen(blocks).replace(/\s+/g, ' ')).toBe(attack.replace(/\s+/g, ' '));
      expect(active(blocks)).toBe(false);
      expect(unescaped(text)).toBe(false);
    }
  });

  it.each(attacks)('%s is shown literally in facts, columns, tables, labels and choices', (attack) => {
    const escaped = markdownEscaped(attack);
    const block = { type: 'TextBlock', text: escaped };
    const body = [
      { type: 'FactSet', facts: [{ title: 'x', value: escaped }] },
      { type: 'ColumnSet', columns: [{ items: [block] }, { items: [block] }] },
      { type: 'Table', rows: [{ cells: [{ items: [block] }] }] },
      { type: 'Input.Text', id: 'a', label: attack, value: attack },
      { type: 'Input.ChoiceSet', id: 'b', label: 'b', choices: [{ title: attack, value: 'b' }] },
    ];
    const modal = toModal(card(body), { callbackId: 'c' });
    const message = toMessage(card(body));
    for (const blocks of [modal.view.blocks as KnownBlock[], message.blocks]) {
      const texts = mrkdwnTexts(blocks).map((text) => text.replace(/^\*x\*\n/, ''));
      expect(texts.filter((text) => /[*_~`<]/.test(text))).toEqual([]);
      expect(JSON.stringify(blocks)).not.toMatch(/"type":"(?:link|broadcast|user|emoji)"/);
    }
    const field = (modal.view.blocks as KnownBlock[]).find((each) => each.type === 'input');
    expect(field?.element).toMatchObject({ initial_value: attack });
  });

  it('of any kind stays literal in a run and, escaped, in a text block', () => {
    const mess = fc
      .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'grapheme' })), { maxLength: 6 })
      .map((all) =>
        all
          .join(' ')
          .toWellFormed()
          .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
          .trim(),
      );
    fc.assert(
      fc.property(mess, (text) => {
        fc.pre(text !== '');
        for (const element of [
          { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] },
          { type: 'TextBlock', text: markdownEscaped(text) },
        ]) {
          const { blocks } = toMessage(card([element]));
          expect(seen(blocks)).toBe(text);
          expect(active(blocks)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a bar in the words of a link stays in them', () => {
    const { blocks } = toMessage(card([{ type: 'TextBlock', text: '[<!date^1^{date}|x> [x](https://evil.example)' }]));
    expect(mrkdwnTexts(blocks).filter(unescaped)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('<https://evil.example/|&lt;!date^1^{date}/x&gt; [x>');
  });

  it('unescaped in a template still makes no mention and no link but to https and mail', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...attacks), fc.string()), { maxLength: 6 }), (parts) => {
        const { blocks } = toMessage(card([{ type: 'TextBlock', text: parts.join(' ') }]));
        expect(mrkdwnTexts(blocks).filter(unescaped)).toEqual([]);
        expect(JSON.stringify(blocks)).not.toMatch(/"type":"(?:user|usergroup|channel|broadcast|emoji|image)"/);
        expect(JSON.stringify(blocks)).not.toMatch(/"url":"(?!https:|mailto:)/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Markdown', () => {
  const run = (text: string, ...styles: string[]) => ({
    type: 'text',
    text,
    ...(styles.length > 0 && { style: Object.fromEntries(styles.map((style) => [style, true])) }),
  });
  const parsed = (text: string) => {
    // A word with a tilde cannot be mrkdwn, so the runs themselves come out.
    const [block] = toMessage(card([{ type: 'TextBlock', text: `~ ${text}` }])).blocks;
    const part = block?.type === 'rich_text' ? block.elements[0] : undefined;
    const runs = part && 'elements' in part ? part.elements : [];
    return runs
      .map((each, index) => (index === 0 && 'text' in each ? { ...each, text: each.text?.slice(2) } : each))
      .filter((each) => !('text' in each) || each.text !== '');
  };
  it.each<[string, object[]]>([
    ['**a** b', [run('a', 'bold'), run(' b')]],
    ['__a__ b', [run('a', 'bold'), run(' b')]],
    ['*a* b', [run('a', 'italic'), run(' b')]],
    ['_a_ b', [run('a', 'italic'), run(' b')]],
    ['***a*** b', [run('a', 'bold', 'italic'), run(' b')]],
    ['**a _b_ c**', [run('a ', 'bold'), run('b', 'bold', 'italic'), run(' c', 'bold')]],
    ['**a', [run('**a')]],
    ['a * b * c', [run('a * b * c')]],
    ['se_a_b', [run('se_a_b')]],
    ['\\*a\\*', [run('*a*')]],
    ['**a\\*\\*b**', [run('a**b', 'bold')]],
    ['\\a', [run('\\a')]],
    ['[a](https://example.org)', [{ type: 'link', url: 'https://example.org/', text: 'a' }]],
    [
      '[**a** b](https://example.org)',
      [
        { type: 'link', url: 'https://example.org/', text: 'a', style: { bold: true } },
        { type: 'link', url: 'https://example.org/', text: ' b' },
      ],
    ],
    ['[a\\]b](https://example.org)', [{ type: 'link', url: 'https://example.org/', text: 'a]b' }]],
    ['[a](mailto:a@example.org)', [{ type: 'link', url: 'mailto:a@example.org', text: 'a' }]],
    ['[a](http://example.org)', [run('a')]],
    ['[a](javascript:alert)', [run('a')]],
    ['![a](https://example.org/t.png)', [run('a')]],
    ['[a](https://example.org/x|y)', [run('a')]],
    ['[a](https://example.org/<!channel>)', [run('a')]],
    ['[a] (b)', [run('[a] (b)')]],
  ])('%s', (text, runs) => {
    const found = parsed(text);
    // Neighbours of one style may be one run or several.
    expect(JSON.stringify(found)).toBe(JSON.stringify(runs));
  });

  it('says when a link is left out', () => {
    const { losses } = toMessage(card([{ type: 'TextBlock', text: '[a](http://example.org)' }]));
    expect(losses.filter((loss) => !isHarmless(loss))).toHaveLength(1);
  });
});

describe('dates', () => {
  const date = 'Senast {{DATE(2022-11-07T22:59:00Z, LONG)}} kl {{TIME(2022-11-07T22:59:00Z)}}';
  const stockholm = { locale: 'sv', timeZone: 'Europe/Stockholm' };
  it('are written by Slack in the reader’s zone, with words for where it cannot', () => {
    const { blocks, text } = toMessage(card([{ type: 'TextBlock', text: date }]), stockholm);
    expect(blocks).toEqual([
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: 'Senast <!date^1667861940^{date_long}|måndag 7 november 2022> kl <!date^1667861940^{time}|23:59>',
        },
      },
    ]);
    expect(text).toBe('Senast måndag 7 november 2022 kl 23:59');
  });
  it.each([
    ['sv', 'Europe/Stockholm', 'måndag 7 november 2022'],
    ['nb', 'Europe/Oslo', 'mandag 7. november 2022'],
    ['fi', 'Europe/Helsinki', 'tiistai 8. marraskuuta 2022'],
    ['en', 'UTC', 'Monday, November 7, 2022'],
    ['not-a-locale-', 'Not/AZone', 'Monday, November 7, 2022'],
  ])(
    'stand in a heading in the reader’s own zone, with words in %s for where they cannot',
    (locale, timeZone, words) => {
      const heading = { type: 'TextBlock', text: '{{DATE(2022-11-07T22:59:00Z, LONG)}}', style: 'heading' };
      const { blocks } = toMessage(card([heading]), { locale, timeZone });
      // A header is plain text, which would show everybody the date of one zone.
      expect(blocks).toEqual([
        { type: 'section', text: { type: 'mrkdwn', text: `*<!date^1667861940^{date_long}|${words}>*` } },
      ]);
    },
  );
  it('are never parted where a text is', () => {
    const macro = '{{DATE(2022-11-07T22:59:00Z, LONG)}}';
    fc.assert(
      fc.property(fc.integer({ min: 2_800, max: 3_000 }), (before) => {
        const { blocks } = toMessage(
          card([{ type: 'TextBlock', text: `${'a'.repeat(before)} ${macro} b` }]),
          stockholm,
        );
        expect(JSON.stringify(blocks).match(/<!date/g)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
  it('of no instant stay as they are', () => {
    const { blocks } = toMessage(
      card([{ type: 'TextBlock', text: '{{DATE(2022-13-45T22:59:00Z)}} {{DATE(x, LONG)}}' }]),
    );
    expect(seen(blocks)).toBe('{{DATE(2022-13-45T22:59:00Z)}} {{DATE(x, LONG)}}');
    expect(active(blocks)).toBe(false);
  });
  it('in a run are dates of rich text', () => {
    const { blocks } = toMessage(
      card([{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '{{DATE(2022-11-07T22:59:00Z, SHORT)}}' }] }]),
      stockholm,
    );
    expect(blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'date', timestamp: 1667861940, format: '{date_short}', fallback: 'mån 7 nov. 2022' }],
          },
        ],
      },
    ]);
  });
});
