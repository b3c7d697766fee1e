/** What Rond answers when somebody writes to it, and the first and the shortest cards. */

import type {
  HelpModel,
  NoticeModel,
  PlanModel,
  PlanPictureModel,
  StatusListModel,
  SurveysModel,
  WelcomeModel,
} from '../models.ts';
import { clip, isPlain, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { hasWords } from '../words.ts';
import { button, openTitle, paging } from './sheet.ts';
import { fitting, type View } from './view.ts';

const titleSpace = 160;
const buttonSpace = 60;
const buttonsShown = 10;

export const welcome: View<WelcomeModel> = (model, voice) => ({
  group: model.group,
  person: model.person,
  convenor: model.convenor.name,
  next: model.next
    ? [{ text: voice.say('welcome.next', { nextTitle: model.next.title, nextDay: voice.longDay(model.next.day) }) }]
    : [],
});

export const notice: View<NoticeModel> = (model, voice) => {
  const plain = isPlain(model.title);
  return {
    heading: plain ? model.title : voice.say('notice.heading'),
    title: plain ? '' : model.title,
    text: model.text,
    spoken: `${model.title}. ${model.text}`,
  };
};

export const help: View<HelpModel> = (model, voice) => ({
  lines: (
    ['home', 'surveys', 'status', 'plan', 'calendar', 'away', 'seat', 'rounds', 'add', 'log', 'help'] as const
  ).map((command) => ({
    word: voice.say(`command.${command}`),
    text: ` – ${voice.say(`help.${command}`)}`,
  })),
  group: model.group ?? '',
  convenor: model.convenor?.name ?? '',
});

export const plan: View<PlanModel> = (model, voice) => {
  const { shown, more } = fitting(
    model.activities.map((activity) => ({
      title: clip(activity.title, titleSpace),
      detail: planLine(activity, voice),
      buttons: model.steer ? [opens(activity, model.steer.ref, voice)] : [],
      hasButtons: model.steer !== undefined,
    })),
    { bytes: 18_000, frame: 200 },
    voice,
  );
  const { steer, read } = model;
  const page = steer ?? read;
  const verb = steer ? 'seat.plan' : 'plan.show';
  const turn = page ? paging(page, verb, { group: page.ref }, voice) : { note: '', buttons: [] };
  const count = page?.count ?? model.activities.length;
  const sets = [
    turn.buttons,
    steer
      ? [
          button(voice.say('seat.show'), 'seat.show', { group: steer.ref }),
          button(voice.say('common.showCalendar'), 'calendar.show', {}),
        ]
      : [],
  ];
  return {
    group: model.group,
    count,
    pictures: (model.pictures ?? []).map((picture) => pictureLine(picture, count, voice)),
    activities: shown,
    more,
    note: turn.note,
    sets: sets.filter((buttons) => buttons.length > 0).map((buttons) => ({ buttons })),
  };
};

/** The same in words: where in the plan, which days, how much is done and how much late. */
function pictureLine({ url, first, last, days, done, late }: PlanPictureModel, count: number, voice: Voice) {
  const when = days
    ? voice.say('common.window', { from: voice.shortDay(days.from), to: voice.shortDay(days.to) })
    : voice.say('plan.noDate');
  return { url, alt: voice.say('plan.picture', { first, last, count, when, done, late }) };
}

function opens({ key = '', title }: PlanModel['activities'][number], group: string, voice: Voice) {
  return button(openTitle(title, voice), 'seat.activity', { group, activity: key });
}

function planLine(activity: PlanModel['activities'][number], voice: Voice): string {
  const dates = activity.due.map((due) =>
    'on' in due
      ? voice.shortDay(due.on)
      : voice.say('common.window', { from: voice.shortDay(due.from), to: voice.shortDay(due.to) }),
  );
  const parts = [
    voice.say(`kind.${activity.kind}`),
    owners(activity.owners, voice),
    dates.length > 0 ? voice.list(dates) : voice.say('plan.noDate'),
    activity.status ? together(voice.status(activity.status)) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

function owners(named: string[] | 'all', voice: Voice): string {
  if (named === 'all') return voice.say('common.everyone');
  return named.length === 0 ? voice.say('plan.noOwner') : clip(voice.list(named), titleSpace);
}

export const statusList: View<StatusListModel> = (model, voice) => {
  const mine = fitting(
    model.mine.map((due) => ({
      ref: due.ref,
      activity: clip(due.activity, titleSpace),
      detail: voice.say('status-list.due', {
        dueDay: voice.shortDay(due.due),
        statusWord: due.status ? together(voice.status(due.status)) : voice.say('status-list.noStatus'),
      }),
      update: voice.say('status-list.update', { activity: clip(due.activity, buttonSpace) }),
    })),
    { bytes: 14_000, frame: 600, most: buttonsShown },
    voice,
  );
  const unreached = fitting(
    model.unreached.map(({ name, reason }) => ({
      text: `• ${voice.say('status-list.unreachedLine', { name, reason: why(reason, voice) })}`,
    })),
    { bytes: 4000, frame: 90 },
    voice,
  );
  return {
    group: model.group,
    count: model.mine.length,
    late: model.late,
    mine: mine.shown,
    moreMine: mine.more,
    hasUnreached: model.unreached.length > 0,
    unreached: unreached.shown,
    moreUnreached: unreached.more,
  };
};

/** A failure code in words, or the words that were given. */
function why(reason: string, voice: Voice): string {
  return hasWords(`reason.${reason}`) ? voice.say(`reason.${reason}`) : reason;
}

export const surveys: View<SurveysModel> = (model, voice) => {
  const { shown, more } = fitting(
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
    { bytes: 18_000, frame: 650, most: buttonsShown },
    voice,
  );
  return { count: model.surveys.length, surveys: shown, more };
};
