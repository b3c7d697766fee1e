/**
 * Block Kit's limits, checked as strictly as Slack does before anything is stored. A fault is named with a JSON pointer,
 * as Slack names it. This is the sandbox's own table, kept apart from the converter's: one guards against the other.
 */

import { checkElement, checkImage } from './element-limits.ts';
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
import type { Block } from './state.ts';

export type Fault = {
  code: 'invalid_blocks' | 'msg_blocks_too_long' | 'invalid_arguments';
  pointer: string;
  message: string;
};

const everywhere: Surface[] = ['message', 'modal', 'home'];
const surfaces: Record<string, Surface[]> = {
  actions: everywhere,
  alert: ['modal'],
  card: everywhere,
  carousel: ['message', 'home'],
  container: ['message'],
  context: everywhere,
  data_table: ['message'],
  divider: everywhere,
  file: ['message'],
  header: everywhere,
  image: everywhere,
  input: everywhere,
  markdown: ['message'],
  rich_text: everywhere,
  section: everywhere,
  table: ['message'],
  video: everywhere,
};

/** Faults of a message's blocks, in order; empty when Slack would take them. */
export function messageFaults(blocks: unknown): Fault[] {
  const { faults, report } = collector('invalid_blocks');
  if (!Array.isArray(blocks)) return [{ code: 'invalid_blocks', pointer: '/blocks', message: 'must be an array' }];
  count(blocks, 50, '/blocks', report);
  checkBlocks(blocks, 'message', '/blocks', report);
  if (blocks.filter((block) => isObject(block) && block.type === 'table').length > 1) {
    report('/blocks', 'no more than 1 table allowed');
  }
  // Undocumented, seen at about 13,200; measured here on the JSON, the strictest reading.
  if (JSON.stringify(blocks).length > 13_200) {
    faults.push({ code: 'msg_blocks_too_long', pointer: '/blocks', message: 'the sum of all blocks is too long' });
  }
  return faults;
}

/** Faults of a view's arguments. */
export function viewFaults(view: unknown): Fault[] {
  const { faults, report } = collector('invalid_arguments');
  if (!isObject(view)) return [{ code: 'invalid_arguments', pointer: '/view', message: 'must be an object' }];
  const surface: Surface = view.type === 'home' ? 'home' : 'modal';
  if (view.type !== 'home' && view.type !== 'modal') report('/view/type', 'must be modal or home');
  if (surface === 'modal') {
    plainText(view.title, 24, '/view/title', report);
    for (const name of ['submit', 'close']) {
      if (view[name] !== undefined) plainText(view[name], 24, `/view/${name}`, report);
    }
  }
  atMost(view.private_metadata ?? '', 3000, '/view/private_metadata', report);
  atMost(view.callback_id ?? '', 255, '/view/callback_id', report);
  const blocks = listOf(view.blocks);
  if (!Array.isArray(view.blocks)) report('/view/blocks', 'must be an array');
  count(blocks, 100, '/view/blocks', report);
  checkBlocks(blocks, surface, '/view/blocks', report);
  if (surface === 'modal' && !view.submit && blocks.some((block) => isObject(block) && block.type === 'input')) {
    report('/view/submit', 'missing required field: submit, as the view has an input');
  }
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) report('/view', 'view_too_large');
  return faults;
}

function collector(code: Fault['code']) {
  const faults: Fault[] = [];
  const report: Report = (pointer, message) => faults.push({ code, pointer, message });
  return { faults, report };
}

function checkBlocks(blocks: unknown[], surface: Surface, at: string, report: Report) {
  const ids = new Map<string, string>();
  const actions = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const here = `${at}/${index}`;
    if (!isObject(block) || typeof block.type !== 'string') {
      report(here, 'must be a block');
      continue;
    }
    const allowed = surfaces[block.type];
    if (!allowed) {
      report(`${here}/type`, `unsupported type: ${block.type}`);
      continue;
    }
    if (!allowed.includes(surface)) {
      report(`${here}/type`, `${block.type} is not allowed in a ${surface}`);
      continue;
    }
    const id = block.block_id;
    if (id !== undefined) {
      atMost(id, 255, `${here}/block_id`, report);
      if (ids.has(String(id))) report(`${here}/block_id`, `block_id ${String(id)} already exists`);
      ids.set(String(id), here);
    }
    checkBlock(block as Block, surface, here, report);
    actionIds(block, here, actions, report);
  }
}

/** `action_id`s must be unique within their block. */
function actionIds(block: Json, at: string, seen: Set<string>, report: Report) {
  seen.clear();
  const elements = [...listOf(block.elements), block.accessory, block.element];
  for (const element of elements) {
    if (!isObject(element) || element.action_id === undefined) continue;
    const id = String(element.action_id);
    atMost(id, 255, `${at}/action_id`, report);
    if (seen.has(id)) report(`${at}/elements`, `action_id ${id} already exists`);
    seen.add(id);
  }
}

function checkBlock(block: Block, surface: Surface, at: string, report: Report) {
  switch (block.type) {
    case 'header':
      return plainText(block.text, 150, `${at}/text`, report);
    case 'section':
      return section(block, surface, at, report);
    case 'context':
      return context(block, at, report);
    case 'actions':
      nonEmpty(block.elements, 25, `${at}/elements`, report);
      return listOf(block.elements).forEach((element, index) => {
        checkElement(element, surface, `${at}/elements/${index}`, report);
      });
    case 'image':
      return checkImage(block, at, report);
    case 'input':
      return input(block, surface, at, report);
    case 'markdown':
      return atMost(block.text, 12_000, `${at}/text`, report);
    case 'table':
      return table(block, at, report);
    case 'container': {
      const children = listOf(block.child_blocks);
      count(children, 10, `${at}/child_blocks`, report);
      return checkBlocks(children, surface, `${at}/child_blocks`, report);
    }
    case 'rich_text':
      return nonEmpty(block.elements, Number.POSITIVE_INFINITY, `${at}/elements`, report);
    default:
  }
}

function section(block: Block, surface: Surface, at: string, report: Report) {
  if (block.text === undefined && block.fields === undefined) report(at, 'missing required field: text or fields');
  if (block.text !== undefined) textObject(block.text, 3000, `${at}/text`, report);
  if (block.fields !== undefined) {
    nonEmpty(block.fields, 10, `${at}/fields`, report);
    listOf(block.fields).forEach((field, index) => {
      textObject(field, 2000, `${at}/fields/${index}`, report);
    });
  }
  if (block.accessory !== undefined) checkElement(block.accessory, surface, `${at}/accessory`, report);
}

function context(block: Block, at: string, report: Report) {
  nonEmpty(block.elements, 10, `${at}/elements`, report);
  listOf(block.elements).forEach((element, index) => {
    const here = `${at}/elements/${index}`;
    if (isObject(element) && element.type === 'image') checkImage(element, here, report);
    else textObject(element, 3000, here, report);
  });
}

function input(block: Block, surface: Surface, at: string, report: Report) {
  plainText(block.label, 2000, `${at}/label`, report);
  if (block.hint !== undefined) plainText(block.hint, 2000, `${at}/hint`, report);
  if (!isObject(block.element)) return report(`${at}/element`, 'missing required field');
  if (block.element.type === 'button') report(`${at}/element`, 'unsupported element in an input');
  checkElement(block.element, surface, `${at}/element`, report);
}

function table(block: Block, at: string, report: Report) {
  const rows = listOf(block.rows);
  nonEmpty(rows, 100, `${at}/rows`, report);
  rows.forEach((row, index) => {
    count(listOf(row), 20, `${at}/rows/${index}`, report);
    listOf(row).forEach((cell, column) => {
      const type = isObject(cell) ? String(cell.type) : '';
      if (!['rich_text', 'raw_text', 'raw_number'].includes(type))
        report(`${at}/rows/${index}/${column}`, 'not a cell');
    });
  });
  if (textLength(rows) > 10_000) report(`${at}/rows`, 'must be less than 10001 characters');
}

/** The characters of all texts under a value. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : textLength(value.text);
  return own + textLength(value.elements);
}
