/** The whole of a surface: number of blocks and their size. Gives up rules and gaps first, then words from the end. */

import type { ContextBlock, KnownBlock, RichTextBlock, SectionBlock } from '@slack/types';
import { limits } from './limits.ts';
import { lose, type Surface, type Walk } from './walk.ts';

/** What Slack is thought to measure on a message, and what it measures on a view. */
function size(block: KnownBlock, surface: Surface): number {
  const json = JSON.stringify(block);
  return (surface === 'message' ? json.length : Buffer.byteLength(json)) + 1;
}

function room(surface: Surface): { blocks: number; size: number } {
  // A view's title, buttons and metadata count among its bytes.
  return surface === 'message'
    ? { blocks: limits.message.blocks, size: limits.message.characters - 2 }
    : { blocks: limits.modal.blocks, size: limits.modal.bytes - 20_000 };
}

export function fitted(blocks: KnownBlock[], walk: Walk): KnownBlock[] {
  const { blocks: most, size: space } = room(walk.surface);
  const fits = (of: KnownBlock[]) => of.length <= most && whole(of, walk.surface) <= space;
  if (fits(blocks)) return blocks;
  lose(walk, '', 'style', 'dividers and gaps between texts');
  const squeezed = squeeze(blocks);
  return fits(squeezed) ? squeezed : cutEnd(squeezed, most, space, walk);
}

/** All blocks at once. Writing a whole view out only to measure it would cost as much as half of making it. */
function whole(blocks: KnownBlock[], surface: Surface): number {
  if (surface === 'message') return JSON.stringify(blocks).length;
  const most = blocks.reduce((sum, block) => sum + bytesAtMost(block), 0);
  return most <= room(surface).size ? most : Buffer.byteLength(JSON.stringify(blocks));
}

/** A character takes at most six bytes (three where control characters are gone), an option's own names 150. */
function bytesAtMost(block: KnownBlock): number {
  if (block.type !== 'input') return 3 * JSON.stringify(block).length;
  const { element, label, block_id } = block;
  const { text, description, value, select } = limits.choice;
  const options = 'options' in element ? (element.options?.length ?? 0) : 0;
  const groups = 'option_groups' in element ? (element.option_groups?.length ?? 0) : 0;
  const initial = 'initial_options' in element ? (element.initial_options?.length ?? 0) : 1;
  const typed =
    'initial_value' in element && typeof element.initial_value === 'string' ? element.initial_value.length : 0;
  const words = 3 * (label.text.length + limits.input.placeholder);
  const names = 6 * ((block_id ?? '').length + (element.action_id ?? '').length + typed);
  return 400 + words + names + (options + groups * select + initial) * (150 + 3 * (text + description) + 6 * value);
}

/** Without dividers; texts that follow each other in one block. */
function squeeze(blocks: KnownBlock[]): KnownBlock[] {
  const out: KnownBlock[] = [];
  for (const block of blocks) {
    if (block.type === 'divider') continue;
    const last = out.at(-1);
    const both = last === undefined ? null : together(last, block);
    if (both === null) out.push(block);
    else out[out.length - 1] = both;
  }
  return out;
}

function together(a: KnownBlock, b: KnownBlock): KnownBlock | null {
  if (a.type === 'context' && b.type === 'context') {
    const elements: ContextBlock['elements'] = [...a.elements, ...b.elements];
    return elements.length <= limits.context ? { type: 'context', elements } : null;
  }
  if (a.type === 'rich_text' && b.type === 'rich_text') return richTogether(a, b);
  if (a.type !== 'section' || b.type !== 'section' || a.accessory || b.accessory) return null;
  if (a.fields && b.fields && !a.text && !b.text) {
    const fields: SectionBlock['fields'] = [...a.fields, ...b.fields];
    return a.fields.length % 2 === 0 && fields.length <= limits.section.fields ? { type: 'section', fields } : null;
  }
  if (a.text?.type !== 'mrkdwn' || b.text?.type !== 'mrkdwn' || a.fields || b.fields) return null;
  const text = `${a.text.text}\n\n${b.text.text}`;
  return text.length <= limits.section.text ? { type: 'section', text: { type: 'mrkdwn', text } } : null;
}

/** Lines of one section; what is preformatted stays on its own. */
function richTogether(a: RichTextBlock, b: RichTextBlock): RichTextBlock | null {
  const [first] = a.elements;
  const [second] = b.elements;
  if (first?.type !== 'rich_text_section' || second?.type !== 'rich_text_section') return null;
  if (a.elements.length > 1 || b.elements.length > 1) return null;
  const elements = [...first.elements, { type: 'text' as const, text: '\n' }, ...second.elements];
  const length = elements.reduce((sum, each) => sum + ('text' in each ? (each.text?.length ?? 0) : 50), 0);
  return length > limits.richText ? null : { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

const ellipsis: KnownBlock = { type: 'context', elements: [{ type: 'plain_text', text: '…', emoji: true }] };

/** Leaves blocks out from the end, an ellipsis in their place; buttons stay as long as anything else can go. */
function cutEnd(blocks: KnownBlock[], most: number, space: number, walk: Walk): KnownBlock[] {
  const kept: (KnownBlock | null)[] = [...blocks];
  const sizes = blocks.map((block) => size(block, walk.surface));
  let count = blocks.length + 1;
  let total = sizes.reduce((sum, each) => sum + each, 0) + size(ellipsis, walk.surface);
  let dropped = 0;
  let rows = 0;
  let place = blocks.length;
  for (const actionsToo of [false, true]) {
    for (let at = blocks.length - 1; at >= 0 && (count > most || total > space); at--) {
      const block = kept[at];
      if (!block || (block.type === 'actions' && !actionsToo)) continue;
      place = Math.min(place, at);
      if (block.type === 'table' && count <= most) {
        const shorter = { ...block, rows: [...block.rows] };
        while (shorter.rows.length > 2 && total - (sizes[at] ?? 0) + size(shorter, walk.surface) > space) {
          shorter.rows.pop();
          rows += 1;
        }
        total += size(shorter, walk.surface) - (sizes[at] ?? 0);
        sizes[at] = size(shorter, walk.surface);
        kept[at] = shorter;
        place = at + 1;
        if (total <= space) break;
        place = at;
      }
      kept[at] = null;
      count -= 1;
      total -= sizes[at] ?? 0;
      dropped += 1;
    }
  }
  if (rows > 0) lose(walk, '', 'cut', `${rows} rows of a table`);
  if (dropped > 0) lose(walk, '', 'dropped', `${dropped} blocks more than fit`);
  const left = (part: (KnownBlock | null)[]) => part.filter((block) => block !== null);
  return [...left(kept.slice(0, place)), ellipsis, ...left(kept.slice(place))];
}
