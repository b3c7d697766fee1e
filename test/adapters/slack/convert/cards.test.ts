import { describe, expect, it } from 'vitest';
import { isHarmless, toMessage, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import { cardNames, renderCard } from '../../../../src/cards/cards.ts';
import { languages } from '../../../../src/domain/group.ts';
import { sampleOf } from '../../../cards/samples.ts';
import { messageFaults, modalFaults } from './block-kit.ts';

describe.each(cardNames)('card %s', (name) => {
  it.each([...languages])('loses nothing on its way to Slack in %s', (language) => {
    const card = renderCard(name, sampleOf(name), language);
    const message = toMessage(card);
    expect(messageFaults(message.blocks, message.text)).toEqual([]);
    expect(message.losses.filter((loss) => !isHarmless(loss))).toEqual([]);
    const { view, losses } = toModal(card, { callbackId: 'rond.page', meta: { c: 'D1', t: '1.2' } });
    expect(modalFaults(view)).toEqual([]);
    expect(losses.filter((loss) => !isHarmless(loss))).toEqual([]);
    expect(message.hasInputs).toBe(/"type":"Input\./.test(JSON.stringify(card)));
  });
});

it('a page of eight roles and a catalogue of 33 fit', () => {
  const sample = sampleOf('rating-page');
  const items = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ...sample.items[n % sample.items.length]!,
      key: `role${n}`,
      name: `Roll ${n}`,
    }));
  const { view, losses } = toModal(renderCard('rating-page', { ...sample, items: items(8) }, 'sv'), {
    callbackId: 'c',
  });
  expect(view.blocks.filter(({ type }) => type === 'input')).toHaveLength(24);
  expect(losses.filter((loss) => !isHarmless(loss))).toEqual([]);
  const receipt = sampleOf('receipt');
  const many = Array.from({ length: 33 }, (_, n) => ({
    ...receipt.items[n % receipt.items.length]!,
    name: `Roll ${n}`,
  }));
  const message = toMessage(renderCard('receipt', { ...receipt, items: many }, 'fi'));
  expect(message.losses.filter((loss) => !isHarmless(loss))).toEqual([]);
});
