import { describe, expect, it } from 'vitest';
import { broken, isHarmless } from '../../../../src/adapters/slack/convert/convert.ts';
import { asModal, kinds, plain, text } from './support.ts';

describe('an input in a modal', () => {
  const options = (...names: string[]) => names.map((name) => ({ text: plain(name), value: name }));
  const choices = (...names: string[]) => names.map((name) => ({ title: name, value: name }));
  const many = Array.from({ length: 130 }, (_, n) => `c${n}`);
  it.each<[string, object, object, string[]]>([
    [
      'text',
      { type: 'Input.Text', isMultiline: true, maxLength: 500, value: 'hej', placeholder: 'Skriv' },
      {
        type: 'plain_text_input',
        action_id: 'text:x',
        multiline: true,
        max_length: 500,
        initial_value: 'hej',
        placeholder: plain('Skriv'),
      },
      [],
    ],
    [
      'text of any length',
      { type: 'Input.Text', maxLength: 9_000, regex: '^a' },
      { type: 'plain_text_input', action_id: 'text:x', multiline: false, max_length: 3_000 },
      ['server-check'],
    ],
    ['mail', { type: 'Input.Text', style: 'Email' }, { type: 'email_text_input', action_id: 'text:x' }, []],
    ['address', { type: 'Input.Text', style: 'Url' }, { type: 'url_text_input', action_id: 'text:x' }, []],
    [
      'open choices',
      { type: 'Input.ChoiceSet', style: 'expanded', choices: choices('a', 'b'), value: 'b' },
      { type: 'radio_buttons', action_id: 'choice:x', options: options('a', 'b'), initial_option: options('b')[0] },
      [],
    ],
    [
      'several open choices',
      {
        type: 'Input.ChoiceSet',
        style: 'expanded',
        isMultiSelect: true,
        choices: choices('a', 'b', 'c'),
        value: 'c,a',
      },
      {
        type: 'checkboxes',
        action_id: 'choice:x',
        options: options('a', 'b', 'c'),
        initial_options: options('a', 'c'),
      },
      [],
    ],
    [
      'a menu',
      { type: 'Input.ChoiceSet', choices: choices('a', 'b'), placeholder: 'Välj' },
      { type: 'static_select', action_id: 'choice:x', options: options('a', 'b'), placeholder: plain('Välj') },
      [],
    ],
    [
      'a menu of several',
      { type: 'Input.ChoiceSet', isMultiSelect: true, choices: choices('a') },
      { type: 'multi_static_select', action_id: 'choice:x', options: options('a') },
      [],
    ],
    [
      'eleven open choices',
      { type: 'Input.ChoiceSet', style: 'expanded', choices: choices(...many.slice(0, 11)) },
      { type: 'static_select', action_id: 'choice:x', options: options(...many.slice(0, 11)) },
      ['style'],
    ],
    [
      '130 choices',
      { type: 'Input.ChoiceSet', choices: choices(...many) },
      {
        type: 'static_select',
        action_id: 'choice:x',
        option_groups: [
          { label: plain('c0 – c99'), options: options(...many.slice(0, 100)) },
          { label: plain('c100 – c129'), options: options(...many.slice(100)) },
        ],
      },
      ['chunked'],
    ],
    [
      'a long choice',
      { type: 'Input.ChoiceSet', choices: [{ title: `${'a'.repeat(60)} ${'b'.repeat(60)}`, value: 'a' }] },
      {
        type: 'static_select',
        action_id: 'choice:x',
        options: [{ text: plain('a'.repeat(60)), description: plain('b'.repeat(60)), value: 'a' }],
      },
      ['chunked'],
    ],
    [
      'a preset that is no choice',
      { type: 'Input.ChoiceSet', choices: choices('a'), value: 'z' },
      { type: 'static_select', action_id: 'choice:x', options: options('a') },
      ['dropped'],
    ],
    [
      'a toggle',
      { type: 'Input.Toggle', title: 'Ja', value: 'true' },
      {
        type: 'checkboxes',
        action_id: 'toggle:x',
        options: [{ text: plain('Ja'), value: 'on' }],
        initial_options: [{ text: plain('Ja'), value: 'on' }],
      },
      [],
    ],
    [
      'a toggle with words',
      { type: 'Input.Toggle', title: 'Ja', valueOn: 'ja', valueOff: 'nej' },
      { type: 'checkboxes', action_id: 'switch:["x","ja","nej"]', options: [{ text: plain('Ja'), value: 'on' }] },
      [],
    ],
    [
      'a date',
      { type: 'Input.Date', value: '2022-11-07', min: '2022-01-01' },
      { type: 'datepicker', action_id: 'date:x', initial_date: '2022-11-07' },
      ['server-check'],
    ],
    [
      'a time',
      { type: 'Input.Time', value: '09:00' },
      { type: 'timepicker', action_id: 'time:x', initial_time: '09:00' },
      [],
    ],
    [
      'a number',
      { type: 'Input.Number', value: 3, min: 0, max: 10 },
      {
        type: 'number_input',
        action_id: 'number:x',
        is_decimal_allowed: true,
        initial_value: '3',
        min_value: '0',
        max_value: '10',
      },
      [],
    ],
    [
      'a number out of bounds',
      { type: 'Input.Number', value: 30, max: 10 },
      { type: 'number_input', action_id: 'number:x', is_decimal_allowed: true, max_value: '10' },
      ['dropped'],
    ],
  ])('%s', (_, input, element, lost) => {
    const made = asModal(
      [text('T', { style: 'heading' }), { id: 'x', label: 'Namn', isRequired: true, ...input }],
      [{ type: 'Action.Execute', verb: 'save', title: 'Spara' }],
    );
    expect(made.blocks).toEqual([{ type: 'input', block_id: 'x', label: plain('Namn'), optional: false, element }]);
    expect(kinds(made.losses)).toEqual(lost);
  });

  it('takes along what Slack cannot hold beside it, with the sentence to say', () => {
    const { view } = asModal(
      [
        text('T', { style: 'heading' }),
        { type: 'Input.Text', id: 'a', label: 'a', regex: '^\\d+$', errorMessage: 'Bara siffror.' },
        { type: 'Input.Date', id: 'b', label: 'b', min: '2022-01-01', max: '2022-12-31' },
        { type: 'Input.Text', id: 'c', label: 'c', style: 'Email', maxLength: 20 },
      ],
      [{ type: 'Action.Execute', verb: 'save', title: 'Spara' }],
    );
    const { r } = JSON.parse(view.private_metadata ?? '');
    expect(broken(r, { a: '12', b: '2022-06-01', c: 'a@example.org' })).toEqual({});
    expect(broken(r, { a: '', b: '', c: '' })).toEqual({});
    const otherwise = 'What stands here is not of the kind that is asked for.';
    expect(broken(r, { a: '12b', b: '2023-01-01', c: 'somebody.else@example.org' })).toEqual({
      a: 'Bara siffror.',
      b: otherwise,
      c: otherwise,
    });
    expect(broken(r, { b: '2021-12-31' })).toEqual({ b: otherwise });
  });

  it.each<[string, object]>([
    ['no regular expression', { regex: '(' }],
    ['too long for the modal', { regex: 'a'.repeat(400) }],
  ])('says that a rule is not kept that is %s', (_, more) => {
    const { losses } = asModal(
      [text('T', { style: 'heading' }), { type: 'Input.Text', id: 'a', label: 'a', ...more }],
      [{ type: 'Action.Execute', verb: 'save', title: 'Spara' }],
    );
    expect(losses.filter((loss) => !isHarmless(loss))).toEqual([{ path: 'body[1]', kind: 'dropped', what: 'regex' }]);
  });

  it.each<[string, object[], string]>([
    ['without a label', [{ type: 'Input.Text', id: 'x', placeholder: 'Skriv här' }], 'label'],
    ['without an id', [{ type: 'Input.Text', label: 'a' }], 'dropped'],
    ['without choices', [{ type: 'Input.ChoiceSet', id: 'x', label: 'a', choices: [] }], 'dropped'],
    [
      'with the id of another',
      [
        { type: 'Input.Text', id: 'x', label: 'a' },
        { type: 'Input.Text', id: 'x', label: 'b' },
      ],
      'renamed',
    ],
    ['that nothing sends', [{ type: 'Input.Text', id: 'x', label: 'a' }], 'no-submit'],
    ['that is hidden', [{ type: 'Input.Text', id: 'x', label: 'a', isVisible: false }], 'dropped'],
  ])('%s is a harmful loss', (_, inputs, kind) => {
    const losses = asModal([text('T', { style: 'heading' }), ...inputs]).losses.filter((loss) => !isHarmless(loss));
    expect(kinds(losses)).toContain(kind);
  });
});
