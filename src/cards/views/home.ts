/** The overview: what waits for this person, with a tap for each, and what comes next. */

import type { HomeModel } from '../models.ts';
import { clip, together } from '../text.ts';
import { button } from './sheet.ts';
import { fitting, type View } from './view.ts';

const titleSpace = 160;
const buttonSpace = 50;
/** Of each: a Slack home has room for 100 blocks, four or five for each of these. The others are a press away. */
const shownAtMost = 8;

export const home: View<HomeModel> = (model, voice) => {
  const surveys = fitting(
    model.surveys.map((survey) => ({
      ref: survey.ref,
      group: clip(survey.group, titleSpace),
      title: clip(survey.title, titleSpace),
      detail: voice.say('surveys.line', {
        state: voice.say(`surveys.state.${survey.state}`),
        closes: voice.deadline(survey.closes),
      }),
      open: voice.say(`surveys.open.${survey.state}`, { title: clip(survey.title, buttonSpace) }),
    })),
    { bytes: 7000, frame: 650, most: shownAtMost },
    voice,
  );
  const mine = fitting(
    model.mine.map((due) => ({
      ref: due.ref,
      activity: clip(due.activity, titleSpace),
      detail: voice.say('status-list.due', {
        dueDay: voice.shortDay(due.due),
        statusWord: due.status ? together(voice.status(due.status)) : voice.say('status-list.noStatus'),
      }),
      more: voice.say('home.more', { activity: clip(due.activity, buttonSpace) }),
      underWayFor: `${voice.status('under-way')}: ${clip(due.activity, buttonSpace)}`,
      doneFor: `${voice.status('done')}: ${clip(due.activity, buttonSpace)}`,
    })),
    { bytes: 9000, frame: 1400, most: shownAtMost },
    voice,
  );
  const groups = voice.list(model.groups);
  return {
    known: model.groups.length > 0,
    groups: clip(groups, titleSpace),
    toGroups: groups.length > titleSpace ? [button(voice.say('seat.groups'), 'group.list', {})] : [],
    surveyCount: model.surveys.length,
    mineCount: model.mine.length,
    surveys: surveys.shown,
    moreSurveys: surveys.more,
    mine: mine.shown,
    moreMine: mine.more,
    toSurveys: surveys.more === '' ? [] : [button(voice.say('common.showSurveys'), 'surveys.show', {})],
    toMine: mine.more === '' ? [] : [button(voice.say('common.showStatus'), 'status.show', {})],
    next: model.next.map(({ activity, day }) => ({
      text: `• ${voice.say('digest.line.ahead', { day: voice.shortDay(day), activity: clip(activity, titleSpace) })}`,
    })),
    hasNext: model.next.length > 0,
    underWay: voice.status('under-way'),
    done: voice.status('done'),
  };
};
