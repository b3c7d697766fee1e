/** Input.ChoiceSet → radio buttons, checkboxes or menus. */

import type { InputBlockElement, PlainTextOption } from '@slack/types';
import { choiceValue } from './flatten.ts';
import { isObject, type Json, text, word } from './json.ts';
import { limits } from './limits.ts';
import { cut } from './spans.ts';
import { plainText } from './texts.ts';
import { bounded, listed, lose, spend, type Walk } from './walk.ts';

/** The element, or null when there is nothing to choose from. */
export function choiceSet(input: Json, path: string, actionId: string, walk: Walk): InputBlockElement | null {
  const options = optionsOf(input, path, walk);
  if (options.length === 0) {
    lose(walk, path, 'dropped', 'an input without choices');
    return null;
  }
  if (input['choices.data'] !== undefined) lose(walk, path, 'dropped', 'choices that are looked up');
  const initial = initialOptions(input, options, path, walk);
  const multiple = input.isMultiSelect === true;
  const expanded = word(input.style) === 'expanded';
  const few = options.length <= limits.choice.radio;
  if (expanded && !few) lose(walk, path, 'style', 'open choices as a menu');
  if (expanded && few) {
    return multiple
      ? { type: 'checkboxes', action_id: actionId, options, ...(initial.length > 0 && { initial_options: initial }) }
      : { type: 'radio_buttons', action_id: actionId, options, ...(initial[0] && { initial_option: initial[0] }) };
  }
  const menu = {
    action_id: actionId,
    ...placeholder(input, path, walk),
    ...grouped(options, path, walk),
  };
  return multiple
    ? { type: 'multi_static_select', ...menu, ...(initial.length > 0 && { initial_options: initial }) }
    : { type: 'static_select', ...menu, ...(initial[0] && { initial_option: initial[0] }) };
}

/** What stands in an empty input. */
export function placeholder(input: Json, path: string, walk: Walk) {
  const words = bounded(text(input.placeholder), path, walk).trim();
  if (words === '') return {};
  if (words.length > limits.input.placeholder) lose(walk, path, 'cut', 'a long placeholder');
  return { placeholder: plainText(words, limits.input.placeholder) };
}

function optionsOf(input: Json, path: string, walk: Walk): PlainTextOption[] {
  const options = new Map<string, PlainTextOption>();
  for (const [index, choice] of listed(input.choices, `${path}.choices`, walk).entries()) {
    const at = `${path}.choices[${index}]`;
    if (!spend(walk, at)) break;
    if (!isObject(choice)) {
      lose(walk, at, 'dropped', 'a choice that is not an object');
      continue;
    }
    const value = choiceValue(text(choice.value));
    if (value.length > limits.choice.value || options.has(value)) {
      lose(
        walk,
        at,
        'dropped',
        options.has(value) ? 'a choice with the value of another' : 'a choice with a long value',
      );
      continue;
    }
    const title = bounded(text(choice.title), at, walk).trim();
    if (title === '') lose(walk, at, 'label', 'a choice without a title');
    options.set(value, { ...optionText(title || text(choice.value).trim() || '–', at, walk), value });
  }
  return [...options.values()];
}

/** A title too long for its line goes on in the line below it. */
export function optionText(title: string, path: string, walk: Walk): Pick<PlainTextOption, 'text' | 'description'> {
  const { text: line, description } = limits.choice;
  if (title.length <= line) return { text: plainText(title, line) };
  const space = title.lastIndexOf(' ', line);
  const rest = space > 0 ? title.slice(space + 1).trim() : '';
  if (rest === '' || rest.length > description) {
    lose(walk, path, 'cut', 'a long title');
    return { text: plainText(title, line) };
  }
  lose(walk, path, 'chunked', 'a long title in two lines');
  return { text: plainText(title.slice(0, space), line), description: plainText(rest, description) };
}

function grouped(options: PlainTextOption[], path: string, walk: Walk) {
  const { select, groups, groupLabel } = limits.choice;
  if (options.length <= select) return { options };
  lose(walk, path, 'chunked', `${options.length} choices in groups`);
  const option_groups = [];
  for (let at = 0; at < options.length && option_groups.length < groups; at += select) {
    const part = options.slice(at, at + select);
    const names = [part[0], part.at(-1)].map((option) => cut(option?.text.text ?? '', 35));
    option_groups.push({ label: plainText(names.join(' – '), groupLabel), options: part });
  }
  return { option_groups };
}

function initialOptions(input: Json, options: PlainTextOption[], path: string, walk: Walk): PlainTextOption[] {
  const wanted = text(input.value);
  if (wanted === '') return options.filter(({ value }) => value === choiceValue('') && input.value === '');
  const values = new Set((input.isMultiSelect === true ? wanted.split(',') : [wanted]).map(choiceValue));
  const found = options.filter(({ value }) => values.has(value ?? ''));
  if (found.length < values.size) lose(walk, `${path}.value`, 'dropped', 'a preset value that is no choice');
  return found;
}
