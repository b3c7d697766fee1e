/**
 * The way back: what a view or message holds → the flat shape Teams sends. An input's action id says its kind and name:
 * `<kind>:<input id>`, `<kind>` alone when the id fills the block id, `switch:[id, on, off]` for a toggle with own values.
 */

type Choice = { value?: string | null };
type Held = {
  type?: string;
  value?: string | null;
  selected_option?: Choice | null;
  selected_options?: Choice[] | null;
  selected_date?: string | null;
  selected_time?: string | null;
};
/** `view.state.values` or `payload.state.values`: block id → action id → what is filled in. */
export type StateValues = Record<string, Record<string, Held>>;

/** A choice's value as an option value, which may not be empty. */
export function choiceValue(value: string): string {
  return value === '' || value.startsWith('~') ? `~${value}` : value;
}

function choiceOf(option: Choice | null | undefined): string {
  const value = option?.value ?? '';
  return value.startsWith('~') ? value.slice(1) : value;
}

/**
 * Every input by its id: texts and numbers as typed, dates "2022-10-12", times "09:00", several choices joined by ",",
 * a toggle's own two values, "" for what is not filled in. Never throws; what is not an input's is left out.
 */
export function flatten(values: StateValues | null | undefined): Record<string, string> {
  const flat: [string, string][] = [];
  for (const [blockId, actions] of Object.entries(values ?? {})) {
    for (const [actionId, held] of Object.entries(actions ?? {})) {
      if (typeof held !== 'object' || held === null) continue;
      flat.push(one(blockId, actionId, held));
    }
  }
  return Object.fromEntries(flat);
}

function one(blockId: string, actionId: string, held: Held): [string, string] {
  const colon = actionId.indexOf(':');
  const kind = colon === -1 ? actionId : actionId.slice(0, colon);
  const rest = colon === -1 ? '' : actionId.slice(colon + 1);
  if (kind === 'toggle') return [rest || blockId, held.selected_options?.length ? 'true' : 'false'];
  if (kind === 'switch') {
    const [id, on, off] = switchOf(rest);
    return [id || blockId, held.selected_options?.length ? on : off];
  }
  return [rest || blockId, filled(held)];
}

function switchOf(json: string): [string, string, string] {
  try {
    const parts: unknown = JSON.parse(json);
    const [id, on, off] = Array.isArray(parts) ? parts : [];
    return [String(id ?? ''), String(on ?? 'true'), String(off ?? 'false')];
  } catch {
    return ['', 'true', 'false'];
  }
}

function filled(held: Held): string {
  if (Array.isArray(held.selected_options)) return held.selected_options.map(choiceOf).join(',');
  if (held.selected_option) return choiceOf(held.selected_option);
  return held.selected_date ?? held.selected_time ?? held.value ?? '';
}
