/** Invitation, reminder and receipt: a survey before and after it is answered, and once it is over. */

import type { InvitationModel, ReceiptModel, ReminderModel, SurveyOverModel } from '../models.ts';
import { clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import type { View } from './view.ts';

/** Letters for comments on a receipt, all together: a receipt of 33 roles stays within 20 KB. */
const commentSpace = 3200;

export const invitation: View<InvitationModel> = (model, voice) => ({
  ref: model.ref,
  person: model.person,
  group: model.group,
  title: model.title,
  items: model.items,
  closes: voice.deadline(model.closes),
  convenor: model.convenor.name,
});

export const reminder: View<ReminderModel> = (model, voice) => ({
  ...invitation(model, voice),
  answered: model.answered,
  step: model.step,
  heading: voice.say(`reminder.heading.${model.step}`),
  action: voice.say(model.answered > 0 ? 'reminder.continue' : 'common.answer'),
});

export const receipt: View<ReceiptModel> = (model, voice) => {
  const comments = model.items.filter((item) => item.comment !== '');
  const room = Math.max(40, Math.floor(commentSpace / Math.max(1, comments.length)));
  return {
    ref: model.ref,
    group: model.group,
    title: model.title,
    submitted: voice.moment(model.submitted),
    closes: voice.deadline(model.closes),
    open: model.over === null,
    isClosed: model.over === 'closed',
    isCancelled: model.over === 'cancelled',
    nowPeriod: model.periods.now,
    comingPeriod: model.periods.coming,
    clipped: comments.some((item) => item.comment.length > room),
    answers: model.items.map((item) => ({ name: item.name, answer: answerLine(item, room, voice) })),
  };
};

export const surveyOver: View<SurveyOverModel> = ({ closes, convenor, ...model }, voice) => {
  const says = model.by === '' ? model.why : 'substituted';
  return {
    ...model,
    heading: voice.say(`survey-over.heading.${model.why}`),
    text: voice.say(`survey-over.text.${says}`, { closes: voice.deadline(closes), by: model.by }),
    convenor: convenor.name,
  };
};

function answerLine(item: ReceiptModel['items'][number], room: number, voice: Voice): string {
  const level = (when: 'now' | 'coming') => together(voice.level(item[when]));
  const levels = voice.say('receipt.line', { now: level('now'), coming: level('coming') });
  if (item.comment === '') return levels;
  return levels + voice.say('receipt.comment', { comment: clip(item.comment, room) });
}
