/** Inputs → input blocks of a modal. On a message they are left out: `toModal` of the same card has them. */

import type { InputBlockElement, KnownBlock } from '@slack/types';
import { choiceSet, optionText, placeholder } from './choices.ts';
import { type Json, text, tidy, word } from './json.ts';
import { limits } from './limits.ts';
import { ruleOf } from './rules.ts';
import { cut } from './spans.ts';
import { plainText } from './texts.ts';
import { bounded, lose, unique, type Walk } from './walk.ts';

const kinds = new Map([
  ['input.text', 'text'],
  ['input.choiceset', 'choice'],
  ['input.toggle', 'toggle'],
  ['input.date', 'date'],
  ['input.time', 'time'],
  ['input.number', 'number'],
]);

export function isInput(element: Json): boolean {
  return kinds.has(word(element.type));
}

export function input(element: Json, path: string, walk: Walk): KnownBlock[] {
  walk.inputs += 1;
  if (walk.surface !== 'modal') {
    lose(walk, path, 'needs-modal', 'an input');
    return [];
  }
  const id = text(element.id);
  if (id === '') {
    lose(walk, path, 'dropped', 'an input without an id');
    return [];
  }
  const inside = inputElement(element, id, path, walk);
  if (inside === null) return [];
  return [
    {
      type: 'input',
      block_id: blockId(id, path, walk),
      label: plainText(label(element, id, path, walk), limits.input.label),
      element: inside,
      optional: element.isRequired !== true,
    },
  ];
}

function blockId(id: string, path: string, walk: Walk): string {
  if (walk.inputIds.has(id)) lose(walk, path, 'renamed', 'an input with the id of another');
  else if (id.length > limits.id) lose(walk, path, 'renamed', 'an input with a long id');
  walk.inputIds.add(id);
  return unique(walk.blockIds, id, limits.id);
}

function label(element: Json, id: string, path: string, walk: Walk): string {
  const given = bounded(text(element.label), `${path}.label`, walk).trim();
  if (given.length > limits.input.label) lose(walk, `${path}.label`, 'cut', 'a long label');
  if (given !== '') return given;
  const title = word(element.type) === 'input.toggle' ? text(element.title).trim() : '';
  if (title !== '') return title;
  lose(walk, path, 'label', 'an input without a label');
  return text(element.placeholder).trim() || id.trim() || '–';
}

/** `<kind>:<id>`, or the kind alone when that is too long: the block id then says the rest. */
function actionId(kind: string, id: string, walk: Walk): string {
  const whole = `${kind}:${id}`;
  const wanted = whole.length <= limits.id ? whole : kind;
  walk.actionIds.add(wanted);
  return wanted;
}

function inputElement(element: Json, id: string, path: string, walk: Walk): InputBlockElement | null {
  const kind = kinds.get(word(element.type)) ?? 'text';
  const action_id = actionId(kind, id, walk);
  switch (kind) {
    case 'choice':
      return choiceSet(element, path, action_id, walk);
    case 'toggle':
      return toggle(element, id, path, walk);
    case 'date':
      serverChecks(element, ['min', 'max'], path, walk);
      return {
        type: 'datepicker',
        action_id,
        ...placeholder(element, path, walk),
        ...initialDate(element, path, walk),
      };
    case 'time':
      serverChecks(element, ['min', 'max'], path, walk);
      return {
        type: 'timepicker',
        action_id,
        ...placeholder(element, path, walk),
        ...initialTime(element, path, walk),
      };
    case 'number':
      return number(element, action_id, path, walk);
    default:
      return textInput(element, action_id, path, walk);
  }
}

function serverChecks(element: Json, names: string[], path: string, walk: Walk): void {
  const asked = names.filter((name) => element[name] !== undefined);
  const rule = ruleOf(element, asked, walk.card.lang);
  if (rule !== null) walk.rules.set(text(element.id), rule);
  for (const name of asked) {
    const held = rule !== null && rule[name === 'maxLength' ? 'most' : (name as 'min')] !== undefined;
    lose(walk, path, held ? 'server-check' : 'dropped', name);
  }
}

function textInput(element: Json, action_id: string, path: string, walk: Walk): InputBlockElement {
  const style = word(element.style);
  const oneLine = style === 'email' || style === 'url';
  serverChecks(element, oneLine ? ['regex', 'maxLength'] : ['regex'], path, walk);
  if (element.inlineAction !== undefined) lose(walk, path, 'dropped', 'an action inside an input');
  const value = tidy(text(element.value));
  const common = { action_id, ...placeholder(element, path, walk) };
  if (oneLine) {
    const initial = value === '' ? {} : { initial_value: cutValue(value, limits.input.maxLength, path, walk) };
    return { type: style === 'email' ? 'email_text_input' : 'url_text_input', ...common, ...initial };
  }
  if (style === 'tel' || style === 'password') lose(walk, path, 'style', `style ${style}`);
  const asked = element.maxLength;
  const wanted = typeof asked === 'number' && asked >= 1 ? Math.floor(asked) : limits.input.maxLength;
  if (wanted > limits.input.maxLength) lose(walk, path, 'server-check', 'a limit above 3,000 characters');
  const max_length = Math.min(wanted, limits.input.maxLength);
  const initial = value === '' ? {} : { initial_value: cutValue(value, max_length, path, walk) };
  return { type: 'plain_text_input', ...common, multiline: element.isMultiline === true, max_length, ...initial };
}

/** What somebody typed is cut without an ellipsis: it would be sent back as theirs. */
function cutValue(value: string, limit: number, path: string, walk: Walk): string {
  if (value.length <= limit) return value;
  lose(walk, `${path}.value`, 'cut', 'a preset text that is too long');
  return cut(value, limit + 1).slice(0, -1);
}

function toggle(element: Json, id: string, path: string, walk: Walk): InputBlockElement {
  let on = text(element.valueOn) || 'true';
  let off = element.valueOff === undefined ? 'false' : text(element.valueOff);
  const own = on !== 'true' || off !== 'false';
  let action_id = own ? `switch:${JSON.stringify([id, on, off])}` : actionId('toggle', id, walk);
  if (own && action_id.length > limits.id) action_id = `switch:${JSON.stringify(['', on, off])}`;
  if (own && action_id.length > limits.id) {
    lose(walk, path, 'renamed', 'long values of a toggle');
    [on, off] = ['true', 'false'];
    action_id = actionId('toggle', id, walk);
  }
  const title = bounded(text(element.title), path, walk).trim();
  if (title === '') lose(walk, path, 'label', 'a toggle without a title');
  const option = { ...optionText(title || label(element, id, path, walk), path, walk), value: 'on' };
  const set = text(element.value) === (text(element.valueOn) || 'true');
  return { type: 'checkboxes', action_id, options: [option], ...(set && { initial_options: [option] }) };
}

function number(element: Json, action_id: string, path: string, walk: Walk): InputBlockElement {
  const min = numeral(element.min);
  const max = numeral(element.max);
  const value = numeral(element.value);
  const inside =
    value !== null && (min === null || Number(value) >= Number(min)) && (max === null || Number(value) <= Number(max));
  if (text(element.value) !== '' && !inside)
    lose(walk, `${path}.value`, 'dropped', 'a preset number outside its bounds');
  return {
    type: 'number_input',
    action_id,
    is_decimal_allowed: true,
    ...placeholder(element, path, walk),
    ...(min !== null && { min_value: min }),
    ...(max !== null && { max_value: max }),
    ...(inside && { initial_value: value }),
  };
}

function numeral(value: unknown): string | null {
  const written = text(value).trim();
  return /^-?\d{1,30}(?:\.\d{1,30})?$/.test(written) ? written : null;
}

function initialDate(element: Json, path: string, walk: Walk) {
  const value = text(element.value).slice(0, 20);
  if (value === '') return {};
  if (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))) return { initial_date: value };
  lose(walk, `${path}.value`, 'dropped', 'a preset date that is none');
  return {};
}

function initialTime(element: Json, path: string, walk: Walk) {
  const value = text(element.value).slice(0, 20);
  if (value === '') return {};
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value)) return { initial_time: value };
  lose(walk, `${path}.value`, 'dropped', 'a preset time that is none');
  return {};
}
