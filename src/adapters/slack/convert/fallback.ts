/** `requires` and `fallback`: what the card itself wants shown where something is not known. */

import { isObject, type Json, list, word } from './json.ts';
import { bounds } from './limits.ts';
import { lose, type Walk } from './walk.ts';

const known = new Set([
  'textblock',
  'richtextblock',
  'factset',
  'columnset',
  'column',
  'container',
  'table',
  'image',
  'imageset',
  'actionset',
  'input.text',
  'input.choiceset',
  'input.toggle',
  'input.date',
  'input.time',
  'input.number',
  'action.execute',
  'action.submit',
  'action.openurl',
  'action.showcard',
  'action.togglevisibility',
]);

export function isKnown(element: Json): boolean {
  return known.has(word(element.type)) && meets(element.requires);
}

/** The one capability here is the card schema itself, up to 1.5. */
function meets(requires: unknown): boolean {
  if (!isObject(requires)) return true;
  return Object.entries(requires).every(([name, version]) => {
    if (name.toLowerCase() !== 'adaptivecards') return false;
    const [major = 0, minor = 0] = String(version === '*' ? '1.0' : version)
      .split('.', 2)
      .map(Number);
    return major < 1 || (major === 1 && minor <= 5);
  });
}

/** The element to show instead, or null when it is to be left out; says which. `tries`: how many have failed before. */
export function fallbackOf(element: Json, path: string, walk: Walk, tries: number): Json | null {
  const what = typeof element.type === 'string' ? element.type.slice(0, 60) : 'an element without a type';
  if (isObject(element.fallback) && tries < bounds.depth) {
    lose(walk, path, 'fallback', what);
    return element.fallback;
  }
  lose(walk, path, word(element.fallback) === 'drop' ? 'fallback' : 'dropped', what);
  return null;
}

/** True when something inside is unknown and has no fallback of its own: it then falls to the nearest one above. */
export function needsOwnFallback(element: Json): boolean {
  if (element.fallback === undefined) return false;
  const open: unknown[] = inside(element);
  for (let left = 300; left > 0 && open.length > 0; left--) {
    const each = open.pop();
    if (!isObject(each) || each.fallback !== undefined) continue;
    if (each.type !== undefined && !isKnown(each) && !['tablerow', 'tablecell'].includes(word(each.type))) return true;
    open.push(...inside(each));
  }
  return false;
}

function inside(element: Json): unknown[] {
  return ['items', 'columns', 'rows', 'cells', 'actions'].flatMap((name) => list(element[name]).slice(0, 100));
}
