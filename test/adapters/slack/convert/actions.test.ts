import { describe, expect, it } from 'vitest';
import { toMessage } from '../../../../src/adapters/slack/convert/convert.ts';
import { card, kinds, long, plain, text } from './support.ts';

describe('an action', () => {
  const buttonOf = (action: object) => {
    const { blocks, losses } = toMessage(card([text('a')], { actions: [action] }));
    const actions = blocks.find((block) => block.type === 'actions');
    return { button: actions?.elements[0], losses };
  };
  it.each<[string, object, object | undefined, string[]]>([
    [
      'Execute',
      {
        type: 'Action.Execute',
        verb: 'rate.open',
        title: 'Svara',
        style: 'positive',
        data: { ref: 'r1', page: 2, deep: { a: 1 }, none: null },
      },
      {
        type: 'button',
        action_id: 'rate.open',
        text: plain('Svara'),
        style: 'primary',
        value: '{"verb":"rate.open","values":{"ref":"r1","page":"2","deep":"{\\"a\\":1}","none":""}}',
      },
      [],
    ],
    [
      'Submit',
      { type: 'Action.Submit', title: 'Nej', style: 'destructive', data: { verb: 'no', msteams: {} } },
      {
        type: 'button',
        action_id: 'no',
        text: plain('Nej'),
        style: 'danger',
        value: '{"verb":"no","values":{"verb":"no"}}',
      },
      ['behaviour'],
    ],
    [
      'OpenUrl',
      { type: 'Action.OpenUrl', title: 'Läs', url: 'https://example.org/a' },
      { type: 'button', action_id: 'open-url', text: plain('Läs'), url: 'https://example.org/a' },
      [],
    ],
    [
      'OpenUrl to a script',
      { type: 'Action.OpenUrl', title: 'Läs', url: 'javascript:alert(1)' },
      undefined,
      ['dropped'],
    ],
    [
      'a fallback',
      { type: 'Action.Popover', fallback: { type: 'Action.Submit', title: 'a', id: 'b' } },
      { type: 'button', action_id: 'b', text: plain('a'), value: '{"verb":"b","values":{}}' },
      ['fallback'],
    ],
    [
      'a long title',
      { type: 'Action.Execute', verb: 'a', title: long(90) },
      { type: 'button', action_id: 'a', text: plain(`${long(90).slice(0, 74)}…`), value: '{"verb":"a","values":{}}' },
      ['cut'],
    ],
    [
      'too much data',
      { type: 'Action.Execute', verb: 'a', title: 'b', data: { c: 'd'.repeat(2_000) } },
      undefined,
      ['dropped'],
    ],
    ['disabled', { type: 'Action.Execute', verb: 'a', title: 'b', isEnabled: false }, undefined, ['hidden']],
  ])('%s', (_, action, button, lost) => {
    const made = buttonOf(action);
    expect(made.button).toEqual(button);
    expect(kinds(made.losses)).toEqual(lost);
  });

  it('of a verb used twice gets a name of its own; the verb stays', () => {
    const action = (title: string) => ({ type: 'Action.Execute', verb: 'status.set', title });
    const { blocks } = toMessage(card([], { actions: [action('a'), action('b')] }));
    const elements = blocks[0]?.type === 'actions' ? blocks[0].elements : [];
    expect(elements).toMatchObject([
      { action_id: 'status.set' },
      { action_id: 'status.set#2', value: '{"verb":"status.set","values":{}}' },
    ]);
  });
});
