/** What a Teams client finds in a card: buttons, inputs with what stands in them, and what it checks before it sends. */

import type { Card } from '../../ports/chat.ts';
import type { Button } from '../wire.ts';

type Json = Record<string, unknown>;
export type CardAction = {
  type: 'Action.Execute' | 'Action.Submit';
  title: string;
  verb: string;
  data: Json;
  inputs: boolean;
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Not shown: stand-ins for other clients, and data that is not the card's own. */
const notShown = new Set(['fallback', 'data', 'refresh', 'authentication', 'metadata', 'msteams']);

function* elements(value: unknown): Generator<Json> {
  if (Array.isArray(value)) {
    for (const one of value) yield* elements(one);
  } else if (isObject(value)) {
    if (typeof value.type === 'string') yield value;
    for (const [key, member] of Object.entries(value)) if (!notShown.has(key)) yield* elements(member);
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null || isObject(value) ? '' : String(value);

/** All Execute and Submit buttons, wherever they stand in the card. */
export function actionsOf(card: Card, isOldClient = false): CardAction[] {
  return [...elements(card)].flatMap((whole) => {
    // A client that does not know Action.Execute takes what stands in for it, or leaves it out.
    const instead = isObject(whole.fallback) ? whole.fallback : {};
    const element = isOldClient && whole.type === 'Action.Execute' ? instead : whole;
    const { type } = element;
    if ((type !== 'Action.Execute' && type !== 'Action.Submit') || element.isEnabled === false) return [];
    const data = isObject(element.data) ? element.data : {};
    const verb = asText(type === 'Action.Execute' ? element.verb : (data.verb ?? data.rond));
    return [{ type, title: asText(element.title), verb, data, inputs: element.associatedInputs !== 'none' }];
  });
}

export function buttonOf(action: CardAction): Button {
  const values = Object.entries(action.data)
    .filter(([, value]) => !isObject(value))
    .map(([key, value]) => [key, asText(value)] as const);
  return { label: action.title, verb: action.verb, values: Object.fromEntries(values) };
}

const inputsOf = (card: Card) =>
  [...elements(card)].filter((element) => String(element.type).startsWith('Input.') && typeof element.id === 'string');

const shownIn = (input: Json): string =>
  input.type === 'Input.Toggle' ? asText(input.value ?? input.valueOff ?? 'false') : asText(input.value);

/** Every input of the card: what was filled in, or else what the card shows. Ids the card does not have are no input of it. */
export function filledIn(card: Card, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    inputsOf(card).map((input) => {
      const id = String(input.id);
      return [id, Object.hasOwn(given, id) ? String(given[id]) : shownIn(input)];
    }),
  );
}

function fits(input: Json, value: string): boolean {
  if (value === '' || (input.type === 'Input.Toggle' && value === asText(input.valueOff ?? 'false'))) {
    return input.isRequired !== true;
  }
  if (input.type === 'Input.Number') {
    const number = Number(value);
    return !(number < Number(input.min ?? -Infinity) || number > Number(input.max ?? Infinity) || Number.isNaN(number));
  }
  return typeof input.regex !== 'string' || new RegExp(input.regex).test(value);
}

/** What the client holds back for: input id → the card's own error message. */
export function mistakes(card: Card, values: Record<string, string>): Record<string, string> {
  const wrong = inputsOf(card).filter((input) => !fits(input, values[String(input.id)] ?? ''));
  return Object.fromEntries(wrong.map((input) => [String(input.id), asText(input.errorMessage)]));
}
