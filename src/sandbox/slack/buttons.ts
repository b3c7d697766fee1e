import type { Button } from '../wire.ts';
import { isObject, type Json, listOf } from './limit-checks.ts';
import type { Block } from './state.ts';

export type FoundButton = Button & { element: Json; block: string };

/** Every button under the blocks, in reading order, with what its value says it is for. */
export function buttonsIn(blocks: readonly Block[] | null): FoundButton[] {
  return (blocks ?? []).flatMap((block, index) => {
    const id = block.block_id ?? `b${index}`;
    const elements = [block.accessory, ...listOf(block.elements)].filter(isObject);
    const own = elements.flatMap((element) => (element.type === 'button' ? [read(element, id)] : []));
    return [...own, ...buttonsIn(listOf(block.child_blocks) as Block[])];
  });
}

/** The first button with that verb whose values include the given ones. */
export function pick<B extends Button>(
  buttons: readonly B[],
  wanted: { verb: string; values?: Record<string, string> },
): B | undefined {
  return buttons.find(
    ({ verb, values }) =>
      verb === wanted.verb && Object.entries(wanted.values ?? {}).every(([name, value]) => values[name] === value),
  );
}

function read(element: Json, block: string): FoundButton {
  const label = isObject(element.text) ? String(element.text.text ?? '') : '';
  const { verb, values } = intentOf(element.value);
  if (typeof element.url === 'string') return { label, verb: 'open-url', values: { url: element.url }, element, block };
  return { label, verb: verb || String(element.action_id ?? ''), values, element, block };
}

/** `{"verb","values"}` as the bot writes it into a button's value; anything else is a button without data. */
export function intentOf(json: unknown): { verb: string; values: Record<string, string> } {
  try {
    const said: unknown = JSON.parse(String(json ?? ''));
    if (!isObject(said) || typeof said.verb !== 'string') return { verb: '', values: {} };
    const values = isObject(said.values) ? said.values : {};
    return { verb: said.verb, values: Object.fromEntries(Object.entries(values).map(([k, v]) => [k, String(v)])) };
  } catch {
    return { verb: '', values: {} };
  }
}
