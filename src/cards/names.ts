/** Names that come with content (a catalogue, an instrument), which may lack the reader's language. */

import type { Language } from '../domain/group.ts';
import { say } from './words.ts';

/**
 * A name as the reader sees it: one in another language says which, e.g. "Sjuksköterska (på svenska)".
 * Names are never made by machine.
 */
export function shownName(named: { name: string; language: Language }, reader: Language): string {
  return named.language === reader ? named.name : `${named.name} (${say(named.language, 'lang.marker')})`;
}
