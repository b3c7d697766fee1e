/** The same card for many: expanded once, then only what is personal is put in. */

import type { Language } from '../domain/group.ts';
import type { CardName, Models } from './models.ts';
import { renderAnew } from './render.ts';
import { Slots } from './splice.ts';
import type { VoiceOptions } from './voice.ts';

/** What may differ between the people who get the same card: it is only ever shown or carried, never decided on. */
export type Personal<N extends CardName> = Extract<keyof Models[N], 'ref' | 'person'>;

/** The result takes each person's values and gives the card as JSON text, equal to what renderCard gives. */
export function prepareCard<N extends CardName, P extends Personal<N>>(
  name: N,
  shared: Omit<Models[N], P>,
  language: Language,
  personal: readonly P[],
  options: VoiceOptions = {},
): (values: Record<P, string>) => string {
  const slots = new Slots<P>(personal, JSON.stringify(shared));
  const model = { ...shared, ...slots.placeholders } as unknown as Models[N];
  return slots.cut(name, JSON.stringify(renderAnew(name, model, language, options)));
}
