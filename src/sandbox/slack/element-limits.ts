/** The limits of what stands inside a block: buttons, selects, text inputs, images. */

import {
  atMost,
  count,
  isObject,
  type Json,
  listOf,
  nonEmpty,
  plainText,
  type Report,
  type Surface,
  textObject,
} from './limit-checks.ts';

const onlyInModals = new Set(['number_input', 'email_text_input', 'url_text_input', 'file_input']);
const choices: Record<string, number> = {
  static_select: 100,
  multi_static_select: 100,
  radio_buttons: 10,
  checkboxes: 10,
  overflow: 5,
};
const otherElements = new Set([
  'plain_text_input',
  'datepicker',
  'timepicker',
  'datetimepicker',
  'users_select',
  'conversations_select',
  'external_select',
  'multi_users_select',
  'rich_text_input',
  'workflow_button',
]);

/** One interactive element, or an image in an element's place. */
export function checkElement(element: unknown, surface: Surface, at: string, report: Report) {
  if (!isObject(element)) return report(at, 'must be an element');
  const type = String(element.type);
  if (type === 'button') return button(element, at, report);
  if (type === 'image') return checkImage(element, at, report);
  if (onlyInModals.has(type)) {
    if (surface !== 'modal') report(`${at}/type`, `${type} is not allowed in a ${surface}`);
  } else if (!(type in choices) && !otherElements.has(type)) return report(`${at}/type`, `unsupported type: ${type}`);
  if (element.placeholder !== undefined) plainText(element.placeholder, 150, `${at}/placeholder`, report);
  const longest = element.max_length;
  if (type === 'plain_text_input' && longest !== undefined) {
    if (typeof longest !== 'number' || longest < 1 || longest > 3000) report(`${at}/max_length`, 'must be 1 to 3000');
    atMost(element.initial_value ?? '', Number(longest), `${at}/initial_value`, report);
  }
  const most = choices[type];
  if (most !== undefined) options(element, most, at, report);
  if (
    type === 'datepicker' &&
    element.initial_date !== undefined &&
    !/^\d{4}-\d\d-\d\d$/.test(String(element.initial_date))
  ) {
    report(`${at}/initial_date`, 'must be YYYY-MM-DD');
  }
}

function options(element: Json, most: number, at: string, report: Report) {
  const grouped = listOf(element.option_groups).flatMap((group) => (isObject(group) ? listOf(group.options) : []));
  const all = Array.isArray(element.option_groups) ? grouped : listOf(element.options);
  if (all.length === 0) report(`${at}/options`, 'must provide at least one option');
  if (Array.isArray(element.option_groups)) groups(element.option_groups, most, at, report);
  else count(all, most, `${at}/options`, report);
  const values = new Set<string>();
  for (const [index, option] of all.entries()) {
    const here = `${at}/options/${index}`;
    if (!isObject(option)) {
      report(here, 'must be an option');
      continue;
    }
    textObject(option.text, 75, `${here}/text`, report);
    if (option.description !== undefined) textObject(option.description, 75, `${here}/description`, report);
    if (typeof option.value !== 'string') report(`${here}/value`, 'missing required field');
    atMost(option.value ?? '', 75, `${here}/value`, report);
    values.add(JSON.stringify([option.text, option.value]));
  }
  const initial = [element.initial_option, ...listOf(element.initial_options)].filter(isObject);
  for (const option of initial) {
    if (!values.has(JSON.stringify([option.text, option.value]))) {
      report(`${at}/initial_option`, 'must be one of the options, exactly');
    }
  }
}

function groups(given: unknown[], most: number, at: string, report: Report) {
  nonEmpty(given, 100, `${at}/option_groups`, report);
  for (const [index, group] of given.entries()) {
    const here = `${at}/option_groups/${index}`;
    if (!isObject(group)) report(here, 'must be an option group');
    else {
      plainText(group.label, 75, `${here}/label`, report);
      nonEmpty(group.options, most, `${here}/options`, report);
    }
  }
}

function button(element: Json, at: string, report: Report) {
  plainText(element.text, 75, `${at}/text`, report);
  atMost(element.value ?? '', 2000, `${at}/value`, report);
  atMost(element.url ?? '', 3000, `${at}/url`, report);
  atMost(element.accessibility_label ?? '', 75, `${at}/accessibility_label`, report);
  const style = element.style;
  if (style !== undefined && style !== 'primary' && style !== 'danger')
    report(`${at}/style`, 'must be primary or danger');
}

export function checkImage(block: Json, at: string, report: Report) {
  if (typeof block.image_url !== 'string' && !isObject(block.slack_file)) report(at, 'missing image_url');
  if (typeof block.image_url === 'string') {
    atMost(block.image_url, 3000, `${at}/image_url`, report);
    if (!/^https?:\/\//.test(block.image_url)) report(`${at}/image_url`, 'must be a public URL');
  }
  if (typeof block.alt_text !== 'string') report(`${at}/alt_text`, 'missing required field');
  atMost(block.alt_text ?? '', 2000, `${at}/alt_text`, report);
  if (block.title !== undefined) plainText(block.title, 2000, `${at}/title`, report);
}
