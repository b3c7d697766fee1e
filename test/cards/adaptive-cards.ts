/** The official renderer's own judgement of a card, without a browser. */

import { createRequire } from 'node:module';
import type { Card } from '../../src/ports/chat.ts';

/** What is used of the package; its own types lie in sources that do not pass the project's compiler settings. */
type Judge = {
  AdaptiveCard: new () => {
    hostConfig: unknown;
    parse(card: unknown, context: unknown): void;
    validateProperties(): { validationEvents: { message: string }[] };
    toJSON(): unknown;
  };
  HostConfig: new (config: unknown) => unknown;
  SerializationContext: new (
    version: unknown,
  ) => { eventCount: number; getEventAt(index: number): { message: string } };
  Versions: { v1_5: unknown };
};
const require = createRequire(import.meta.url);
// The package's ESM entry has imports without endings, which Node refuses; its bundle works.
const { AdaptiveCard, HostConfig, SerializationContext, Versions } =
  require('adaptivecards/dist/adaptivecards.js') as Judge;

/** Teams shows at most six actions in a row. */
const teams = { actions: { maxActions: 6 } };

/** Everything the official parser objects to, and every member that it does not know, as sentences. */
export function objectionsTo(card: Card): string[] {
  // The parser does not give fallbacks back, so they are judged as actions of their own.
  const { type, version } = card;
  return [card, ...fallbacks(card).map((action) => ({ type, version, actions: [action] }))].flatMap(objections);
}

function objections(card: Card): string[] {
  const bare = withoutFallbacks(card);
  const parsed = new AdaptiveCard();
  parsed.hostConfig = new HostConfig(teams);
  const context = new SerializationContext(Versions.v1_5);
  parsed.parse(bare, context);
  const told = [
    ...Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message),
    ...parsed.validateProperties().validationEvents.map((event) => event.message),
  ];
  return [...told, ...unknownMembers(bare, parsed.toJSON(), 'card')].filter((objection) => !isAboutLang(objection));
}

/** The parser tests `lang` with one global pattern that remembers where it stopped: it refuses every second card. */
const isAboutLang = (objection: string) =>
  /^Invalid value "(sv|nb|en|fi)" for property "lang"/.test(objection) || objection === 'card.lang is not kept';

function fallbacks(node: unknown): unknown[] {
  if (Array.isArray(node)) return node.flatMap(fallbacks);
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([member, value]) => (member === 'fallback' ? [value] : fallbacks(value)));
}

function withoutFallbacks<T>(node: T): T {
  return JSON.parse(JSON.stringify(node, (member, value) => (member === 'fallback' ? undefined : value)));
}

/** What was given and did not come back: the parser drops what the schema does not have, and what equals the default. */
function unknownMembers(given: unknown, back: unknown, path: string): string[] {
  if (Array.isArray(given)) {
    const there: unknown[] = Array.isArray(back) ? back : [];
    return given.flatMap((item, index) => unknownMembers(item, there[index], `${path}[${index}]`));
  }
  if (given === null || typeof given !== 'object') return [];
  if (back === null || typeof back !== 'object') return Object.keys(given).length > 0 ? [`${path} is not kept`] : [];
  if (path.endsWith('.data')) return [];
  return Object.entries(given).flatMap(([member, value]) => {
    if (member in back) return unknownMembers(value, (back as Record<string, unknown>)[member], `${path}.${member}`);
    return isDefault(member, value) ? [] : [`${path}.${member} is not kept`];
  });
}

const isDefault = (member: string, value: unknown) =>
  value === '' || (member === 'style' && value === 'compact') || (member === 'data' && isEmpty(value));

const isEmpty = (value: unknown) => JSON.stringify(value) === '{}';
