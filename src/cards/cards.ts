/** The one way to a card: what is sent to many is expanded once, everything else each time. */

import type { Language } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';
import type { CardName, Models } from './models.ts';
import { prepareCard } from './prepare-card.ts';
import { renderAnew } from './render.ts';
import { views } from './views/index.ts';
import type { VoiceOptions } from './voice.ts';

export { prepareCard } from './prepare-card.ts';

/** Every card there is; the templates on disk are the same (tested). */
export const cardNames = Object.keys(views) as CardName[];

/**
 * An Adaptive Card 1.5 in the reader's language.
 * Throws CardFault when a word or a value is missing: such a card must not be sent.
 */
export function renderCard<N extends CardName>(
  name: N,
  model: Models[N],
  language: Language,
  options: VoiceOptions = {},
): Card {
  if (!isForMany(model)) return renderAnew(name, model, language, options);
  const { ref, person, ...shared } = model;
  const own: Record<string, string> = ref === undefined ? { person } : { ref, person };
  return JSON.parse(filler(name, shared, language, Object.keys(own), options)(own));
}

type ForMany = { person: string; ref?: string };

/** A card that greets somebody by name goes to everybody in the round or the group. */
const isForMany = (model: object): model is ForMany => 'person' in model && typeof model.person === 'string';

type Fill = (values: Record<string, string>) => string;

/** A round in four languages and a few zones, a few rounds at a time. */
const kept = 64;
const fillers = new Map<string, Fill>();

function filler(name: CardName, shared: object, language: Language, personal: string[], options: VoiceOptions): Fill {
  const key = JSON.stringify([name, language, personal, options, shared]);
  const known = fillers.get(key);
  if (known) return known;
  const made: Fill = prepareCard(name, shared as never, language, personal as never, options);
  const [oldest] = fillers.keys();
  if (oldest !== undefined && fillers.size >= kept) fillers.delete(oldest);
  fillers.set(key, made);
  return made;
}
