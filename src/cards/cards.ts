/** The one way to a card: what is sent to many is expanded once, everything else each time. */

import type { Language } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';
import type { CardName, Models, RatePageModel } from './models.ts';
import { prepareCard } from './prepare-card.ts';
import { preparePage, sharedPage } from './prepare-page.ts';
import { renderAnew, renderByShape } from './render.ts';
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
  const filled = name === 'rating-page' ? pageFor(model as RatePageModel, language, options) : null;
  if (filled !== null) return JSON.parse(filled);
  if (answering.has(name)) return renderByShape(name, model, language, options);
  if (!isForMany(model)) return renderAnew(name, model, language, options);
  const { ref, person, ...shared } = model;
  const own: Record<string, string> = ref === undefined ? { person } : { ref, person };
  const names = Object.keys(own);
  const fill = kept([name, language, names, options, shared], () =>
    prepareCard(name, shared as never, language, names as never, options),
  );
  return JSON.parse(fill(own));
}

/** What hundreds see while they answer, with their own texts all over it. */
const answering: ReadonlySet<CardName> = new Set(['rating-page', 'receipt']);

/** Null for a page that has to be made for this person alone. */
function pageFor(page: RatePageModel, language: Language, options: VoiceOptions): string | null {
  const shared = sharedPage(page);
  return shared && kept(['page', language, options, shared], () => preparePage(shared, language, options))(page);
}

type ForMany = { person: string; ref?: string };

/** A card that greets somebody by name goes to everybody in the round or the group. */
const isForMany = (model: object): model is ForMany => 'person' in model && typeof model.person === 'string';

/** Rounds in four languages and a few zones, a few at a time, each with its pages. */
const most = 128;
const fillers = new Map<string, (values: never) => string>();

/** What was made for the same things before, or is made now; the oldest goes. */
function kept<Values>(things: unknown[], make: () => (values: Values) => string): (values: Values) => string {
  const key = JSON.stringify(things);
  const known = fillers.get(key) as ((values: Values) => string) | undefined;
  if (known) return known;
  const made = make();
  const [oldest] = fillers.keys();
  if (oldest !== undefined && fillers.size >= most) fillers.delete(oldest);
  fillers.set(key, made);
  return made;
}
