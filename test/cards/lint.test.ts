/** Every card and every page in every language: within both platforms' limits, and for everybody. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardNames, renderCard } from '../../src/cards/cards.ts';
import type { CardName, Models } from '../../src/cards/models.ts';
import { galleryPage } from '../../src/cli/gallery/page.ts';
import { languages } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { barriers, limits, refusedBySlack, strayErrors, tooLong } from './lint.ts';
import { ofType, sampleOf } from './samples.ts';

const long =
  'Kartläggning av befintliga modeller för karriärvägar i sjukvårdsregionens kommuner och regioner, etapp två. ';

/** People's own words three times as long as anybody should write; what a machine reads stays. */
function lengthened<T>(name: CardName, value: T): T {
  return JSON.parse(JSON.stringify(value), (key, one: unknown) =>
    key !== 'zone' && !(name === 'notice' && key === 'title') && typeof one === 'string' && /^\p{Lu}.*\p{Ll}/u.test(one)
      ? `${one} ${long.repeat(3)}`.slice(0, 320)
      : one,
  );
}
const render = (name: CardName, model: unknown, language: (typeof languages)[number]) =>
  renderCard(name, model as never, language);

describe.each(languages)('in %s', (language) => {
  describe.each(cardNames)('%s', (name) => {
    const card = () => render(name, sampleOf(name), language);
    const stretched = () => render(name, lengthened(name, sampleOf(name)), language);

    it('fits: buttons, headings, labels, placeholders, choices', () => {
      expect(tooLong(card())).toEqual([]);
      expect(refusedBySlack(card())).toEqual([]);
    });

    it('fits also when people write at length', () => {
      expect(tooLong(stretched())).toEqual([]);
      expect(refusedBySlack(stretched())).toEqual([]);
    });

    it('is for everybody', () => {
      expect(barriers(card(), language)).toEqual([]);
      expect(barriers(stretched(), language)).toEqual([]);
    });
  });

  const ratings = sampleOf('rating-page').items.map(({ key }) => key);
  type Errors<N extends CardName> = Models[N] extends { errors: infer E } ? E : never;
  const wrong: { name: CardName; model: { errors: Record<string, string> } }[] = [
    ...(['missing-level', 'unknown-level', 'missing-comment', 'too-long'] as const).map((code) => ({
      name: 'rating-page' as const,
      model: {
        ...sampleOf('rating-page'),
        errors: Object.fromEntries(
          ratings.map((key) => [
            `${code === 'missing-comment' || code === 'too-long' ? 'comment' : 'now'}:${key}`,
            code,
          ]),
        ) as Errors<'rating-page'>,
      },
    })),
    {
      name: 'status-page',
      model: {
        ...sampleOf('status-page'),
        errors: { status: 'missing-status', note: 'too-long', newDate: 'bad-date', handTo: 'unknown-person' },
      },
    },
    { name: 'status-page', model: { ...sampleOf('status-page'), errors: { newDate: 'past-date' } } },
    { name: 'fix-page', model: { ...sampleOf('fix-page'), errors: { owner: 'unknown-person', date: 'bad-date' } } },
    { name: 'fix-page', model: { ...sampleOf('fix-page'), errors: { date: 'past-date' } } },
    { name: 'rating-page', model: { ...sampleOf('rating-page'), errors: {} } },
  ];
  it.each(wrong)('$name tells each error in words, beside its input (%#)', ({ name, model }) => {
    const card = render(name, model, language);
    expect(strayErrors(card, Object.keys(model.errors))).toEqual([]);
    expect(barriers(card, language)).toEqual([]);
    expect([...tooLong(card), ...refusedBySlack(card)]).toEqual([]);
  });
});

describe('the lint itself', () => {
  const page: Card = {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: 'sv',
    fallbackText: 'Ord',
    speak: 'Ord',
    body: [
      { type: 'TextBlock', text: 'Rubrik', style: 'heading', wrap: true },
      { type: 'Input.Text', id: 'note', label: 'Kommentar' },
    ],
    actions: [{ type: 'Action.Execute', verb: 'x', title: 'Spara', style: 'positive' }],
  };
  const changed = (member: 'body' | 'actions', at: number, more: object): Card => ({
    ...page,
    [member]: (page[member] as object[]).map((one, index) => (index === at ? { ...one, ...more } : one)),
  });

  it('has nothing against a good page', () => {
    expect([...tooLong(page), ...refusedBySlack(page), ...barriers(page, 'sv'), ...strayErrors(page, [])]).toEqual([]);
  });

  it.each([
    ['a modal title', changed('body', 0, { text: 'x'.repeat(limits.modalTitle + 1) }), /^modalTitle of 25/],
    ['a heading', changed('body', 0, { text: 'x'.repeat(limits.heading + 1) }), /^heading of 151/],
    ['a button', changed('actions', 0, { title: 'x'.repeat(limits.button + 1), style: 'default' }), /^button of 76/],
    ['a submit', changed('actions', 0, { title: 'x'.repeat(limits.modalSubmit + 1) }), /^modalSubmit of 25/],
    ['a label', changed('body', 1, { label: 'x'.repeat(limits.label + 1) }), /^label of 2001/],
    ['a placeholder', changed('body', 1, { placeholder: 'x'.repeat(limits.placeholder + 1) }), /^placeholder of 151/],
    [
      'a choice',
      changed('body', 1, { choices: [{ title: 'x'.repeat(limits.choice + 1), value: 'x' }] }),
      /^choice of 76/,
    ],
  ])('finds %s that is too long by one', (_name, card, fault) => {
    expect(tooLong(card).some((one) => fault.test(one))).toBe(true);
  });

  it.each([
    ['another language', { ...page, lang: 'fi' }, 'lang is fi'],
    ['no words for a notification', { ...page, fallbackText: '' }, 'no fallbackText'],
    ['an input without a label', changed('body', 1, { label: '' }), 'note has no label'],
    ['a required input without error text', changed('body', 1, { isRequired: true }), 'note is required'],
    ['an image without words', changed('body', 0, { type: 'Image', url: 'https://example.org/a.png' }), 'no alt text'],
    ['a button without words', changed('actions', 0, { title: '→' }), 'a button without words'],
    ['colour alone', changed('body', 0, { color: 'Attention' }), 'says by colour alone'],
    ['a date that begins a list', changed('body', 0, { text: '12. oktober' }), 'reads as a numbered list'],
  ])('finds %s', (_name, card, fault) => {
    expect(barriers(card, 'sv').join()).toContain(fault);
  });

  it('finds an error that stands elsewhere, or is not told', () => {
    expect(strayErrors(page, ['note'])).toEqual(['note', '0 errors told, 2 expected']);
  });
});

describe('the pages in a browser', () => {
  const pages = {
    'the sandbox': readFileSync(new URL('../../src/sandbox/page/index.html', import.meta.url), 'utf8'),
    'the gallery': galleryPage([]),
  };
  it.each(Object.entries(pages))('%s has a language, a title, a heading and fits a phone', (_name, html) => {
    expect(html).toMatch(/<html lang="en">/);
    expect(html).toMatch(/<title>[^<]{4,}<\/title>/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('width=device-width');
    for (const image of html.match(/<img[^>]*>/g) ?? []) expect(image).toMatch(/\salt="/);
  });
});

it('every string that is a label, a button or a heading is looked at', () => {
  const seen = languages.flatMap((language) =>
    cardNames.flatMap((name) => ofType(render(name, sampleOf(name), language), /^(Input|Action)\./)),
  );
  expect(seen.length).toBeGreaterThan(400);
});
