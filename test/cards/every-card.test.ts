/** Every card in every language, with its sample: what the schema says, and what a person needs. */

import { describe, expect, it } from 'vitest';
import { cardNames, renderCard } from '../../src/cards/cards.ts';
import type { CardName } from '../../src/cards/models.ts';
import { languages } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { objectionsTo } from './adaptive-cards.ts';
import { actionsOf, filesWith, nodesOf, ofType, sampleOf } from './samples.ts';

/** Pages hold inputs and are opened by a button; the others are messages and hold none. */
const pages: CardName[] = [
  'rating-page',
  'status-page',
  'fix-page',
  'plan-fix',
  'round-page',
  'extend-page',
  'people-page',
  'snooze-page',
  'sending-page',
  'council-page',
  'members-page',
];
const opensPage = [
  'rate.open',
  'status.more',
  'fix.open',
  'draft.fix',
  'draft.details',
  'round.new',
  'round.edit',
  'round.change',
  'steer.date',
  'steer.person',
  'me.later',
  'group.sending',
  'group.council',
  'group.lines',
  'admin.person',
];

const slackTitle = 24;
const slackButton = 75;

const hasWord = (text: unknown) => typeof text === 'string' && /\p{L}{2}/u.test(text);

it('has a template, a sample and a view for each name', () => {
  const templates = filesWith('.json').filter((name) => !name.endsWith('.data'));
  expect(templates.toSorted()).toEqual(cardNames.toSorted());
  expect(filesWith('.data.json').toSorted()).toEqual(cardNames.toSorted());
});

it('judges: an unknown member, a wrong element and an input without id are objected to', () => {
  const bad = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'a', txt: 'b' }, { type: 'X' }],
  } as Card;
  expect(objectionsTo(bad)).toEqual([
    expect.stringContaining('"X"'),
    'card.body[0].txt is not kept',
    expect.anything(),
  ]);
  expect(objectionsTo({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Input.Text' }] })).not.toEqual([]);
});

describe.each(cardNames)('%s', (name) => {
  describe.each(languages)('in %s', (language) => {
    const card = renderCard(name, sampleOf(name) as never, language);

    it('is a valid Adaptive Card 1.5', () => {
      expect(card.version).toBe('1.5');
      expect(objectionsTo(card)).toEqual([]);
    });

    it('can be read by a screen reader', () => {
      expect(card.lang).toBe(language);
      expect(hasWord(card.fallbackText)).toBe(true);
      expect(card.speak).toBe(card.fallbackText);
      expect((card.body as { style: string }[])[0]?.style).toBe('heading');
      for (const input of ofType(card, /^Input\./)) expect(hasWord(input.label), `label of ${input.id}`).toBe(true);
      for (const image of ofType(card, /^Image$/)) expect(hasWord(image.altText)).toBe(true);
      for (const text of ofType(card, /^TextBlock$/)) expect(text.wrap).toBe(true);
    });

    it('tells nothing by colour alone', () => {
      const coloured = nodesOf(card).filter(
        (node) => node.color || ['attention', 'warning', 'good'].includes(`${node.style}`),
      );
      for (const node of coloured) {
        const texts = ofType(node, /^Text/).map((text) => text.text);
        expect(
          texts.every((text) => hasWord(text) && /[⚠◆●▲■]/.test(`${text}`)),
          JSON.stringify(node),
        ).toBe(true);
      }
    });

    it('has actions that old clients and both platforms can carry', () => {
      expect(JSON.stringify(card)).not.toContain('Action.ShowCard');
      for (const action of actionsOf(card)) {
        expect(`${action.title}`.length).toBeLessThanOrEqual(slackButton);
        expect(hasWord(action.title)).toBe(true);
        if (action.type === 'Action.OpenUrl') continue;
        expect(action.type).toBe('Action.Execute');
        const data = action.data as Record<string, unknown>;
        expect(Object.values(data).every((value) => typeof value === 'string')).toBe(true);
        expect(action.fallback).toEqual({
          type: 'Action.Submit',
          title: action.title,
          data: { ...data, verb: action.verb },
          ...(action.style ? { style: action.style } : {}),
          // Whoever goes back need not have filled in anything.
          ...(data.leaves && action.associatedInputs ? { associatedInputs: 'none' } : {}),
        });
        expect(data.dialog).toBe(opensPage.includes(`${action.verb}`) ? '1' : undefined);
      }
    });

    it('has inputs only where it is a page, each with its own id', () => {
      const ids = ofType(card, /^Input\./).map((input) => input.id);
      expect(ids.length > 0).toBe(pages.includes(name));
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
});

describe.each(languages)('the heading of a page in %s', (language) => {
  it.each(pages)('%s fits the title of a Slack modal', (name) => {
    const [heading] = ofType(renderCard(name, sampleOf(name) as never, language), /^TextBlock$/);
    expect(`${heading?.text}`.length).toBeLessThanOrEqual(slackTitle);
  });
});

it.each([true, false])('lets whoever puts something off do so without a day of their own (away: %s)', (isAway) => {
  const card = renderCard('snooze-page', { ...sampleOf('snooze-page'), isAway }, 'sv');
  const inputs = ofType(card, /^Input\./);
  expect(inputs.map(({ id }) => id)).toContain('until');
  expect(inputs.filter(({ isRequired }) => isRequired)).toEqual([]);
});

it.each(['summary', 'approve'] as const)('says of a survey that nobody answered only that (%s)', (name) => {
  const words = (submitted: number) => JSON.stringify(renderCard(name, { ...sampleOf(name), submitted }, 'sv').body);
  const nobody = 'Ingen har svarat, så det finns inget resultat att visa.';
  expect(words(0)).toContain(nobody);
  for (const said of ['Kritiska roller', 'räknas som kritisk', 'Övriga roller']) {
    expect(words(0)).not.toContain(said);
    expect(words(9)).toContain(said);
  }
  expect(words(9)).not.toContain(nobody);
});
