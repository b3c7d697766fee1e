/** A rating page for many: they open it within the same minutes, and differ in what they have filled in. */

import type { Language } from '../domain/group.ts';
import type { RatePageModel } from './models.ts';
import { renderAnew } from './render.ts';
import { Slots } from './splice.ts';
import type { VoiceOptions } from './voice.ts';

const filled = ['now', 'coming', 'comment'] as const;

/** The page without what is a person's own. */
export type SharedPage = Omit<RatePageModel, 'ref' | 'errors' | 'items'> & { items: { key: string; name: string }[] };

/** Null for a page with errors: they change what the page says. */
export function sharedPage({ ref: _, errors, items, ...page }: RatePageModel): SharedPage | null {
  if (Object.keys(errors).length > 0) return null;
  return { ...page, items: items.map(({ key, name }) => ({ key, name })) };
}

/** The result takes a page without errors and gives it as JSON text, equal to what renderAnew gives. */
export function preparePage(
  shared: SharedPage,
  language: Language,
  options: VoiceOptions,
): (page: RatePageModel) => string {
  const own = ['ref', ...shared.items.flatMap((_, index) => filled.map((member) => `${member}:${index}`))];
  const slots = new Slots<string>(own, JSON.stringify(shared));
  const at = (name: string) => slots.placeholders[name] as string;
  const items = shared.items.map((item, index) => ({
    ...item,
    now: at(`now:${index}`),
    coming: at(`coming:${index}`),
    comment: at(`comment:${index}`),
  }));
  const model = { ...shared, ref: at('ref'), errors: {}, items } as RatePageModel;
  const fill = slots.cut('rating-page', JSON.stringify(renderAnew('rating-page', model, language, options)));
  return (page) => fill({ ref: page.ref, ...valuesOf(page) });
}

function valuesOf({ items }: RatePageModel): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [index, item] of items.entries()) {
    for (const member of filled) values[`${member}:${index}`] = item[member];
  }
  return values;
}
