/** Long catalogues and long comments stay within what both platforms carry. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isHarmless, toMessage, toModal } from '../../src/adapters/slack/convert/convert.ts';
import { digestListModel } from '../../src/app/models/digest.ts';
import { rowsOnAPage } from '../../src/app/models/pages.ts';
import { summaryListModel } from '../../src/app/models/rating.ts';
import { activitiesOnAPage } from '../../src/app/take-command.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { DigestModel, LevelCounts, RatingItem, SummaryModel } from '../../src/cards/models.ts';
import { say } from '../../src/cards/words.ts';
import { languages } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { actionsOf, ofType, sampleOf } from './samples.ts';

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

const long = 'Kartlägga befintliga modeller i sjukvårdsregionen? '.repeat(10);
const eight = <T>(item: T): T[] => Array.from({ length: 8 }, () => item);

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
    for (const longest of [card, renderCard('approve', { ...sampleOf('approve'), ...model }, language)])
      expect(toMessage(longest).losses.filter((loss) => !isHarmless(loss))).toEqual([]);
  });

  it('a longer summary leads to all of it, and so does its approval; all of it is within 20 KB a page', () => {
    const many = Array.from({ length: 300 }, (_, n) => n);
    const critical = counts('split');
    const model: SummaryModel = {
      ...sampleOf('summary'),
      items: many.map((n) => ({ name: `${n} ${long}`, critical: n < 40, now: critical, coming: critical })),
      constituencies: many.map((n) => ({ name: `${n} ${long}`, invited: 20, submitted: 10 })),
    };
    const whole = say(language, 'summary.whole');
    for (const card of [
      renderCard('summary', model, language),
      renderCard('approve', { ...sampleOf('approve'), ...model }, language),
    ]) {
      expect(utf8(card)).toBeLessThanOrEqual(ours);
      expect(actionsOf(card).map(({ title }) => title)).toContain(whole);
      const { blocks, losses } = toMessage(card);
      expect(losses.filter((loss) => !isHarmless(loss))).toEqual([]);
      expect(JSON.stringify(blocks)).toContain(JSON.stringify(whole));
    }
    const titles = actionsOf(renderCard('summary', sampleOf('summary'), language));
    expect(titles).toEqual([]);
    for (let page = 1; page <= 30; page++) {
      const list = renderCard('summary-list', summaryListModel(model, page, false), language);
      expect(utf8(list)).toBeLessThanOrEqual(ours);
      expect(toModal(list, { callbackId: 'c' }).losses.filter((loss) => !isHarmless(loss))).toEqual([]);
    }
  });

  it.each([
    [18, long],
    [50, 'Kort'],
  ])('a digest of %i changes and nothing else is told whole', (count, text) => {
    const line = { what: 'date-moved' as const, activity: text, from: '2022-10-12', to: '2022-11-07' };
    const changes = Array.from({ length: count }, () => line);
    const nothing = { ahead: [], open: [], late: [], blocked: [], unowned: [] };
    const card = renderCard('digest', { ...sampleOf('digest'), ...nothing, changes }, language);
    expect(actionsOf(card)).toEqual([]);
    expect(utf8(card)).toBeLessThanOrEqual(ours);
    expect(toMessage(card).losses.filter((loss) => !isHarmless(loss))).toEqual([]);
  });

  it.each([long, 'Kort'])(
    'a digest of hundreds leads to all of it, and each page of that is within 20 KB (%#)',
    (text) => {
      const many = <T>(item: T): T[] => Array.from({ length: 300 }, () => item);
      const point = many({ activity: text, day: '2022-10-12', owners: text });
      const model: DigestModel = {
        ...sampleOf('digest'),
        changes: many({ what: 'status', activity: text, due: '2022-10-12', status: 'late', note: text }),
        ...{ ahead: point, late: point, blocked: point, unowned: point },
        open: many({ title: text, closes: '2022-10-12', invited: 3, submitted: 2 }),
      };
      const card = renderCard('digest', model, language);
      const { blocks, losses } = toMessage(card);
      expect(utf8(card)).toBeLessThanOrEqual(ours);
      expect(losses.filter((loss) => !isHarmless(loss))).toEqual([]);
      expect(JSON.stringify(blocks)).toContain(JSON.stringify(say(language, 'digest.whole')));
      for (let page = 1; page <= 90; page += 16) {
        const list = renderCard(
          'digest-list',
          digestListModel(model, Temporal.PlainDate.from('2022-10-12'), page),
          language,
        );
        expect(utf8(list)).toBeLessThanOrEqual(ours);
        expect(toModal(list, { callbackId: 'c' }).losses.filter((loss) => !isHarmless(loss))).toEqual([]);
      }
    },
  );

  it('a page of the plan names every activity, however much each says', () => {
    const days = Array.from({ length: 40 }, (_, n) => ({
      on: Temporal.PlainDate.from('2022-10-01').add({ days: n }).toString(),
    }));
    const activity = (n: number) => ({
      ...{
        key: `a${n}`,
        title: `${n} ${long}`,
        kind: 'task' as const,
        owners: eight(long),
        due: days,
        status: 'late' as const,
      },
    });
    const page = { ref: 'g', page: 2, pages: 3, count: 40 };
    for (const [rows, how] of [
      [activitiesOnAPage, { read: page }],
      [rowsOnAPage, { steer: page }],
    ] as const) {
      const activities = Array.from({ length: rows }, (_, n) => activity(n));
      const card = renderCard('plan', { group: 'G', activities, ...how }, language);
      for (const { title } of activities) expect(JSON.stringify(card)).toContain(title.slice(0, 40));
      expect(utf8(card)).toBeLessThanOrEqual(ours);
      expect(toMessage(card).losses.filter((loss) => !isHarmless(loss))).toEqual([]);
    }
  });

  it('a page of a timetable in which everything is to be set right is within 20 KB', () => {
    const sample = sampleOf('plan-review');
    const [, , , last] = sample.rows;
    const remedies = ['a', 'b'].map((key) => ({
      ...{ id: `name:${key.repeat(40)}:${long.slice(0, 20)}`, what: 'name' as const, written: long, name: long },
    }));
    const row = { ...(last as (typeof sample.rows)[number]), title: long, owners: [long], remedies };
    const rows = Array.from({ length: 6 }, () => ({ ...row, warnings: ['owner-left', 'unknown-owner'] as const }));
    const card = renderCard(
      'plan-review',
      { ...sample, rows: rows.map((one) => ({ ...one, warnings: [...one.warnings] })) },
      language,
    );
    expect(ofType(card, /^Action\.Execute$/).filter(({ verb }) => verb === 'draft.take')).toHaveLength(12);
    expect(utf8(card)).toBeLessThanOrEqual(ours);
  });

  it('a page of eight with the longest titles is within 20 KB', () => {
    const page = { page: 2, pages: 9 };
    const others = eight({ ref: 'g', name: long }).slice(0, 4);
    const mine = eight({ ref: 'kartlagga|2022-10-12', activity: long, due: '2022-10-12', status: null });
    const shown = { ref: 'g', count: 70, ...page };
    const lists = [
      renderCard('status-list', { group: 'G', late: 3, shown, others, mine, unreached: [] }, language),
      renderCard(
        'surveys',
        {
          ...{ count: 70, ...page },
          surveys: eight({
            ref: 'a1',
            group: long,
            title: long,
            closes: sampleOf('invitation').closes,
            state: 'draft',
          }),
        },
        language,
      ),
    ];
    for (const card of lists) {
      expect(utf8(card)).toBeLessThanOrEqual(ours);
      expect(ofType(card, /^Action\.Execute$/).map(({ verb }) => verb)).toContainEqual(expect.stringMatching(/show$/));
    }
  });
});
