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
import { button, openTitle, owners, paging, toGroups } from './sheet.ts';
import type { View } from './view.ts';

const titleSpace = 160;
/** Some thirty days: a whole page of such activities fits on a card. */
const datesSpace = 320;
const buttonSpace = 60;

export const welcome: View<WelcomeModel> = (model, voice) => ({
  group: model.group,
  person: model.person,
  heading: voice.say(model.chair ? 'welcome.chair' : 'welcome.heading'),
  about: voice.say(model.chair ? 'welcome.chairAbout' : 'welcome.about'),
  spoken: voice.say(model.chair ? 'welcome.chairSpoken' : 'welcome.spoken', { group: model.group }),
  handed: model.chair?.by ? [{ text: voice.say('welcome.handed', { by: model.chair.by }) }] : [],
  convenor: model.convenor.name,
  next: model.next
    ? [{ text: voice.say('welcome.next', { nextTitle: model.next.title, nextDay: voice.longDay(model.next.day) }) }]
    : [],
  toSeat: toSeat(model, voice),
});

/** Whoever leads a group need not know the word for it. */
const toSeat = ({ seat }: Pick<HelpModel, 'seat'>, voice: Voice) =>
  seat === null ? [] : [button(voice.say('seat.heading'), 'seat.show', { group: seat })];

export const notice: View<NoticeModel> = (model, voice) => {
  const plain = isPlain(model.title);
  return {
    heading: plain ? model.title : voice.say('notice.heading'),
    title: plain ? '' : model.title,
    text: model.text,
    spoken: `${model.title}. ${model.text}`,
    buttons:
      model.draft === undefined ? [] : [button(voice.say('import.takeBack'), 'draft.revive', { ref: model.draft })],
    hasButtons: model.draft !== undefined,
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
  toSeat: toSeat(model, voice),
});

export const plan: View<PlanModel> = (model, voice) => {
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
    toGroups(model.others ?? [], verb, voice),
  ];
  return {
    group: model.group,
    count,
    pictures: (model.pictures ?? []).map((picture) => pictureLine(picture, count, voice)),
    activities: model.activities.map((activity) => ({
      title: clip(activity.title, titleSpace),
      detail: planLine(activity, voice),
      buttons: steer ? [opens(activity, steer.ref, voice)] : [],
      hasButtons: steer !== undefined,
    })),
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
    activity.parked ? voice.say('picture.parked') : '',
    voice.say(`kind.${activity.kind}`),
    owners(activity.owners, voice),
    dates.length > 0
      ? clip(voice.list(dates), datesSpace)
      : voice.say(activity.ongoing ? 'picture.ongoing' : 'plan.noDate'),
    activity.status ? together(voice.status(activity.status)) : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

export const statusList: View<StatusListModel> = (model, voice) => {
  const turn = paging(model.shown, 'status.show', { group: model.shown.ref }, voice);
  const sets = [turn.buttons, toGroups(model.others ?? [], 'status.show', voice)];
  return {
    group: model.group,
    list: model.shown.ref,
    page: String(model.shown.page),
    count: model.shown.count,
    late: model.late,
    hasMine: model.mine.length > 0,
    mine: model.mine.map((due) => ({
      ref: due.ref,
      activity: clip(due.activity, titleSpace),
      detail: voice.say('status-list.due', {
        dueDay: voice.shortDay(due.due),
        statusWord: due.status ? together(voice.status(due.status)) : voice.say('status-list.noStatus'),
      }),
      update: voice.say('status-list.update', { activity: clip(due.activity, buttonSpace) }),
    })),
    hasUnreached: model.unreached.length > 0,
    unreached: model.unreached.map(({ name, reason }) => ({
      text: `• ${voice.say('status-list.unreachedLine', { name: clip(name, titleSpace), reason: why(reason, voice) })}`,
    })),
    note: turn.note,
    sets: sets.filter((buttons) => buttons.length > 0).map((buttons) => ({ buttons })),
  };
};

/** A failure code in words, or the words that were given. */
function why(reason: string, voice: Voice): string {
  return hasWords(`reason.${reason}`) ? voice.say(`reason.${reason}`) : reason;
}

export const surveys: View<SurveysModel> = (model, voice) => {
  const turn = paging(model, 'surveys.show', {}, voice);
  return {
    count: model.count,
    surveys: model.surveys.map((survey) => ({
      ref: survey.ref,
      group: clip(survey.group, titleSpace),
      title: clip(survey.title, titleSpace),
      detail: voice.say('surveys.line', {
        state: voice.say(`surveys.state.${survey.state}`),
        closes: voice.deadline(survey.closes),
      }),
      open: voice.say(`surveys.open.${survey.state}`, { title: clip(survey.title, buttonSpace) }),
    })),
    note: turn.note,
    sets: turn.buttons.length > 0 ? [{ buttons: turn.buttons }] : [],
  };
};
