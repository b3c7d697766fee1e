/** From a page to the card that it lies on. */

import type { OpenedOn } from '../models.ts';
import { backTo } from './sheet.ts';

/** As a list: empty where the page lies on no card. `verb`: what shows a message about `ref` again. */
export function behind({ on = '', step = '', list = '', page = '' }: OpenedOn, verb: string, ref: string) {
  switch (on) {
    case '':
      return [];
    case 'home':
      return [backTo('home.show', {})];
    case 'status-list':
      return [backTo('status.show', { group: list, page })];
    default:
      return [backTo(verb, { ref, on, step })];
  }
}
