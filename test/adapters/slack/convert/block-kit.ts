/**
 * What Slack accepts, written down from its reference and not from the converter: an independent judge of blocks.
 * Every fault is a sentence that begins with where it is.
 */

import type { KnownBlock, ModalView } from '@slack/types';

type Node = Record<string, unknown>;
type Faults = string[];
type Surface = 'message' | 'modal' | 'home';

const object = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function messageFaults(blocks: KnownBlock[], text: string): Faults {
  const faults = blocksFaults(blocks, 'message');
  if (blocks.length > 50) faults.push(`message: ${blocks.length} blocks`);
  const size = JSON.stringify(blocks).length;
  if (size > 13_200) faults.push(`message: ${size} characters`);
  if (text.trim() === '' || text.length > 4_000) faults.push(`text: ${text.length} characters`);
  if (unescaped(text)) faults.push('text: unescaped');
  return faults;
}

export function modalFaults(view: ModalView): Faults {
  const blocks = view.blocks as KnownBlock[];
  const faults = blocksFaults(blocks, 'modal');
  if (blocks.length > 100) faults.push(`modal: ${blocks.length} blocks`);
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) faults.push('modal: more than 250 kB');
  plain(view.title, 24, 'title', faults);
  if (view.submit !== undefined) plain(view.submit, 24, 'submit', faults);
  if (view.submit === undefined && blocks.some(({ type }) => type === 'input')) faults.push('modal: inputs, no submit');
  if ((view.private_metadata ?? '').length > 3_000) faults.push('private_metadata: too long');
  if ((view.callback_id ?? '').length > 255) faults.push('callback_id: too long');
  return faults;
}

export function homeFaults(blocks: KnownBlock[]): Faults {
  const faults = blocksFaults(blocks, 'home');
  if (blocks.length > 100) faults.push(`home: ${blocks.length} blocks`);
  if (Buffer.byteLength(JSON.stringify(blocks)) > 250_000) faults.push('home: more than 250 kB');
  if (blocks.some(({ type }) => type === 'input')) faults.push('home: an input that nothing sends');
  return faults;
}

function blocksFaults(blocks: KnownBlock[], surface: Surface): Faults {
  const faults: Faults = [];
  if (blocks.length === 0) faults.push('no blocks');
  const ids = new Set<string>();
  const tables = blocks.filter(({ type }) => type === 'table').length;
  if (tables > 1) faults.push(`${tables} tables`);
  for (const [index, block] of blocks.entries()) oneBlock(block as unknown as Node, `${index}`, surface, ids, faults);
  return faults;
}

function oneBlock(block: Node, at: string, surface: Surface, ids: Set<string>, faults: Faults): void {
  const type = String(block.type);
  const where = `${at}.${type}`;
  const id = block.block_id;
  if (id !== undefined) {
    if (typeof id !== 'string' || id === '' || id.length > 255) faults.push(`${where}: block_id`);
    if (ids.has(String(id))) faults.push(`${where}: block_id twice`);
    ids.add(String(id));
  }
  switch (type) {
    case 'divider':
      return;
    case 'header':
      plain(block.text, 150, where, faults);
      return;
    case 'section':
      section(block, where, faults);
      return;
    case 'context':
      if (!between(block.elements, 1, 10)) faults.push(`${where}: elements`);
      for (const element of items(block.elements)) {
        if (object(element) && element.type === 'image') image(element, where, faults);
        else textObject(element, 3_000, where, faults);
      }
      return;
    case 'image':
      image(block, where, faults);
      return;
    case 'rich_text':
      richText(block, where, faults);
      return;
    case 'actions':
      if (!between(block.elements, 1, 25)) faults.push(`${where}: elements`);
      actionIds(items(block.elements), where, faults);
      for (const element of items(block.elements)) button(element, where, faults);
      return;
    case 'alert':
      if (surface !== 'modal') faults.push(`${where}: only in modals`);
      if (!['default', 'info', 'warning', 'error', 'success'].includes(String(block.level)))
        faults.push(`${where}: level`);
      textObject(block.text, 3_000, where, faults);
      return;
    case 'container': {
      if (surface !== 'message') faults.push(`${where}: only on messages`);
      plain(block.title, 150, where, faults);
      if (!between(block.child_blocks, 1, 10)) faults.push(`${where}: child_blocks`);
      const allowed = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'table'];
      for (const [index, child] of items(block.child_blocks).entries()) {
        if (!object(child) || !allowed.includes(String(child.type))) faults.push(`${where}: child`);
        else oneBlock(child, `${where}.${index}`, surface, ids, faults);
      }
      return;
    }
    case 'table':
      if (surface !== 'message') faults.push(`${where}: not in modals here`);
      table(block, where, faults);
      return;
    case 'input':
      input(block, where, surface, faults);
      return;
    default:
      faults.push(`${where}: unknown block`);
  }
}

function section(block: Node, where: string, faults: Faults): void {
  if (block.text === undefined && block.fields === undefined) faults.push(`${where}: neither text nor fields`);
  if (block.text !== undefined) textObject(block.text, 3_000, where, faults);
  if (block.fields !== undefined) {
    if (!between(block.fields, 1, 10)) faults.push(`${where}: fields`);
    for (const field of items(block.fields)) textObject(field, 2_000, `${where}.fields`, faults);
  }
  if (block.accessory !== undefined) {
    if (!object(block.accessory) || block.accessory.type !== 'image') faults.push(`${where}: accessory`);
    else image(block.accessory, where, faults);
  }
}

function between(value: unknown, least: number, most: number): boolean {
  return Array.isArray(value) && value.length >= least && value.length <= most;
}

function textObject(value: unknown, most: number, where: string, faults: Faults): void {
  if (!object(value)) {
    faults.push(`${where}: no text object`);
    return;
  }
  if (value.type === 'plain_text') {
    plain(value, most, where, faults);
    return;
  }
  if (value.type !== 'mrkdwn' || typeof value.text !== 'string') {
    faults.push(`${where}: text type`);
    return;
  }
  if (value.text === '' || value.text.length > most) faults.push(`${where}: ${value.text.length} characters`);
  if (selfLinking(value.text)) faults.push(`${where}: Slack would make a link or a mention of ${value.text}`);
  if (unescaped(value.text)) faults.push(`${where}: ${value.text}`);
}

function plain(value: unknown, most: number, where: string, faults: Faults): void {
  if (!object(value) || value.type !== 'plain_text' || typeof value.text !== 'string') {
    faults.push(`${where}: no plain text`);
    return;
  }
  if (value.text === '' || value.text.length > most) faults.push(`${where}: ${value.text.length} characters`);
  if (/[\ud800-\udbff](?![\udc00-\udfff])/.test(value.text.slice(-2)) && value.text.endsWith('…')) {
    faults.push(`${where}: half a character`);
  }
}

/** What Slack looks for by itself in text that is not in angle brackets. */
export function selfLinking(text: string): boolean {
  return /https?:|www\.|@\w|#\w|\w\.(?:com|org|net|se|example)\b/.test(text.replace(/<[^<>]*>/g, ''));
}

/** Anything in angle brackets but a link to https or mail and a date; `&` outside the three escapes. */
export function unescaped(text: string): boolean {
  const links = /<(?:https:\/\/[^<>|]+|mailto:[^<>|]+|!date\^-?\d+\^[{}a-z_]+)\|[^<>|]*>/g;
  const people = /<@[UW][A-Z0-9]{4,30}>/g;
  return /[<>]|&(?!amp;|lt;|gt;)/.test(text.replace(links, '').replace(people, ''));
}

function image(value: Node, where: string, faults: Faults): void {
  const url = value.image_url;
  if (typeof url !== 'string' || !url.startsWith('https://') || url.length > 3_000) faults.push(`${where}: image_url`);
  const alt = value.alt_text;
  if (typeof alt !== 'string' || alt === '' || alt.length > 2_000) faults.push(`${where}: alt_text`);
}

function richText(block: Node, where: string, faults: Faults): void {
  if (!between(block.elements, 1, 1_000)) faults.push(`${where}: elements`);
  for (const part of items(block.elements)) {
    if (!object(part) || !['rich_text_section', 'rich_text_preformatted'].includes(String(part.type))) {
      faults.push(`${where}: part`);
      continue;
    }
    if (!between(part.elements, 1, 5_000)) faults.push(`${where}: empty part`);
    for (const run of items(part.elements)) richRun(run, where, faults);
  }
}

function richRun(run: unknown, where: string, faults: Faults): void {
  if (!object(run)) {
    faults.push(`${where}: run`);
    return;
  }
  const texty = typeof run.text === 'string' && run.text !== '';
  if (run.type === 'text' && texty) return;
  if (run.type === 'link' && texty && /^(?:https:\/\/|mailto:)/.test(String(run.url))) return;
  if (run.type === 'date' && typeof run.timestamp === 'number' && typeof run.fallback === 'string') return;
  if (run.type === 'user' && /^[UW][A-Z0-9]{4,30}$/.test(String(run.user_id))) return;
  faults.push(`${where}: run of type ${String(run.type)}`);
}

function button(value: unknown, where: string, faults: Faults): void {
  if (!object(value) || value.type !== 'button') {
    faults.push(`${where}: not a button`);
    return;
  }
  plain(value.text, 75, `${where}.button`, faults);
  if (typeof value.value === 'string' && value.value.length > 2_000) faults.push(`${where}: value`);
  if (value.url !== undefined && (!/^https?:\/\//.test(String(value.url)) || String(value.url).length > 3_000)) {
    faults.push(`${where}: url`);
  }
  if (value.style !== undefined && !['primary', 'danger'].includes(String(value.style))) faults.push(`${where}: style`);
  if (String(value.accessibility_label ?? '').length > 75) faults.push(`${where}: accessibility_label`);
}

function actionIds(elements: unknown[], where: string, faults: Faults): void {
  const ids = elements.map((element) => (object(element) ? element.action_id : undefined));
  if (ids.some((id) => typeof id !== 'string' || id === '' || id.length > 255)) faults.push(`${where}: action_id`);
  if (new Set(ids).size < ids.length) faults.push(`${where}: action_id twice`);
}

function table(block: Node, where: string, faults: Faults): void {
  if (!between(block.rows, 1, 100)) faults.push(`${where}: rows`);
  let characters = 0;
  for (const row of items(block.rows)) {
    if (!between(row, 1, 20)) faults.push(`${where}: columns`);
    for (const cell of items(row)) {
      if (!object(cell)) faults.push(`${where}: cell`);
      else if (cell.type === 'rich_text') {
        richText(cell, where, faults);
        for (const part of items(cell.elements) as Node[]) {
          for (const run of items(part.elements) as Node[]) characters += String(run.text ?? run.fallback ?? '').length;
        }
      } else if (cell.type !== 'raw_text' || typeof cell.text !== 'string' || cell.text === '')
        faults.push(`${where}: cell`);
      else characters += cell.text.length;
    }
  }
  if (characters > 10_000) faults.push(`${where}: ${characters} characters`);
}

function input(block: Node, where: string, surface: Surface, faults: Faults): void {
  plain(block.label, 2_000, `${where}.label`, faults);
  if (block.hint !== undefined) plain(block.hint, 2_000, `${where}.hint`, faults);
  const element = block.element;
  if (!object(element)) {
    faults.push(`${where}: no element`);
    return;
  }
  actionIds([element], where, faults);
  const type = String(element.type);
  if (surface !== 'modal' && ['number_input', 'email_text_input', 'url_text_input'].includes(type)) {
    faults.push(`${where}: only in modals`);
  }
  if (element.placeholder !== undefined) plain(element.placeholder, 150, `${where}.placeholder`, faults);
  switch (type) {
    case 'plain_text_input': {
      const most = element.max_length ?? 3_000;
      if (typeof most !== 'number' || !Number.isInteger(most) || most < 1 || most > 3_000)
        faults.push(`${where}: max_length`);
      else if (String(element.initial_value ?? '').length > most) faults.push(`${where}: initial_value`);
      return;
    }
    case 'email_text_input':
    case 'url_text_input':
      return;
    case 'number_input':
      number(element, where, faults);
      return;
    case 'datepicker':
      if (element.initial_date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(String(element.initial_date)))
        faults.push(`${where}: date`);
      return;
    case 'timepicker':
      if (element.initial_time !== undefined && !/^[0-2]\d:[0-5]\d$/.test(String(element.initial_time)))
        faults.push(`${where}: time`);
      return;
    case 'radio_buttons':
    case 'checkboxes':
      if (element.placeholder !== undefined) faults.push(`${where}: placeholder`);
      choices(element, 10, where, faults);
      return;
    case 'static_select':
    case 'multi_static_select':
      choices(element, 100, where, faults);
      return;
    default:
      faults.push(`${where}: unknown element ${type}`);
  }
}

function number(element: Node, where: string, faults: Faults): void {
  if (typeof element.is_decimal_allowed !== 'boolean') faults.push(`${where}: is_decimal_allowed`);
  const value = Number(element.initial_value ?? 0);
  const given = element.initial_value !== undefined;
  if (given && element.min_value !== undefined && value < Number(element.min_value)) faults.push(`${where}: below`);
  if (given && element.max_value !== undefined && value > Number(element.max_value)) faults.push(`${where}: above`);
}

function choices(element: Node, most: number, where: string, faults: Faults): void {
  const groups = items(element.option_groups);
  const lists = groups.length > 0 ? groups.map((group) => items((group as Node).options)) : [items(element.options)];
  if (groups.length > 100) faults.push(`${where}: option_groups`);
  for (const group of groups) plain((group as Node).label, 75, `${where}.group`, faults);
  const all = lists.flat() as Node[];
  for (const list of lists) if (!between(list, 1, most)) faults.push(`${where}: ${list.length} options`);
  for (const option of all) {
    plain(option.text, 75, `${where}.option`, faults);
    if (option.description !== undefined) plain(option.description, 75, `${where}.option`, faults);
    if (typeof option.value !== 'string' || option.value === '' || option.value.length > 75)
      faults.push(`${where}: option value`);
  }
  if (new Set(all.map(({ value }) => value)).size < all.length) faults.push(`${where}: option value twice`);
  const initial = element.initial_option === undefined ? items(element.initial_options) : [element.initial_option];
  if (element.initial_options !== undefined && initial.length === 0) faults.push(`${where}: empty initial_options`);
  for (const option of initial) {
    if (!all.some((each) => JSON.stringify(each) === JSON.stringify(option))) faults.push(`${where}: initial option`);
  }
}
