import type { InputBlock, KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten, isHarmless, type StateValues, toModal } from '../../../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../../../src/ports/chat.ts';

/** An input of a card, what somebody does with it in Slack, and what Teams would send. */
type Answer = { input: Record<string, unknown>; fill: (block: InputBlock) => Record<string, unknown>; teams: string };

type Options = { options?: { text: { text: string } }[] };
const titled = (block: InputBlock, title: string) =>
  (block.element as Options).options?.find(({ text }) => text.text === title);

const label = fc.constant('Namn');
const text: fc.Arbitrary<Answer> = fc
  .record({ value: fc.string({ maxLength: 200 }), isMultiline: fc.boolean() })
  .map(({ value, isMultiline }) => ({
    input: { type: 'Input.Text', isMultiline },
    fill: () => ({ value: value === '' ? null : value }),
    teams: value,
  }));
const number: fc.Arbitrary<Answer> = fc.constantFrom('', '0', '-3', '2.50', '007').map((value) => ({
  input: { type: 'Input.Number' },
  fill: () => ({ value: value === '' ? null : value }),
  teams: value,
}));
const date: fc.Arbitrary<Answer> = fc.option(fc.constantFrom('2022-10-12', '1999-12-31')).map((value) => ({
  input: { type: 'Input.Date' },
  fill: () => ({ selected_date: value }),
  teams: value ?? '',
}));
const time: fc.Arbitrary<Answer> = fc.option(fc.constantFrom('09:00', '23:59')).map((value) => ({
  input: { type: 'Input.Time' },
  fill: () => ({ selected_time: value }),
  teams: value ?? '',
}));
const toggle: fc.Arbitrary<Answer> = fc
  .record({
    on: fc.boolean(),
    values: fc.option(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 2, maxLength: 2 })),
  })
  .map(({ on, values }) => {
    const [valueOn = 'true', valueOff = 'false'] = values ?? [];
    return {
      input: { type: 'Input.Toggle', title: 'Ja', ...(values && { valueOn, valueOff }) },
      fill: (block) => ({ selected_options: on ? (block.element as Options).options : [] }),
      teams: on ? valueOn : valueOff,
    };
  });
const value = fc
  .oneof(fc.string({ maxLength: 70 }), fc.constantFrom('', '~', '~~', '__proto__', ':'))
  .map((each) => each.replaceAll(',', ';'));
const choice: fc.Arbitrary<Answer> = fc
  .record({
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 30 }),
    style: fc.constantFrom('expanded', 'compact'),
    isMultiSelect: fc.boolean(),
    picked: fc.array(fc.nat()),
  })
  .map(({ values, style, isMultiSelect, picked }) => {
    const wanted = [...new Set(picked.map((index) => index % values.length))]
      .sort((a, b) => a - b)
      .slice(0, isMultiSelect ? undefined : 1);
    return {
      input: {
        type: 'Input.ChoiceSet',
        style,
        isMultiSelect,
        choices: values.map((each, index) => ({ title: `t${index}`, value: each })),
      },
      fill: (block) => {
        const options = wanted.map((index) => titled(block, `t${index}`));
        return isMultiSelect ? { selected_options: options } : { selected_option: options[0] ?? null };
      },
      teams: wanted.map((index) => values[index]).join(','),
    };
  });
const id = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom('now:läkare', '__proto__', 'a#2', 'toggle:a', 'x'.repeat(250), 'y'.repeat(255)),
);

/** What Slack sends of a modal in which the inputs were answered so. */
function filled(blocks: KnownBlock[], answers: Map<string, Answer>): StateValues {
  const values = new Map<string, StateValues[string]>();
  for (const block of blocks) {
    const answer = block.type === 'input' ? answers.get(block.block_id ?? '') : undefined;
    if (block.type !== 'input' || answer === undefined) continue;
    const held = { type: block.element.type, ...answer.fill(block) };
    values.set(block.block_id ?? '', Object.fromEntries([[block.element.action_id ?? '', held]]));
  }
  return Object.fromEntries(values);
}

describe('answers', () => {
  it('come back as Teams would send them', () => {
    const answers = fc.array(fc.tuple(id, fc.oneof(text, number, date, time, toggle, choice), label), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(answers, (all) => {
        const byId = new Map(all.map(([key, answer]) => [key, answer]));
        const body = [...byId].map(([key, { input }]) => ({ ...input, id: key, label: 'Namn' }));
        const actions = [{ type: 'Action.Execute', verb: 'save', title: 'Spara' }];
        const { view, losses } = toModal({ type: 'AdaptiveCard', version: '1.5', title: 'T', body, actions } as Card, {
          callbackId: 'c',
        });
        const harmful = losses.filter((loss) => !isHarmless(loss) && loss.kind !== 'renamed');
        expect(harmful).toEqual([]);
        // A toggle whose own long words do not fit in a long name is said to be renamed.
        const renamed = new Set(
          losses.filter(({ kind }) => kind === 'renamed').map(({ path }) => body[Number(/\d+/.exec(path)?.[0])]?.id),
        );
        const flat = flatten(filled(view.blocks as KnownBlock[], byId));
        for (const [key, { teams }] of byId)
          if (!renamed.has(key)) expect([key, Object.getOwnPropertyDescriptor(flat, key)?.value]).toEqual([key, teams]);
        expect(Object.keys(flat)).toHaveLength(byId.size);
      }),
      { numRuns: 400 },
    );
  });

  it('that are preset and left alone come back the same', () => {
    const body = [
      { type: 'Input.Text', id: 'a', label: 'a', value: ' two words ' },
      {
        type: 'Input.ChoiceSet',
        id: 'b',
        label: 'b',
        choices: [
          { title: 'x', value: '' },
          { title: 'y', value: 'y' },
        ],
        value: '',
      },
      { type: 'Input.Toggle', id: 'c', title: 'c', valueOn: 'ja', valueOff: 'nej', value: 'ja' },
    ];
    const { view } = toModal({ type: 'AdaptiveCard', version: '1.5', body } as Card, { callbackId: 'c' });
    const values = Object.fromEntries(
      (view.blocks as InputBlock[]).map((block) => {
        const { initial_value, initial_option, initial_options, action_id, type } = block.element as unknown as Record<
          string,
          never
        >;
        return [
          block.block_id,
          {
            [String(action_id)]: {
              type,
              value: initial_value,
              selected_option: initial_option,
              selected_options: initial_options,
            },
          },
        ];
      }),
    );
    expect(flatten(values as StateValues)).toEqual({ a: ' two words ', b: '', c: 'ja' });
  });

  it('of any shape never throw', () => {
    fc.assert(
      fc.property(fc.anything(), (values) => {
        const flat = flatten(values as StateValues);
        expect(Object.values(flat).every((each) => typeof each === 'string')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
