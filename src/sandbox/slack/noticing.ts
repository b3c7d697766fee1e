import { isObject } from './limit-checks.ts';
import type { Block } from './state.ts';

/** The sentence, when the blocks are nothing but one plain sentence. */
export function noticeIn(blocks: readonly Block[] | null): string | null {
  const [only, ...more] = blocks ?? [];
  if (only?.type !== 'section' || more.length > 0 || !isObject(only.text)) return null;
  return only.text.type === 'plain_text' && typeof only.text.text === 'string' ? only.text.text : null;
}
