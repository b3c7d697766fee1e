import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepComment } from '../../../src/domain/rating/comment.ts';

const kept = (raw: string) => keepComment(raw, 1000).text;

describe('a comment as it is kept', () => {
  it.each([
    ['plain text', 'Få sökande', 'Få sökande'],
    ['space around', ' \n Få sökande\t ', 'Få sökande'],
    ['a letter in two parts', 'La\u0308kare', 'Läkare'],
    ['NUL and other controls', 'a\u0000b\u0007c\u007fd', 'abcd'],
    ['half a character', 'a\ud83db\udc00', 'ab'],
    ['a whole emoji', 'bra 👍🏽', 'bra 👍🏽'],
    ['line breaks of three kinds', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['nothing but space', ' \u00a0\u3000 ', ''],
    ['nothing visible', '\u200b\u2060\u0000\u202e', ''],
    ['one mark', '!', '!'],
    ['an override left open', 'a\u202eb', 'a\u202eb\u202c'],
    ['an override closed', 'a\u202eb\u202cc', 'a\u202eb\u202cc'],
    ['open marks on two lines', '\u2067a\nb\u202dc', '\u2067a\u2069\nb\u202dc\u202c'],
    ['an isolate that ends what was opened in it', '\u2067\u202ea\u2069', '\u2067\u202ea\u2069'],
    ['a card link', '[x](https://example.org) <@U1>', '[x](https://example.org) <@U1>'],
  ])('%s', (_, raw, text) => {
    expect(kept(raw)).toBe(text);
  });

  it('counts characters, not code units', () => {
    expect(keepComment('👍'.repeat(10), 10)).toEqual({
      text: '👍'.repeat(10),
      tooLong: false,
    });
    expect(keepComment('👍'.repeat(11), 10)).toEqual({
      text: '👍'.repeat(10),
      tooLong: true,
    });
  });

  it('does not keep megabytes', () => {
    expect(keepComment('x'.repeat(2_000_000), 1000)).toEqual({
      text: 'x'.repeat(1000),
      tooLong: true,
    });
  });

  const nasty = fc.string({
    unit: fc.constantFrom(
      'a',
      'ö',
      ' ',
      '\n',
      '\r',
      '👍',
      '\ud83d',
      '\u0308',
      '\u0000',
      '\u202e',
      '\u202c',
      '\u2067',
      '\u2069',
      '\u200b',
    ),
    maxLength: 60,
  });
  it('never exceeds the limit, is well formed, and is kept as it is the second time', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 20 }), (raw, max) => {
        const { text } = keepComment(raw, max);
        expect([...text].length).toBeLessThanOrEqual(max);
        expect(text.isWellFormed()).toBe(true);
        expect(keepComment(text, max)).toEqual({ text, tooLong: false });
      }),
      { numRuns: 500 },
    );
  });
});
