/**
 * How fast a rating page of eight roles becomes a modal, beside expanding its template: `node test/adapters/slack/convert/speed.ts`.
 * Bursts of both take turns, so that a busy machine slows both; the ratio is the median of the turns.
 */

import { toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import { renderCard } from '../../../../src/cards/cards.ts';
import type { RatePageModel } from '../../../../src/cards/models.ts';
import { templateOf } from '../../../../src/cards/template.ts';
import { views } from '../../../../src/cards/views/index.ts';
import { voiceIn } from '../../../../src/cards/voice.ts';
import { sampleOf } from '../../../cards/samples.ts';

function ratingPageOfEight(): RatePageModel {
  const sample = sampleOf('rating-page');
  const items = Array.from({ length: 8 }, (_, n) => ({
    ...sample.items[n % sample.items.length]!,
    key: `role${n}`,
    name: `Roll ${n}`,
  }));
  return { ...sample, items };
}

/** Cards a second of both, medians, and the median of the ratios. */
export function converterSpeed(turns = 15, burstMs = 60): { modals: number; expansions: number; ratio: number } {
  const model = ratingPageOfEight();
  const card = renderCard('rating-page', model, 'sv');
  const template = templateOf('rating-page');
  const words = Object.fromEntries(template.words.map((word) => [word, word]));
  const data = { ...views['rating-page'](model, voiceIn('sv', {})), lang: 'sv', t: words };
  const convert = () => toModal(card, { callbackId: 'rond.page', meta: { c: 'D1', t: '1.2' } });
  const expand = () => template.expand(data);
  burst(convert, burstMs * 5);
  burst(expand, burstMs * 5);
  const pairs = Array.from({ length: turns }, () => [burst(convert, burstMs), burst(expand, burstMs)] as const);
  return {
    modals: median(pairs.map(([modals]) => modals)),
    expansions: median(pairs.map(([, expansions]) => expansions)),
    ratio: median(pairs.map(([modals, expansions]) => modals / expansions)),
  };
}

function burst(work: () => unknown, ms: number): number {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ms) {
    work();
    count += 1;
  }
  return (count * 1_000) / (performance.now() - start);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

if (import.meta.main) {
  const { modals, expansions, ratio } = converterSpeed();
  console.log(`modals/s ${modals.toFixed(0)} · Template.expand/s ${expansions.toFixed(0)} · ratio ${ratio.toFixed(2)}`);
}
