/** The plan as a picture: drawn by the real renderer, with nothing cut, nothing loaded and nothing said by colour alone. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '../../src/adapters/picture/draw.ts';
import { toMessage } from '../../src/adapters/slack/convert/convert.ts';
import { pictureOf } from '../../src/app/models/plan-picture.ts';
import { renderCard } from '../../src/cards/cards.ts';
import { marks, pictureStatuses } from '../../src/cards/picture/marks.ts';
import { planPictureSvg, rowsInPicture } from '../../src/cards/picture/plan-picture.ts';
import { fitted, textWidth } from '../../src/cards/picture/text-width.ts';
import { languages } from '../../src/domain/group.ts';
import { emptyState } from '../../src/domain/state.ts';
import { activityWith, coreGroup, on, window } from '../support/core-group.ts';
import { anyGroup } from '../support/plans.ts';
import { barriers, refusedBySlack } from './lint.ts';
import { ofType, sampleOf } from './samples.ts';

const today = Temporal.PlainDate.from('2022-10-25');
const long = {
  ...coreGroup,
  activities: Array.from({ length: 60 }, (_, n) => {
    const day = Temporal.PlainDate.from('2022-10-03').add({ days: n * 9 });
    const due = n % 3 === 0 ? window(day.toString(), day.add({ days: 40 }).toString()) : on(day.toString());
    return activityWith(`a${n}`, {
      title: `${n + 1}. Kartlägga ${'nätverk och '.repeat(n % 9)}å & <ä>`,
      due: [due],
      parked: n % 11 === 10,
    });
  }),
};
const svgOf = (first: number, count = rowsInPicture) =>
  planPictureSvg(pictureOf(long, emptyState, { first, count, parked: true }, today), 'sv');
const pixels = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];
const textsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('a plan of sixty activities', () => {
  it('is three pictures that every client takes: at most 1024 × 1024 and one megabyte', async () => {
    for (const first of [0, 20, 40]) {
      const png = await drawPicture(svgOf(first));
      const [width = 0, height = 0] = pixels(png);
      expect([width, height <= 1024, height > 800, png.byteLength < 1_000_000]).toEqual([840, true, true, true]);
      // One colour all over would take far less.
      expect(png.byteLength).toBeGreaterThan(20_000);
    }
  }, 60_000);

  it('has a row for each, a title that ends in "…" where it is too long, and whatever people write as text', () => {
    const texts = [0, 20, 40].flatMap((first) => textsIn(svgOf(first)));
    for (let n = 1; n <= 60; n++) expect(texts.filter((text) => text.startsWith(`${n}. Kart`))).toHaveLength(1);
    expect(texts).toContain('1. Kartlägga å &amp; &lt;ä&gt;');
    expect(texts.some((text) => text.startsWith('9. Kartlägga nätverk') && text.endsWith('…'))).toBe(true);
    expect(svgOf(0)).not.toMatch(/href|url\((?!#)|<script|<image|@import/);
  });
});

it('letters are drawn: a picture with words weighs more than the same without', async () => {
  const svg = svgOf(0);
  const [with_, without] = await Promise.all([drawPicture(svg), drawPicture(svg.replaceAll(/<text.*?<\/text>/g, ''))]);
  expect(with_.byteLength).toBeGreaterThan(without.byteLength * 1.5);
}, 60_000);

it('any plan is drawn within its frame, in every language', () => {
  fc.assert(
    fc.property(
      anyGroup,
      fc.constantFrom(...languages),
      fc.integer({ min: -900, max: 900 }),
      (group, language, shift) => {
        const svg = planPictureSvg(
          pictureOf(group, emptyState, { first: 0, count: 20, parked: true }, today.add({ days: shift })),
          language,
        );
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        const xs = [...svg.matchAll(/ (?:x|x1|x2)="(-?[\d.]+)"/g)].map(([, x]) => Number(x));
        for (const x of xs) expect(x >= -4 && x <= 844).toBe(true);
        expect(textsIn(svg).length).toBeGreaterThanOrEqual(group.activities.length);
      },
    ),
    { numRuns: 60 },
  );
});

describe('no meaning by colour alone', () => {
  it('each status has a pattern or a symbol of its own', () => {
    const signs = pictureStatuses.map((status) => {
      const { symbol, fill, dashed } = marks[status];
      return `${symbol} ${fill.startsWith('url') ? fill : fill === marks.done.fill ? 'full' : 'plain'} ${dashed}`;
    });
    expect(new Set(signs).size).toBe(signs.length);
  });

  it('lines stand out from both grounds by 4.5 : 1', () => {
    const light = (hex: string) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5]
        .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one: string, other: string) => {
      const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    };
    const inks = [...svgOf(0).matchAll(/<text[^>]*fill="(#\w{6})"/g)]
      .map(([, fill]) => fill ?? '')
      .filter((fill) => fill !== '#ffffff');
    for (const ground of ['#ffffff', '#f1f4f6'])
      for (const ink of [...inks, ...Object.values(marks).map(({ line }) => line)])
        expect([ink, contrast(ink, ground) >= 4.5]).toEqual([ink, true]);
    expect(contrast('#ffffff', '#8a1c5c')).toBeGreaterThanOrEqual(4.5);
  });
});

describe('on the card', () => {
  const url = 'https://rond.example.org/plan/MHwyMHww.abc.png';
  const pictures = [{ url, first: 1, last: 6, days: { from: '2022-10-12', to: '2022-11-30' }, done: 1, late: 2 }];

  it.each(languages)('in %s: an image with its words, which Slack gets too', (language) => {
    const card = renderCard('plan', { ...sampleOf('plan'), pictures }, language);
    const [image] = ofType(card, /^Image$/);
    expect(image?.url).toBe(url);
    expect(image?.altText).toMatch(/1–6/);
    expect(barriers(card, language)).toEqual([]);
    expect(refusedBySlack(card)).toEqual([]);
    const { blocks, losses } = toMessage(card);
    expect(blocks).toContainEqual({ type: 'image', image_url: url, alt_text: image?.altText });
    expect(losses.filter(({ kind }) => kind === 'dropped')).toEqual([]);
  });

  it('without an address there is none, and nothing else is lost', () => {
    const [without, with_] = [[], pictures].map((these) =>
      renderCard('plan', { ...sampleOf('plan'), pictures: these }, 'sv'),
    );
    expect(ofType(without, /^Image$/)).toEqual([]);
    expect(ofType(without, /^(TextBlock|RichTextBlock)$/)).toEqual(ofType(with_, /^(TextBlock|RichTextBlock)$/));
  });
});

it('a text is cut by its width, never in the middle of a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 40, max: 400 }), (words, room) => {
      const made = fitted(words, 20, room);
      expect(textWidth(made, 20)).toBeLessThanOrEqual(Math.max(room, textWidth('…', 20)));
      expect(made === words || (made.endsWith('…') && words.startsWith(made.slice(0, -1)))).toBe(true);
    }),
  );
});
