/** What a person fills in, as Slack keeps it: block id → action id → the element's state. */

import { isObject, type Json, listOf } from './limit-checks.ts';
import type { Block, Values } from './state.ts';

type Field = Values[string][string];

/**
 * The state of every input, as a submission carries it. `given` is by input name (flat, several choices joined by ",");
 * what is not given keeps what was typed before, or what the element began with. `errors` is what Slack itself says
 * before it sends anything: an empty required input, or a choice that is not offered; keys are input names.
 */
export function fillIn(
  blocks: readonly Block[],
  before: Values,
  given: Record<string, string>,
): { values: Values; errors: Record<string, string> } {
  const values: Values = {};
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const { element } = block;
    const id = block.block_id ?? '';
    const action = String(element.action_id ?? '');
    const input = inputName(id, action);
    const value = given[input];
    const field = value === undefined ? (before[id]?.[action] ?? initial(element)) : typed(element, value);
    if (!field) errors[input] = 'Not one of the choices';
    else {
      values[id] = { [action]: field };
      if (block.optional !== true && isEmpty(field)) errors[input] = 'Please complete this required field.';
    }
  }
  return { values, errors };
}

/** "text:note" and a block called anything → "note"; an action id without a name leaves it to the block id. */
export function inputName(block: string, action: string): string {
  const [kind, ...rest] = action.split(':');
  const name = rest.join(':');
  if (kind === 'switch') {
    try {
      const [id] = JSON.parse(name) as string[];
      return id || block;
    } catch {
      return block;
    }
  }
  return name || block;
}

function initial(element: Json): Field {
  const type = String(element.type);
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: listOf(element.initial_options) };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    default:
      return { type, value: element.initial_value ?? null };
  }
}

/** Null when a choice is not offered. */
function typed(element: Json, value: string): Field | null {
  const type = String(element.type);
  switch (type) {
    case 'static_select':
    case 'radio_buttons': {
      if (value === '') return { type, selected_option: null };
      const option = optionFor(element, value);
      return option ? { type, selected_option: option } : null;
    }
    case 'multi_static_select':
    case 'checkboxes': {
      const on = optionsOf(element).length === 1 && (value === 'true' || value === 'false');
      const wanted = on
        ? value === 'true'
          ? [optionValue(optionsOf(element)[0])]
          : []
        : value.split(',').filter(Boolean);
      const options = wanted.map((one) => optionFor(element, one));
      return options.every((option) => option !== undefined) ? { type, selected_options: options } : null;
    }
    case 'datepicker':
      return { type, selected_date: value || null };
    case 'timepicker':
      return { type, selected_time: value || null };
    default:
      return { type, value: value || null };
  }
}

function optionsOf(element: Json): Json[] {
  const groups = listOf(element.option_groups).filter(isObject);
  return [...listOf(element.options), ...groups.flatMap((group) => listOf(group.options))].filter(isObject);
}

const optionValue = (option: Json | undefined) => String(option?.value ?? '');

/** By value, as the form knows it: an option value may carry a leading "~" that is the bot's own. */
function optionFor(element: Json, value: string): Json | undefined {
  return optionsOf(element).find((option) => optionValue(option) === value || optionValue(option) === `~${value}`);
}

function isEmpty(field: Field): boolean {
  if (Array.isArray(field.selected_options)) return field.selected_options.length === 0;
  return !(field.selected_option ?? field.selected_date ?? field.selected_time ?? field.value);
}
