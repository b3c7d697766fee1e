/** Properties that only say how something looks, and that Slack has no word for. */

import { type Json, word } from './json.ts';
import type { Walk } from './walk.ts';

const looks = [
  'spacing',
  'horizontalAlignment',
  'fontType',
  'maxLines',
  'bleed',
  'backgroundImage',
  'minHeight',
  'height',
  'width',
  'verticalContentAlignment',
  'gridStyle',
  'showGridLines',
  'roundedCorners',
  'backgroundColor',
  'rtl',
  // Slack says in its own words that something is missing.
  'errorMessage',
] as const;

/** `value`: an element, a column, a row or a cell. */
export function noteLooks(value: Json, walk: Walk): void {
  for (const name of looks) if (value[name] !== undefined) walk.looks.add(name);
  if (word(value.type) === 'image' && (value.size !== undefined || value.style !== undefined)) walk.looks.add('size');
}
