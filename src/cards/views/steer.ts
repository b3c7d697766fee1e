/** Before something is done: what it would send, and the pages where one says what it is to be. */

import type {
  ApproveModel,
  ConfirmModel,
  ExtendPageModel,
  Named,
  PeoplePageModel,
  RoundPageModel,
  RoundPlanModel,
  SnoozePageModel,
} from '../convenor-models.ts';
import { faultLine, faults } from '../fault-words.ts';
import { clip } from '../text.ts';
import type { Voice } from '../voice.ts';
import { behind } from './behind.ts';
import { auditRow, backTo, button, paging, type SheetRow, saidLine, sendLine, sheet, warningLine } from './sheet.ts';
import { summary } from './summary.ts';
import type { View } from './view.ts';

export const confirm: View<ConfirmModel> = (model, voice) => {
  const { ref, command, facts } = model;
  const area = model.area ?? 'steer';
  const turn = paging(model, `${area}.ask`, { group: ref, command }, voice);
  return sheet({
    heading: voice.say('confirm.heading'),
    title: model.title,
    group: model.group,
    lines: [
      voice.say(`ask.${model.ask}`, {
        name: facts.name === 'all' ? voice.say('common.everyone') : facts.name,
        by: facts.by,
        day: facts.day === null ? '' : voice.longDay(facts.day),
        role: facts.role === null ? '' : voice.say(`role.${facts.role}`),
        hour: voice.clock(facts.sending?.hour ?? ''),
        quietFrom: voice.clock(facts.sending?.quietFrom ?? ''),
        cap: facts.sending?.weeklyCap ?? 0,
        count: facts.count ?? 0,
      }),
      ...model.warnings.filter(isNews).map((one) => warningLine(one, voice)),
      model.sends.length === 0 ? voice.say('confirm.nothing') : '',
    ],
    warnings: model.warnings.filter((one) => !isNews(one)).map((warning) => warningLine(warning, voice)),
    rows: [...sinceRows(model.since, voice), ...placedRows(model.placed ?? [], voice), ...sendRows(model.sends, voice)],
    note: turn.note,
    sets: [
      turn.buttons,
      [
        button(voice.say('confirm.yes'), `${area}.do`, { group: ref, command }, 'positive'),
        button(voice.say('confirm.no'), model.back.verb, model.back.values),
      ],
    ],
  });
};

/** What is said of somebody who comes in is no warning. */
const isNews = ({ code }: ConfirmModel['warnings'][number]): boolean => code === 'is-asked' || code === 'takes-on';

function sinceRows(since: ConfirmModel['since'], voice: Voice): SheetRow[] {
  return since.map((line, index) => ({
    heading: index === 0 ? voice.say('confirm.since') : '',
    ...auditRow(line, voice),
  }));
}

function placedRows(placed: NonNullable<ConfirmModel['placed']>, voice: Voice): SheetRow[] {
  const shown = (text: string) => text || voice.say('import.unstated');
  return placed.map(({ name, from, to }) => ({
    title: name,
    detail: from === null ? shown(to) : voice.say('confirm.placed', { from: shown(from), to: shown(to) }),
  }));
}

function sendRows(sends: ConfirmModel['sends'], voice: Voice): SheetRow[] {
  let before = '';
  return sends.map((send) => {
    const heading = send.what === before ? '' : voice.say(send.what === 'stops' ? 'confirm.stops' : 'confirm.starts');
    before = send.what;
    return { heading, detail: sendLine(send, voice) };
  });
}

export const roundPlan: View<RoundPlanModel> = (model, voice) => {
  const { ref, draft, values } = model;
  const at = { group: ref, draft };
  const turn = paging(model, 'round.show', at, voice);
  const settings = [
    values.language === '' ? voice.say('round-page.ownLanguage') : voice.say(`round-page.language.${values.language}`),
    voice.say(`round-page.reminders.${values.reminders}`),
    values.hour === '' ? '' : voice.clock(values.hour),
    voice.say(`round-page.anonymity.${values.anonymity}`),
    voice.say(`round-page.review.${values.review}`),
  ];
  return sheet({
    heading: voice.say('round-plan.heading'),
    title: model.title,
    group: model.group,
    said: saidLine(model.said, voice),
    lines: [voice.say('round-plan.people', { people: model.people })],
    facts: [
      {
        label: voice.say('round-plan.window'),
        text: voice.say('common.window', { from: voice.longDay(model.opens), to: voice.longDay(model.closes) }),
      },
      { label: voice.say('round-plan.asks'), text: model.asks },
      ...(model.audience.length > 0
        ? [
            {
              label: voice.say('round-plan.audience'),
              text: model.audience === 'everyone' ? voice.say('round-page.everyone') : voice.list(model.audience),
            },
          ]
        : []),
      { label: voice.say('round-plan.settings'), text: settings.filter(Boolean).join(' · ') },
    ],
    warnings: model.warnings.map((warning) => warningLine(warning, voice)),
    rows: [
      ...sinceRows(model.since, voice),
      ...model.sends.map((send, index) => ({
        heading: index === 0 ? voice.say('round-plan.sends') : '',
        detail: sendLine(send, voice),
      })),
    ],
    note: turn.note,
    sets: [
      turn.buttons,
      [
        button(voice.say('confirm.yes'), 'round.confirm', at, 'positive'),
        button(voice.say('round-plan.change'), 'round.change', { ...at, dialog: '1' }),
        button(voice.say('round-plan.try'), 'round.try', at),
        button(voice.say('round-plan.discard'), 'seat.show', { group: ref }),
      ],
    ],
  });
};

const choices = (named: Named[]) => named.map(({ key, name }) => ({ title: clip(name, 75), value: key }));

/** `faultDay` and so on, in the words of an error or of a refusal; what belongs to no input here stands above them. */
export function pageFaults(errors: Record<string, string>, inputs: string[], voice: Voice) {
  const general = Object.entries(errors).find(([input]) => !inputs.includes(input));
  return { ...faults(errors, inputs, voice), fault: faultLine(general?.[1], voice) };
}

/** To the round, the activity or the group that the page is about. */
function backFrom({ ref: group, mode, key }: Pick<ExtendPageModel | PeoplePageModel, 'ref' | 'mode' | 'key'>) {
  switch (mode) {
    case 'extend':
    case 'reopen':
    case 'excuse':
    case 'substitute':
      return backTo('seat.live', { group, round: key });
    case 'move-date':
    case 'assign':
    case 'hand-over':
      return backTo('seat.activity', { group, activity: key });
    case 'add':
    case 'place':
    case 'remove':
      return backTo('group.members', { group });
    default:
      return backTo('group.show', { group });
  }
}

function backFromRound({ ref: group, draft, from }: RoundPageModel) {
  if (from.plan) return backTo('round.show', { group, draft });
  if (from.round !== '') return backTo('seat.live', { group, round: from.round });
  if (from.activity !== '') return backTo('seat.activity', { group, activity: from.activity });
  return backTo('seat.show', { group });
}

const roundDates = ['title', 'instrument', 'catalogue', 'opens', 'closes', 'days', 'hour'];
const roundInputs = [...roundDates, 'constituencies', 'organisations', 'people'];

export const roundPage: View<RoundPageModel> = (model, voice) => {
  const { values, choices: given } = model;
  const writes = (what: (typeof given.written)[number]) => !model.open && given.written.includes(what);
  const option = (family: string, codes: string[]) =>
    codes.map((code) => ({ title: voice.say(`round-page.${family}.${code}`), value: code }));
  return {
    ...pageFaults(model.errors, roundInputs, voice),
    back: backFromRound(model),
    data: { group: model.ref, draft: model.draft },
    all: { group: model.ref, draft: model.draft, verb: 'round.save' },
    group: model.group,
    activity: model.activity,
    asksTitle: model.activity === '' && !model.open,
    open: model.open,
    values,
    instruments: choices(given.instruments),
    catalogues: choices(given.catalogues),
    constituencies: choices(given.constituencies),
    organisations: choices(given.organisations),
    choosesConstituencies: !model.open && given.constituencies.length > 1,
    choosesOrganisations: !model.open && given.organisations.length > 1,
    people: choices(given.people),
    choosesPeople: !model.open && given.people.length > 0,
    writesConstituencies: writes('constituencies'),
    writesOrganisations: writes('organisations'),
    writesPeople: writes('people'),
    languages: [
      { title: voice.say('round-page.ownLanguage'), value: 'own' },
      ...option('language', ['sv', 'nb', 'en', 'fi']),
    ],
    language: values.language || 'own',
    anonymities: option('anonymity', ['named', 'counts']),
    reminders: option('reminders', ['usual', 'mid', 'near', 'none', 'days']),
    hours: [
      { title: voice.say('round-page.usualHour'), value: 'usual' },
      ...given.hours.map((hour) => ({ title: voice.clock(hour), value: hour })),
    ],
    hour: values.hour || 'usual',
    reviews: option('review', ['no', 'yes']),
  };
};

export const extendPage: View<ExtendPageModel> = (model, voice) => {
  const data = { group: model.ref, mode: model.mode, key: model.key, version: String(model.version) };
  return {
    ...pageFaults(model.errors, ['day', 'member', 'due'], voice),
    heading: voice.say(`extend-page.heading.${model.mode}`),
    back: backFrom(model),
    dayLabel: voice.say(model.mode === 'move-date' ? 'extend-page.labelDate' : 'extend-page.labelDay'),
    data,
    all: { ...data, verb: 'steer.dated' },
    group: model.group,
    title: model.title,
    day: model.values.day,
    asksMember: model.people.length > 0,
    writesMember: model.many,
    member: model.many ? model.values.member.replace(/^all$/, '') : model.values.member || 'all',
    people: [{ title: voice.say('extend-page.all'), value: 'all' }, ...choices(model.people)],
    asksDue: model.points.length > 1,
    due: model.values.due,
    points: model.points.map(({ key, day }) => ({ title: voice.shortDay(day), value: key })),
  };
};

/** A hint at what is in use; whatever is written counts. */
export const knownLine = (known: string[], voice: Voice): string =>
  known.length === 0 ? '' : voice.say('people-page.known', { names: clip(known.join(', '), 500) });

/** The chair is handed over, not given as a part among others. */
const givenRoles = ['member', 'deputy', 'observer', 'owner', 'client'] as const;

export const peoplePage: View<PeoplePageModel> = (model, voice) => {
  const area = model.area ?? 'steer';
  const data = { group: model.ref, mode: model.mode, key: model.key, version: String(model.version) };
  const adds = model.mode === 'add';
  const many = model.mode === 'assign' || adds;
  const listed =
    model.mode === 'assign' ? [{ key: 'all', name: voice.say('people-page.everyone') }, ...model.people] : model.people;
  const turn = paging(model, `${area}.find`, data, voice);
  return {
    ...pageFaults(model.errors, ['member', 'written', 'role', 'organisation', 'constituency', 'day', 'by'], voice),
    heading: voice.say(`people-page.heading.${model.mode}`),
    back: area === 'admin' ? backTo('admin.show', {}) : backFrom(model),
    memberLabel: voice.say(
      adds ? 'people-page.labelNewcomers' : many ? 'people-page.labelOwners' : 'people-page.labelMember',
    ),
    nobodyText: voice.say(
      model.blind ? 'people-page.blind' : adds && !model.many ? 'people-page.allIn' : 'people-page.nobody',
    ),
    adds,
    written: model.values.written ?? '',
    data,
    findVerb: `${area}.find`,
    chosenVerb: `${area}.chosen`,
    all: { ...data, verb: `${area}.chosen` },
    findAll: { ...data, verb: `${area}.find` },
    asksRole: model.mode === 'role',
    role: model.values.role ?? '',
    roles: givenRoles.map((role) => ({ title: voice.say(`role.${role}`), value: role })),
    asksPlace: model.mode === 'place' || adds,
    constituencyLabel: voice.say(adds ? 'people-page.newConstituency' : 'people-page.labelConstituency'),
    organisationLabel: voice.say(adds ? 'people-page.newOrganisation' : 'people-page.labelOrganisation'),
    organisation: model.values.organisation ?? '',
    constituency: model.values.constituency ?? '',
    known: knownLine(model.known ?? [], voice),
    asksDay: model.mode === 'away',
    day: model.values.day ?? '',
    group: model.group,
    title: clip(model.title, 160),
    many,
    finds: model.many,
    find: model.values.find,
    member: model.values.member,
    people: choices(listed),
    chooses: listed.length > 0,
    nobody: listed.length === 0,
    asksBy: model.others.length > 0,
    writesBy: model.writesBy,
    byLabel: voice.say(model.mode === 'away' ? 'snooze-page.labelSubstitute' : 'people-page.labelBy'),
    by: model.values.by,
    others: choices(model.others),
    pageNote: turn.note,
    turns: turn.buttons,
    hasTurns: turn.buttons.length > 0,
  };
};

export const snoozePage: View<SnoozePageModel> = (model, voice) => {
  const data = { ref: model.ref, group: model.groupKey, ...model.from };
  const whats = model.isAway ? ['away', 'back'] : ['1', '3', 'until', 'away'];
  return {
    ...pageFaults(model.errors, ['what', 'until', 'substitute'], voice),
    heading: voice.say(model.isAway ? 'snooze-page.heading.away' : 'snooze-page.heading'),
    data,
    all: { ...data, verb: 'me.snooze' },
    back: behind(model.from, 'me.back', model.ref),
    group: model.group,
    title: clip(model.title, 160),
    whats: whats.map((what) => ({ title: voice.say(`snooze-page.what.${what}`), value: what })),
    what: model.values.what,
    until: model.values.until,
    substitute: model.values.substitute,
    people: choices(model.people),
    choosesPerson: model.people.length > 0,
    writesPerson: model.people.length === 0,
  };
};

/** The summary exactly as it will be posted, below a question. */
export const approve: View<ApproveModel> = (model, voice) => {
  const data = summary(model, voice);
  const said = (words: string) => voice.say(`summary.${words}`, data);
  return {
    ...data,
    asks: voice.say('approve.ask'),
    rateText: said('rate'),
    criticalText: said('critical'),
    noCriticalText: said('noCritical'),
    nobodyText: said('nobody'),
    othersText: said('others'),
    compactNoteText: said('compactNote'),
    changesText: said('changes'),
    changesNoteText: said('changesNote'),
    changeSumText: said('changeSum'),
    cornerText: said('corner'),
    cornerAcrossText: said('cornerAcross'),
    buttons: [
      button(
        voice.say('do.approve-summary'),
        'steer.do',
        {
          group: model.ref,
          command: JSON.stringify({ do: 'approve-summary', round: model.round, seen: model.version }),
        },
        'positive',
      ),
      button(voice.say('approve.hold'), 'seat.hold', { group: model.ref, round: model.round }),
    ],
  };
};
