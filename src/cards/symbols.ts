/** A symbol beside each word, so that neither colour nor language alone carries a meaning. */

import type { Level } from '../domain/levels.ts';
import type { Status } from '../domain/state.ts';

/** Filled shapes are levels; hollow ones stand outside the scale. */
export const levelSymbols: Record<Level, string> = {
  surplus: '◆',
  sustainable: '●',
  vulnerable: '▲',
  shortage: '■',
  'cannot-assess': '○',
  'not-with-us': '□',
};

export const statusSymbols: Record<Status, string> = {
  'not-started': '○',
  'under-way': '◐',
  done: '✔',
  late: '⚠',
  stopped: '✖',
};
