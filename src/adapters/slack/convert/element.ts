/** One element of a card → blocks. */

import type { KnownBlock } from '@slack/types';
import { actionSet, selectAction } from './actions.ts';
import { columnSet } from './columns.ts';
import { container, folded, opener } from './containers.ts';
import { factSet } from './facts.ts';
import { fallbackOf, isKnown, needsOwnFallback } from './fallback.ts';
import { image, imageSet } from './images.ts';
import { input, isInput } from './inputs.ts';
import { isObject, type Json, list, word } from './json.ts';
import { bounds } from './limits.ts';
import { noteLooks } from './looks.ts';
import { table } from './tables.ts';
import { textElement } from './text-elements.ts';
import { listed, lose, spend, type Walk } from './walk.ts';

/** Converts a list of elements; never throws, whatever the list holds. */
export function elements(values: unknown, path: string, walk: Walk): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  if (walk.depth >= bounds.depth) {
    if (list(values).length > 0) lose(walk, path, 'dropped', 'parts nested too deep');
    return blocks;
  }
  walk.depth += 1;
  for (const [index, value] of listed(values, path, walk).entries()) {
    const at = `${path}[${index}]`;
    if (!spend(walk, at)) break;
    if (!isObject(value)) {
      lose(walk, at, 'dropped', 'an element that is not an object');
      continue;
    }
    const made = element(value, at, walk);
    if (value.separator === true && blocks.length > 0 && made.length > 0) blocks.push({ type: 'divider' });
    for (const block of made) blocks.push(block);
  }
  walk.depth -= 1;
  return blocks;
}

/** One element; never throws. */
export function element(value: Json, path: string, walk: Walk, tries = 0): KnownBlock[] {
  if (!isKnown(value) || needsOwnFallback(value)) {
    const instead = fallbackOf(value, path, walk, tries);
    if (instead === null) return [];
    return element(instead, `${path}.fallback`, walk, tries + 1);
  }
  noteLooks(value, walk);
  if (value.isVisible !== false) return shown(value, path, walk);
  const title = opener(value.id, walk);
  if (title !== null) return folded(title, shown(value, path, walk), path, walk);
  // Teams sends a hidden input's preset value; a modal has no hidden inputs.
  lose(walk, path, isInput(value) ? 'dropped' : 'hidden', 'an element that is not visible');
  return [];
}

function shown(value: Json, path: string, walk: Walk): KnownBlock[] {
  return [...ofType(value, path, walk), ...selectAction(value.selectAction, `${path}.selectAction`, walk)];
}

function ofType(value: Json, path: string, walk: Walk): KnownBlock[] {
  switch (word(value.type)) {
    case 'textblock':
    case 'richtextblock':
      return textElement(value, path, walk);
    case 'factset':
      return factSet(value, path, walk);
    case 'columnset':
      return columnSet(value, path, walk);
    case 'container':
    case 'column':
      return container(value, path, walk);
    case 'table':
      return table(value, path, walk);
    case 'image':
      return image(value, path, walk);
    case 'imageset':
      return imageSet(value, path, walk);
    case 'actionset':
      return actionSet(value.actions, `${path}.actions`, walk, false);
    default:
      return isInput(value) ? input(value, path, walk) : [];
  }
}
