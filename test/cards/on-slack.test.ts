/** The same cards as Slack shows them: nothing that a person would miss is lost. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isHarmless, toMessage, toModal } from '../../src/adapters/slack/convert/convert.ts';
import { cardNames, renderCard } from '../../src/cards/cards.ts';
import type { CardName, LevelCounts, Models } from '../../src/cards/models.ts';
import { languages } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { sampleOf } from './samples.ts';

const pages: CardName[] = [
  'rating-page',
  'status-page',
  'fix-page',
  'plan-fix',
  'round-page',
  'extend-page',
  'people-page',
  'snooze-page',
];

function lossesOf(name: CardName, card: Card): string[] {
  const { losses } = pages.includes(name) ? toModal(card, { callbackId: name }) : toMessage(card);
  return losses.filter((loss) => !isHarmless(loss)).map((loss) => `${loss.kind} ${loss.path} ${loss.what}`);
}

const catalogue = JSON.parse(
  readFileSync(new URL('../../src/library/catalogues/no-helsepersonell-48.json', import.meta.url), 'utf8'),
) as { items: { names: { nb: string } }[] };
const names = catalogue.items.map((item) => item.names.nb);
const many = <T>(item: T | undefined, count: number): T[] => Array.from({ length: count }, () => item as T);

const counts: LevelCounts = {
  surplus: 1,
  sustainable: 3,
  vulnerable: 4,
  shortage: 5,
  cannotAssess: 2,
  notWithUs: 1,
  n: 13,
  median: 'vulnerable',
  spread: 1,
};

/** As long as each card gets in a large group. */
const long: Partial<{ [N in CardName]: Models[N] }> = {
  summary: {
    ...sampleOf('summary'),
    items: names.map((name) => ({ name, critical: true, now: counts, coming: counts })),
  },
  receipt: {
    ...sampleOf('receipt'),
    items: names.map((name) => ({
      name,
      now: 'vulnerable',
      coming: 'shortage',
      comment: 'Många går i pension. '.repeat(9),
    })),
  },
  plan: { group: 'G', activities: many(sampleOf('plan').activities[1], 15) },
  'status-list': {
    ...sampleOf('status-list'),
    mine: many(sampleOf('status-list').mine[1], 7),
    unreached: many(sampleOf('status-list').unreached[0], 1),
  },
  surveys: { ...sampleOf('surveys'), surveys: many(sampleOf('surveys').surveys[1], 8) },
  home: {
    ...sampleOf('home'),
    surveys: many(sampleOf('home').surveys[0], 50),
    mine: many(sampleOf('home').mine[0], 50),
  },
  digest: { ...sampleOf('digest'), changes: many(sampleOf('digest').changes[4], 100) },
  'rating-page': {
    ...sampleOf('rating-page'),
    items: names.slice(0, 8).map((name, index) => ({ key: `role-${index}`, name, now: '', coming: '', comment: '' })),
    errors: Object.fromEntries(names.slice(0, 8).map((_, index) => [`now:role-${index}`, 'missing-level'])),
  },
};

describe.each(languages)('in %s', (language) => {
  it.each(cardNames)('%s loses nothing', (name) => {
    expect(lossesOf(name, renderCard(name, sampleOf(name) as never, language))).toEqual([]);
  });

  it.each(Object.keys(long) as CardName[])('%s loses nothing when it is long', (name) => {
    expect(lossesOf(name, renderCard(name, long[name] as never, language))).toEqual([]);
  });
});
