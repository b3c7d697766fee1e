/** ColumnSet: texts side by side become fields, a text beside a picture an accessory; anything else is stacked. */

import type { KnownBlock } from '@slack/types';
import { fieldBlocks } from './facts.ts';
import { imageElement } from './images.ts';
import { isObject, type Json, list, word } from './json.ts';
import { limits } from './limits.ts';
import { noteLooks } from './looks.ts';
import { bold, isBlank, joined, pieces, plain, type Span } from './spans.ts';
import { isHeading, isQuiet, spansOf } from './text-elements.ts';
import { mrkdwn } from './texts.ts';
import { listed, lose, say, spend, type Walk } from './walk.ts';

type Column = { json: Json; items: unknown[]; path: string };

export function columnSet(element: Json, path: string, walk: Walk): KnownBlock[] {
  const columns: Column[] = [];
  const hidden: KnownBlock[] = [];
  for (const [index, json] of listed(element.columns, `${path}.columns`, walk).entries()) {
    const at = `${path}.columns[${index}]`;
    if (!spend(walk, at)) break;
    if (!isObject(json)) lose(walk, at, 'dropped', 'a column that is not an object');
    else if (json.isVisible === false) hidden.push(...walk.one(asContainer(json), at, walk));
    else columns.push({ json, items: list(json.items), path: at });
  }
  for (const { json } of columns) noteLooks(json, walk);
  const shown = besidePicture(columns, walk) ?? asFields(columns, path, walk) ?? stacked(columns, path, walk);
  return [...shown, ...hidden];
}

function asFields(columns: Column[], path: string, walk: Walk): KnownBlock[] | null {
  if (columns.length < 2 || !columns.every((column) => isPlainColumn(column) && isText(column.items))) return null;
  const texts = columns.map((column) => ({
    spans: textOf(column.items, `${column.path}.items`, walk),
    path: column.path,
  }));
  const shown = texts.filter(({ spans }) => !isBlank(spans));
  if (columns.length > 2) lose(walk, path, 'flattened', `${columns.length} columns, two in a row`);
  for (const { spans } of shown) say(walk, plain(spans));
  return fieldBlocks(shown, path, walk);
}

function besidePicture(columns: Column[], walk: Walk): KnownBlock[] | null {
  const [first, second] = columns;
  if (columns.length !== 2 || first === undefined || second === undefined) return null;
  if (!isPlainColumn(first) || !isPlainColumn(second)) return null;
  const [words, picture] = isPicture(first.items) ? [second, first] : [first, second];
  if (!isPicture(picture.items) || !isText(words.items)) return null;
  const image = picture.items[0];
  if (!isObject(image)) return null;
  const spans = textOf(words.items, `${words.path}.items`, walk);
  const text = pieces(spans, limits.section.text).length === 1 ? mrkdwn(spans) : null;
  if (text === null) return null;
  say(walk, plain(spans));
  const accessory = imageElement(image, `${picture.path}.items[0]`, walk);
  if ('words' in accessory) return [{ type: 'section', text }];
  say(walk, accessory.alt_text);
  return [{ type: 'section', text, accessory }];
}

function stacked(columns: Column[], path: string, walk: Walk): KnownBlock[] {
  if (columns.length > 1) lose(walk, path, 'flattened', `${columns.length} columns, one below the other`);
  return columns.flatMap(({ json, path: at }) => walk.one(asContainer(json), at, walk));
}

function asContainer(column: Json): Json {
  return { ...column, type: 'Container' };
}

/** A column with nothing of its own but items. */
function isPlainColumn({ json }: Column): boolean {
  return json.selectAction === undefined && json.requires === undefined && !signStyles.has(word(json.style));
}

export const signStyles = new Set(['good', 'warning', 'attention']);
const textTypes = new Set(['textblock', 'richtextblock']);

function isPicture(items: unknown[]): boolean {
  const [only] = items;
  return items.length === 1 && isObject(only) && word(only.type) === 'image' && isOrdinary(only);
}

function isOrdinary(item: Json): boolean {
  return item.isVisible !== false && item.requires === undefined && item.selectAction === undefined;
}

/** True when the items are texts and nothing else. */
export function isText(items: unknown[]): boolean {
  return (
    items.length <= 20 && items.every((item) => isObject(item) && textTypes.has(word(item.type)) && isOrdinary(item))
  );
}

/** The texts one below the other as one run of spans. */
export function textOf(items: unknown[], path: string, walk: Walk): Span[] {
  const parts: Span[][] = [];
  for (const [index, item] of items.entries()) {
    const at = `${path}[${index}]`;
    if (!isObject(item) || !spend(walk, at)) continue;
    noteLooks(item, walk);
    if (isHeading(item) || isQuiet(item)) walk.looks.add('size');
    const spans = spansOf(item, at, walk);
    if (!isBlank(spans)) parts.push(isHeading(item) ? bold(spans) : spans);
  }
  return joined(parts, '\n');
}
