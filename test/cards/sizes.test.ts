/** Long catalogues and long comments stay within what both platforms carry. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../src/cards/cards.ts';
import type { LevelCounts, RatingItem, SummaryModel } from '../../src/cards/models.ts';
import { languages } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { ofType, sampleOf } from './samples.ts';

const utf8 = (card: Card) => Buffer.byteLength(JSON.stringify(card));
const utf16 = (card: Card) => JSON.stringify(card).length * 2;
const ours = 20 * 1024;
const teams = 80 * 1024;

const catalogue = JSON.parse(
  readFileSync(new URL('../../src/library/catalogues/no-helsepersonell-48.json', import.meta.url), 'utf8'),
) as { items: { key: string; names: { nb: string } }[] };
const names = catalogue.items.map((item) => item.names.nb);
const longComment = 'Många går i pension, och åtgärderna räcker inte på länge än. '.repeat(20).slice(0, 1000);

const counts = (median: LevelCounts['median']): LevelCounts => ({
  surplus: 12,
  sustainable: 34,
  vulnerable: 56,
  shortage: 78,
  cannotAssess: 9,
  notWithUs: 10,
  n: 180,
  median,
  spread: 2,
});

describe.each(languages)('in %s', (language) => {
  const rated = (many: number, comment: string) => ({
    ...sampleOf('rating-page'),
    errors: Object.fromEntries(
      catalogue.items.slice(0, many).map((item) => [`comment:${item.key}`, 'missing-comment' as const]),
    ),
    items: catalogue.items.slice(0, many).map(
      (item): RatingItem => ({
        key: item.key,
        name: item.names.nb,
        now: 'not-with-us',
        coming: 'vulnerable',
        comment,
      }),
    ),
  });

  it('a page of eight roles with an error at each is within 20 KB', () => {
    const card = renderCard('rating-page', rated(8, ''), language);
    expect(ofType(card, /^Input\./)).toHaveLength(24);
    expect(utf8(card)).toBeLessThanOrEqual(ours);
  });

  it('a page with every comment at its longest: six roles within 20 KB, eight within what Teams takes', () => {
    expect(utf8(renderCard('rating-page', { ...rated(6, longComment), errors: {} }, language))).toBeLessThanOrEqual(
      ours,
    );
    expect(utf16(renderCard('rating-page', rated(8, longComment), language))).toBeLessThanOrEqual(teams);
  });

  it.each(['', 'Kort.', longComment])('a receipt of 33 roles shows each of them (comment of %#)', (comment) => {
    const items = names.map((name) => ({ name, now: 'not-with-us' as const, coming: 'vulnerable' as const, comment }));
    const card = renderCard('receipt', { ...sampleOf('receipt'), items }, language);
    const runs = ofType(card, /^TextRun$/).map((run) => run.text);
    for (const name of names) expect(runs).toContain(name);
    expect(utf8(card)).toBeLessThanOrEqual(ours);
    expect(utf16(card)).toBeLessThanOrEqual(teams);
  });

  it.each([true, false])('a summary of 33 roles names each of them (critical: %s)', (critical) => {
    const model: SummaryModel = {
      ...sampleOf('summary'),
      items: names.map((name) => ({ name, critical, now: counts('vulnerable'), coming: counts('split') })),
      constituencies: names.map((name) => ({ name, invited: 20, submitted: 10 })),
    };
    const card = renderCard('summary', model, language);
    const runs = ofType(card, /^TextRun$/).map((run) => `${run.text}`);
    for (const name of names) expect(runs.some((run) => run.startsWith(name))).toBe(true);
    expect(utf8(card)).toBeLessThanOrEqual(ours);
  });

  it('a plan, a digest and lists of hundreds say how many more there are', () => {
    const long = 'Kartlägga befintliga modeller i sjukvårdsregionen? '.repeat(10);
    const many = <T>(item: T): T[] => Array.from({ length: 300 }, () => item);
    const due = [{ from: '2022-10-12', to: '2022-11-07' }, { on: '2022-12-13' }];
    const lists = [
      renderCard(
        'plan',
        { group: 'G', activities: many({ title: long, kind: 'task', owners: many('Tove Alm'), due, status: 'late' }) },
        language,
      ),
      renderCard(
        'digest',
        {
          ...sampleOf('digest'),
          changes: many({ what: 'status', activity: long, due: '2022-10-12', status: 'late', note: long }),
          ahead: many({ activity: long, day: '2022-10-12', owners: long }),
          open: many({ title: long, closes: '2022-10-12', invited: 3, submitted: 2 }),
        },
        language,
      ),
      renderCard(
        'status-list',
        {
          group: 'G',
          late: 3,
          mine: many({ ref: 'kartlagga|2022-10-12', activity: long, due: '2022-10-12', status: null }),
          unreached: many({ name: 'Tove Alm', reason: 'not-installed' }),
        },
        language,
      ),
      renderCard(
        'surveys',
        {
          surveys: many({ ref: 'a1', group: long, title: long, closes: sampleOf('invitation').closes, state: 'draft' }),
        },
        language,
      ),
    ];
    for (const card of lists) {
      expect(utf8(card)).toBeLessThanOrEqual(ours);
      expect(JSON.stringify(card)).toMatch(/… (och|og|and|ja) \d+/);
    }
  });
});
