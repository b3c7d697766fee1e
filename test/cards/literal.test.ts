/** People's own text is shown as it was written; the same card for many is the same card. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardNames, prepareCard, renderCard } from '../../src/cards/cards.ts';
import type { CardName, Models } from '../../src/cards/models.ts';
import { renderAnew } from '../../src/cards/render.ts';
import { clip, isPlain, literal } from '../../src/cards/text.ts';
import { languages } from '../../src/domain/group.ts';
import { nodesOf, ofType, sampleOf } from './samples.ts';

const nasty =
  '**fet** [länk](https://x.test) <at>Alla</at> ${group} {{DATE(2022-10-12T09:00:00Z)}} # {person} \\ " <b>';

/** Members of models that hold what somebody wrote. */
const written = new Set('group person name title activity comment note by text owner owners unknownOwners'.split(' '));

function withNasty<T>(model: T, inWritten = false): T {
  if (typeof model === 'string') return (inWritten && model !== 'all' && model !== '' ? nasty : model) as T;
  if (Array.isArray(model)) return model.map((item) => withNasty(item, inWritten)) as T;
  if (model === null || typeof model !== 'object') return model;
  const entries = Object.entries(model).map(([member, value]) => [member, withNasty(value, written.has(member))]);
  return Object.fromEntries(entries) as T;
}

describe.each(cardNames)('%s with text that tries to be more than text', (name) => {
  const card = renderCard(name, withNasty(sampleOf(name)) as never, 'sv');
  const read = JSON.stringify(card, (member, value) => (member === 'data' || member === 'value' ? undefined : value));

  it('shows it as it was written, in runs that know no formatting', () => {
    const runs = ofType(card, /^TextRun$/).map((run) => `${run.text}`.replaceAll('\u2060', ''));
    expect(runs.some((run) => run.includes(nasty.slice(0, 55)))).toBe(true);
    for (const block of ofType(card, /^(TextBlock|Fact)$/)) expect(block.text).not.toContain('**fet**');
    expect(nodesOf(card).some((node) => 'facts' in node)).toBe(false);
  });

  it('lets no date macro and no mention through', () => {
    expect(read).not.toMatch(/\{\{/);
    expect(read).not.toMatch(/<\/?at\b/i);
  });
});

it('keeps a typed comment in its input to the letter', () => {
  const page = withNasty(sampleOf('rating-page'));
  const [comment] = ofType(renderCard('rating-page', page, 'sv'), /^Input\.Text$/).filter((input) => input.value);
  expect(comment?.value).toBe(nasty);
});

it('turns no reading direction', () => {
  expect(literal('a\u202eb\u2066c')).toBe('abc');
});

it('clips between characters', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('abcd', 3)).toBe('ab…');
  expect(clip('a😀bc', 3)).toBe('a…');
});

it('makes a heading only of what is plain', () => {
  expect(isPlain('Enkäten är stängd')).toBe(true);
  expect(isPlain('**x**')).toBe(false);
  const [heading] = ofType(renderCard('notice', { title: '*x*', text: 'y' }, 'en'), /^TextBlock$/);
  expect(heading?.text).toBe('Notice');
});

describe('a card prepared for many', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant(nasty),
    fc.constant('\ue0000.0{{\ue001'),
    fc.constant(''),
  );

  function same<N extends CardName>(name: N, personal: readonly Extract<keyof Models[N], 'ref' | 'person'>[]) {
    const shared = sampleOf(name);
    for (const language of languages) {
      const fill = prepareCard(name, shared, language, personal);
      const check = (values: string[]) => {
        const own = Object.fromEntries(personal.map((field, index) => [field, values[index]])) as Record<
          (typeof personal)[number],
          string
        >;
        expect(JSON.parse(fill(own))).toEqual(
          JSON.parse(JSON.stringify(renderAnew(name, { ...shared, ...own }, language))),
        );
      };
      fc.assert(fc.property(fc.array(text, { minLength: personal.length, maxLength: personal.length }), check), {
        numRuns: 60,
      });
    }
  }

  it('is the card each would have got: invitation', () => same('invitation', ['ref', 'person']));
  it('is the card each would have got: reminder', () => same('reminder', ['person', 'ref']));
  it('is the card each would have got: welcome', () => same('welcome', ['person']));
  it('is the card each would have got: status', () => same('status', ['ref']));
  it('is the card each would have got: rating page', () => same('rating-page', ['ref']));

  it('is not fooled by shared text that looks like a placeholder', () => {
    const shared = { ...sampleOf('invitation'), group: '\ue0000.0{{\ue001', title: '\ue0001.1{{\ue001' };
    const fill = prepareCard('invitation', shared, 'sv', ['ref', 'person']);
    const own = { ref: 'r', person: 'p' };
    expect(JSON.parse(fill(own))).toEqual(
      JSON.parse(JSON.stringify(renderAnew('invitation', { ...shared, ...own }, 'sv'))),
    );
  });

  it('is what renderCard gives without being asked', () => {
    const shared = sampleOf('reminder');
    const check = (ref: string, person: string, answered: number) => {
      const model = { ...shared, ref, person, answered };
      expect(renderCard('reminder', model, 'nb')).toEqual(
        JSON.parse(JSON.stringify(renderAnew('reminder', model, 'nb'))),
      );
    };
    fc.assert(fc.property(text, text, fc.integer({ min: 0, max: 200 }), check), { numRuns: 200 });
  });
});
