/** Template + words + data → Adaptive Card, each time anew. */

import type { Language } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';
import { expandByShape } from './by-shape.ts';
import type { CardName, Models } from './models.ts';
import { templateOf } from './template.ts';
import { isHarmless, literalCard } from './text.ts';
import { type View, views } from './views/index.ts';
import { type Voice, type VoiceOptions, voiceIn } from './voice.ts';
import { hasWords } from './words.ts';

/** Throws CardFault when a word or a value is missing. */
export function renderAnew<N extends CardName>(
  name: N,
  model: Models[N],
  language: Language,
  options: VoiceOptions = {},
): Card {
  const card = templateOf(name).expand(dataOf(name, model, language, options));
  return isHarmless(JSON.stringify(model)) ? card : literalCard(card);
}

/** Equal to {@link renderAnew}, for cards whose templates decide nothing by what a text says. */
export function renderByShape<N extends CardName>(
  name: N,
  model: Models[N],
  language: Language,
  options: VoiceOptions = {},
): Card {
  return expandByShape(name, dataOf(name, model, language, options), isHarmless(JSON.stringify(model)));
}

/** What the card's template is expanded with. Throws CardFault when a word is missing. */
export function dataOf<N extends CardName>(
  name: N,
  model: Models[N],
  language: Language,
  options: VoiceOptions = {},
): Record<string, unknown> {
  const view: View<Models[N]> = views[name];
  const voice = voiceIn(language, options);
  const data = view(model, voice);
  return { ...data, lang: language, t: wordsFor(name, templateOf(name).words, data, voice) };
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
