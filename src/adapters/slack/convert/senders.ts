/** The buttons that send something: which one is a modal's submit, which ones cannot stay. */

import type { Button, KnownBlock } from '@slack/types';
import { limits } from './limits.ts';
import { lose, type Sender, type Walk } from './walk.ts';

/**
 * The first Execute or Submit with style "positive"; else, in a card with inputs, the card's last one that takes
 * inputs ("Back" then comes before "Next"); else none.
 */
export function primaryOf(walk: Walk): Sender | null {
  const positive = walk.senders.find((each) => each.positive);
  if (positive !== undefined || walk.inputs === 0) return positive ?? null;
  const ranked = [
    walk.senders.findLast((each) => each.ofCard && each.takesInputs),
    walk.senders.findLast((each) => each.takesInputs),
    walk.senders.at(-1),
  ];
  return ranked.find((each) => each !== undefined) ?? null;
}

export function tooLong(button: Button, path: string, walk: Walk): boolean {
  if ((button.value ?? '').length <= limits.button.value) return false;
  lose(walk, path, 'dropped', 'an action whose data is too long');
  return true;
}

/** Where nothing can be typed: the buttons that send what is typed, and those that carry too much. */
export function unsent(walk: Walk): Set<Button> {
  const unwanted = new Set<Button>();
  for (const { button, path, takesInputs } of walk.senders) {
    if (walk.inputs > 0 && takesInputs) {
      lose(walk, path, 'needs-modal', 'a button that sends inputs');
      unwanted.add(button);
    } else if (tooLong(button, path, walk)) unwanted.add(button);
  }
  return unwanted;
}

export function without(blocks: KnownBlock[], unwanted: ReadonlySet<Button>): KnownBlock[] {
  if (unwanted.size === 0) return blocks;
  const left: KnownBlock[] = [];
  for (const block of blocks) {
    if (block.type === 'actions') {
      const kept = block.elements.filter((element) => !unwanted.has(element as Button));
      if (kept.length > 0) left.push({ ...block, elements: kept });
    } else if (block.type === 'container') {
      const kept = without(block.child_blocks, unwanted) as typeof block.child_blocks;
      if (kept.length > 0) left.push({ ...block, child_blocks: kept });
    } else left.push(block);
  }
  return left;
}
