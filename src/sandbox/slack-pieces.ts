/** A Slack message or modal as data the page can show: rendered HTML between live controls. */

import { inputName } from './slack/typing.ts';
import type { SlackText } from './slack-text.ts';
import type { Button } from './wire.ts';

type Json = Record<string, unknown>;

export type Choice = { value: string; label: string; description: string };
export type Field = {
  control: 'field';
  kind: 'text' | 'lines' | 'number' | 'email' | 'url' | 'date' | 'time' | 'select' | 'choices' | 'radio' | 'checkboxes';
  /** Input id, as the wire takes it. */
  name: string;
  /** Where Slack puts an error: its block_id. */
  block: string;
  label: string;
  hint: string;
  placeholder: string;
  optional: boolean;
  choices: Choice[];
  /** What stands in it; several values joined by ",". */
  value: string;
};
export type Press = {
  control: 'button';
  label: string;
  /** What a screen reader says instead, when Slack has words for that. */
  says: string;
  style: 'primary' | 'danger' | 'plain';
  /** A link instead of a press. */
  url: string | null;
  button: Button | null;
};
export type Piece = { html: string } | { controls: (Field | Press)[] };

const fieldKinds: Record<string, Field['kind']> = {
  plain_text_input: 'text',
  rich_text_input: 'lines',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
  static_select: 'select',
  multi_static_select: 'choices',
  radio_buttons: 'radio',
  checkboxes: 'checkboxes',
};

/**
 * @param blocks as received by the wire.
 * @param buttons what the wire says can be pressed, in the order in which they stand.
 * @param typed a modal's `state.values`: what was filled in earlier wins over what a field begins with.
 */
export function slackPieces(blocks: unknown[], buttons: Button[], text: SlackText, typed: unknown = {}): Piece[] {
  const pieces: Piece[] = [];
  const left = [...buttons];
  let still: Json[] = [];
  const flush = () => {
    if (still.length > 0) pieces.push({ html: text.html(still) });
    still = [];
  };
  for (const block of blocks.filter(isJson).flatMap(opened)) {
    const controls = controlsOf(block, text, left, typed);
    const rest = withoutControls(block);
    if (rest) still.push(rest);
    if (controls.length > 0) {
      flush();
      pieces.push({ controls });
    }
  }
  flush();
  return pieces;
}

/** A container with controls in it is shown as its title and what it holds. */
function opened(block: Json): Json[] {
  const inside = list(block.child_blocks);
  const live = inside.some((child) => child.type === 'actions' || child.type === 'input' || isControl(child.accessory));
  if (block.type !== 'container' || !live) return [block];
  return [...(isJson(block.title) ? [{ type: 'section', text: block.title }] : []), ...inside.flatMap(opened)];
}

function controlsOf(block: Json, text: SlackText, left: Button[], typed: unknown): (Field | Press)[] {
  const id = string(block.block_id);
  if (block.type === 'input' && isJson(block.element)) {
    const field = fieldOf(block.element, id, text);
    if (!field) return [];
    return [
      {
        ...field,
        label: text.plain(block.label),
        hint: text.plain(block.hint),
        optional: block.optional === true,
        value: typedIn(typed, id, block.element) ?? field.value,
      },
    ];
  }
  const elements =
    block.type === 'actions' ? list(block.elements) : isControl(block.accessory) ? [block.accessory] : [];
  return elements.flatMap((element): (Field | Press)[] => {
    if (element.type === 'button') return [pressOf(element, text, left)];
    const field = fieldOf(element, id, text);
    return field ? [field] : [];
  });
}

/** The part of a block that only shows something; null when there is none. */
function withoutControls(block: Json): Json | null {
  if (block.type === 'input' || block.type === 'actions') return null;
  if (!isControl(block.accessory)) return block;
  const { accessory: _, ...rest } = block;
  return rest;
}

function pressOf(element: Json, text: SlackText, left: Button[]): Press {
  const label = text.plain(element.text);
  const url = string(element.url);
  const raw = isJson(element.text) ? string(element.text.text) : '';
  const at = url ? -1 : left.findIndex((button) => button.label === raw || button.label === label);
  const [button = null] = at < 0 ? [] : left.splice(at, 1);
  const style = element.style === 'primary' || element.style === 'danger' ? element.style : 'plain';
  return {
    control: 'button',
    label,
    says: string(element.accessibility_label),
    style,
    url: url || null,
    button,
  };
}

/** A control on its own: outside an input block Slack gives it no label, so its placeholder has to do. */
function fieldOf(element: Json, block: string, text: SlackText): Field | null {
  const known = fieldKinds[string(element.type)];
  if (!known) return null;
  const name = inputName(block, string(element.action_id));
  return {
    control: 'field',
    kind: known === 'text' && element.multiline === true ? 'lines' : known,
    name,
    block,
    label: text.plain(element.placeholder) || name,
    hint: '',
    placeholder: text.plain(element.placeholder),
    optional: true,
    choices: [...list(element.options), ...list(element.option_groups).flatMap((group) => list(group.options))].map(
      (option) => ({
        value: string(option.value),
        label: text.plain(option.text),
        description: text.plain(option.description),
      }),
    ),
    value: initialOf(element),
  };
}

function initialOf(element: Json): string {
  const one = isJson(element.initial_option) ? string(element.initial_option.value) : '';
  const several = list(element.initial_options).map((option) => string(option.value));
  const plain = element.initial_value ?? element.initial_date ?? element.initial_time;
  return one || several.join(',') || (plain === undefined || plain === null ? '' : String(plain));
}

/** As Slack holds it: block id → action id → the element's state. */
function typedIn(typed: unknown, block: string, element: Json): string | null {
  const actions = isJson(typed) ? typed[block] : null;
  const held = isJson(actions) ? actions[string(element.action_id)] : null;
  if (!isJson(held)) return null;
  if (isJson(held.selected_option)) return string(held.selected_option.value);
  if (Array.isArray(held.selected_options))
    return list(held.selected_options)
      .map((one) => string(one.value))
      .join(',');
  return string(held.selected_date) || string(held.selected_time) || string(held.value);
}

function isControl(element: unknown): element is Json {
  return isJson(element) && (element.type === 'button' || string(element.type) in fieldKinds);
}
function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
