/** One page of a role rating: the only card where most of a member's minute is spent. */

import { ratingChoices } from '../../domain/levels.ts';
import type { RatePageModel, RatingItem } from '../models.ts';
import type { Voice } from '../voice.ts';
import type { View } from './view.ts';

export const ratingPage: View<RatePageModel> = (model, voice) => {
  const last = model.page >= model.pages;
  const errorCount = Object.keys(model.errors).length;
  return {
    ref: model.ref,
    title: model.title,
    page: model.page,
    pages: model.pages,
    // Button data are strings on both platforms.
    pageData: String(model.page),
    first: model.page <= 1,
    forward: last ? 'rate.submit' : 'rate.page',
    forwardTitle: voice.say(last ? 'rating-page.submit' : 'rating-page.next'),
    closes: voice.deadline(model.closes),
    errorCount,
    commentRule: (model.commentRule ?? 'shortage-or-differs') !== 'never',
    commentMax: model.commentMax ?? 1000,
    choices: ratingChoices.map((level) => ({ title: voice.level(level), value: level })),
    surplus: voice.level('surplus'),
    sustainable: voice.level('sustainable'),
    vulnerable: voice.level('vulnerable'),
    shortage: voice.level('shortage'),
    cannotAssess: voice.level('cannot-assess'),
    notWithUs: voice.level('not-with-us'),
    roles: model.items.map((item) => role(item, model, voice)),
  };
};

function role(item: RatingItem, { periods, errors }: RatePageModel, voice: Voice) {
  const fault = (input: string) => {
    const code = errors[`${input}:${item.key}`];
    return code ? `⚠ ${voice.say(`error.${code}`)}` : '';
  };
  return {
    ...item,
    labelNow: voice.say('rating-page.labelNow', { name: item.name, period: periods.now }),
    labelComing: voice.say('rating-page.labelComing', { name: item.name, period: periods.coming }),
    labelComment: voice.say('rating-page.labelComment', { name: item.name }),
    faultNow: fault('now'),
    faultComing: fault('coming'),
    faultComment: fault('comment'),
  };
}
