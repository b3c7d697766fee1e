import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { asModal, kinds, mrkdwn, plain, section, text } from './support.ts';

describe('a modal', () => {
  const field = { type: 'Input.Text', id: 'x', label: 'y' };
  const execute = (verb: string, more: object = {}) => ({
    type: 'Action.Execute',
    verb,
    title: verb,
    data: { ref: 'r' },
    ...more,
  });
  const verbs = (blocks: KnownBlock[]) =>
    blocks.flatMap((block) => (block.type === 'actions' ? block.elements.map(({ action_id }) => action_id) : []));
  it.each<[string, object[], object[], string | undefined, string[]]>([
    [
      'the positive action submits',
      [field],
      [execute('next', { style: 'positive' }), execute('back')],
      'next',
      ['back'],
    ],
    ['else the last', [field], [execute('back'), execute('next')], 'next', ['back']],
    [
      'but not one that leaves the inputs out',
      [field],
      [execute('next'), execute('cancel', { associatedInputs: 'none' })],
      'next',
      ['cancel'],
    ],
    ['without inputs every action is a button', [text('a')], [execute('a'), execute('b')], undefined, ['a', 'b']],
    ['unless one is positive', [text('a')], [execute('a'), execute('b', { style: 'positive' })], 'b', ['a']],
  ])('%s', (_, body, actions, submit, others) => {
    const { view, blocks } = asModal(body, actions, { c: 'D1' });
    expect(view.submit?.text).toBe(submit);
    expect(verbs(blocks)).toEqual(others);
    const sent = submit === undefined ? {} : { s: { verb: submit, values: { ref: 'r' } } };
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ ...sent, m: { c: 'D1' } });
  });

  it('has its first heading as title, and in full in the body when it is too long', () => {
    const short = asModal([text('Skattning', { style: 'heading' }), text('a')]);
    expect([short.view.title.text, short.blocks]).toEqual(['Skattning', [section('a')]]);
    const longer = asModal([text('Skattning av yrkesroller, sida 1', { style: 'heading' })]);
    expect(longer.view.title.text).toBe('Skattning av yrkesrolle…');
    expect(longer.blocks).toEqual([{ type: 'header', text: plain('Skattning av yrkesroller, sida 1') }]);
    expect(kinds(longer.losses)).toEqual(['shortened']);
  });

  it('shows a warning container as an alert, and a table as text', () => {
    const alert = asModal([
      text('T', { style: 'heading' }),
      { type: 'Container', style: 'attention', items: [text('Välj en nivå', { color: 'Attention' })] },
    ]);
    expect(alert.blocks).toEqual([{ type: 'alert', level: 'error', text: mrkdwn('Välj en nivå') }]);
    const table = asModal([{ type: 'Table', rows: [{ cells: [{ items: [text('a')] }, { items: [text('b')] }] }] }]);
    expect(table.blocks).toMatchObject([{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted' }] }]);
  });

  it('keeps what a page sends before where it was opened, when both are too long', () => {
    const { view, losses } = asModal([field], [execute('save', { data: { a: 'x'.repeat(1_500) } })], {
      c: 'y'.repeat(2_000),
    });
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ m: { c: 'y'.repeat(2_000) } });
    expect(losses).toContainEqual({ path: 'actions[0]', kind: 'dropped', what: 'what the primary action sends' });
  });
});
