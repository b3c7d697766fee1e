/** What somebody pasted, line by line: Slack makes a pasted table a block of its own beside the text. */

import { z } from 'zod';

const Table = z.object({ type: z.literal('table'), rows: z.array(z.array(z.unknown()).max(100)).max(2000) });
const mostDepth = 8;

/** Words of a cell: a raw text, or rich text with its parts. */
function wordsIn(cell: unknown, depth = 0): string {
  if (typeof cell !== 'object' || cell === null || depth > mostDepth) return '';
  if ('text' in cell && typeof cell.text === 'string') return cell.text;
  if ('url' in cell && typeof cell.url === 'string') return cell.url;
  const parts = 'elements' in cell && Array.isArray(cell.elements) ? cell.elements : [];
  const texts = parts.map((part) => wordsIn(part, depth + 1));
  return 'type' in cell && cell.type === 'rich_text_list' ? texts.join(', ') : texts.join('');
}

/** The tables of a message as lines with tabs, from its blocks and from the blocks of its attachments. */
export function pastedTables(blocks: unknown, attachments: unknown): string[] {
  const inside = Array.isArray(attachments) ? attachments : [];
  const all = [blocks, ...inside.map((one) => (typeof one === 'object' && one !== null ? one.blocks : null))];
  return all.flatMap((list) => {
    if (!Array.isArray(list)) return [];
    return list.flatMap((block) => {
      const table = Table.safeParse(block).data;
      const rows = table?.rows.map((row) => row.map((cell) => wordsIn(cell).replace(/\s+/g, ' ').trim()).join('\t'));
      return rows ? [rows.join('\n')] : [];
    });
  });
}
