/** Template + words + data → Adaptive Card. */

import type { Language } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';
import type { CardName, Models } from './models.ts';
import { Slots } from './splice.ts';
import { templateOf } from './template.ts';
import { literalCard } from './text.ts';
import { type View, views } from './views/index.ts';
import { type Voice, type VoiceOptions, voiceIn } from './voice.ts';
import { hasWords } from './words.ts';

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
  const view: View<Models[N]> = views[name];
  const voice = voiceIn(language, options);
  const data = view(model, voice);
  const template = templateOf(name);
  return literalCard(template.expand({ ...data, lang: language, t: wordsFor(name, template.words, data, voice) }));
}

/** What may differ between the people who get the same card: it is only ever shown or carried, never decided on. */
export type Personal<N extends CardName> = Extract<keyof Models[N], 'ref' | 'person'>;

/**
 * The same card for many: expanded once, then only the personal values are put in.
 * The result takes each person's values and gives the card as JSON text, equal to what renderCard gives.
 */
export function prepareCard<N extends CardName, P extends Personal<N>>(
  name: N,
  shared: Omit<Models[N], P>,
  language: Language,
  personal: readonly P[],
  options: VoiceOptions = {},
): (values: Record<P, string>) => string {
  const slots = new Slots<P>(personal, JSON.stringify(shared));
  const model = { ...shared, ...slots.placeholders } as unknown as Models[N];
  return slots.cut(name, JSON.stringify(renderCard(name, model, language, options)));
}

/** `t.heading` in card `status` is `status.heading`, else `common.heading`. */
function wordsFor(name: CardName, wanted: string[], data: Record<string, unknown>, voice: Voice) {
  const t: Record<string, string> = {};
  for (const word of wanted) {
    const own = `${name}.${word}`;
    t[word] = voice.say(hasWords(own) ? own : `common.${word}`, data);
  }
  return t;
}
