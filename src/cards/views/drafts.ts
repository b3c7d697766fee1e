/** A timetable on its way into a group: the first word in a channel, the review, its page, and what a new plan changes. */

import { activityKinds } from '../../domain/group.ts';
import { faultLine, faults } from '../fault-words.ts';
import {
  type DifferenceLine,
  nobody,
  type PlanDifferenceModel,
  type PlanFixModel,
  type PlanReviewModel,
  type PlanSpan,
  type RemedyModel,
  type StartModel,
} from '../models.ts';
import { choiceSpace, clip } from '../text.ts';
import type { Voice } from '../voice.ts';
import { backTo } from './sheet.ts';
import { fitting, type View } from './view.ts';

const titleSpace = 160;
const buttonSpace = 50;

export const start: View<StartModel> = (model) => ({ name: model.name });

export const planReview: View<PlanReviewModel> = (model, voice) => ({
  ref: model.ref,
  v: model.version,
  group: model.group,
  total: model.total,
  people: model.people,
  toLook: model.toLook,
  news: model.news ? voice.say(`plan-review.news.${model.news}`) : '',
  place: model.place === '' ? voice.say('plan-review.noPlace') : voice.say('plan-review.place', { place: model.place }),
  convenor: model.convenor
    ? voice.say('plan-review.convenor', { convenor: model.convenor })
    : voice.say('plan-review.convenorOpen'),
  assumed: model.assumed
    ? voice.say(`plan-review.assumed.${model.assumed.from}`, { basisDay: voice.longDay(model.assumed.day) })
    : '',
  home: model.home ? voice.say('plan-review.home', { country: homeOf(model.home, voice) }) : '',
  details: voice.say(model.home ? 'plan-review.detailsNew' : 'plan-review.details'),
  confirm: voice.say(model.again ? 'plan-review.confirmAgain' : 'plan-review.confirm'),
  ...paging(model),
  rows: model.rows.map((row) => ({
    ref: model.ref,
    v: model.version,
    page: String(model.page),
    line: row.line,
    title: clip(row.title, titleSpace),
    detail: detailOf(row, voice),
    look: row.warnings.map((code) => voice.say(`plan-review.warning.${code}`)).join('\n'),
    fix: voice.say('plan-review.fix', { activity: clip(row.title, buttonSpace) }),
    remedies: row.remedies.map((remedy) => {
      const title = takes(remedy, voice);
      // Read aloud out of its row it says what it is about.
      const data = { ref: model.ref, line: row.line, page: String(model.page), take: remedy.id };
      return {
        title: clip(title, buttonSpace),
        aloud: clip(`${title}: ${row.title}`, 75),
        data,
        all: { ...data, verb: 'draft.take' },
      };
    }),
  })),
});

const homeOf = ({ country, zone }: NonNullable<PlanReviewModel['home']>, voice: Voice) =>
  zone ? `${voice.country(country)} (${zone})` : voice.country(country);

function takes(remedy: RemedyModel, voice: Voice): string {
  switch (remedy.what) {
    case 'name':
      return voice.say('plan-review.take.name', { written: remedy.written, name: remedy.name });
    case 'owner':
      return voice.say('plan-review.take.owner', { name: people(remedy.owners, voice) });
    case 'date':
      return voice.say('plan-review.take.date', { dates: day(remedy.due, voice) });
    case 'kind':
      return voice.say('plan-review.take.kind', { kind: voice.say(`kind.${remedy.kind}`) });
    case 'survey':
      return voice.say('plan-review.take.survey', { list: remedy.list });
  }
}

function detailOf(row: PlanReviewModel['rows'][number], voice: Voice): string {
  const kind = voice.say(`kind.${row.kind}`);
  const survey = row.survey && `${row.survey.name}, ${row.survey.list}`;
  const parts = [
    survey ? voice.say('plan-review.survey', { kind, survey }) : kind,
    people(row.owners === 'all' ? 'all' : [...row.owners, ...row.unknownOwners.map((name) => `${name} (?)`)], voice),
    row.due.length > 0 ? days(row.due, voice) : voice.say(row.ongoing ? 'plan-review.ongoing' : 'plan.noDate'),
  ];
  return parts.join(' · ');
}

/** Numbers as text where a button carries them. */
const paging = ({ page, pages }: { page: number; pages: number }) => ({
  page,
  pages,
  pageData: String(page),
  before: page > 1 ? String(page - 1) : '',
  after: page < pages ? String(page + 1) : '',
});

const day = (span: PlanSpan, voice: Voice) =>
  'on' in span
    ? voice.shortDay(span.on)
    : voice.say('common.window', { from: voice.shortDay(span.from), to: voice.shortDay(span.to) });

const days = (due: readonly PlanSpan[], voice: Voice) =>
  clip(voice.list(due.map((one) => day(one, voice))), titleSpace);

function people(owners: 'all' | string[], voice: Voice): string {
  if (owners === 'all') return voice.say('common.everyone');
  return owners.length === 0 ? voice.say('plan.noOwner') : clip(voice.list(owners), titleSpace);
}

export const planFix: View<PlanFixModel> = (model, voice) => {
  const named = model.people.map(({ key, name }) => ({ title: clip(name, choiceSpace), value: key }));
  const asRead = { title: voice.say('plan-fix.asRead'), value: 'as-read' };
  const { values } = model;
  return {
    ref: model.ref,
    v: model.version,
    line: model.line,
    page: model.page,
    back: backTo('draft.page', { ref: model.ref, v: model.version, page: model.page }),
    group: model.group,
    about: model.activity === '' ? model.group : model.activity,
    isRow: model.line !== '',
    isNew: model.countries.length > 0,
    more: model.more,
    errorCount: Object.keys(model.errors).length,
    ...faults(model.errors, ['owner', 'person', 'date', 'until', 'name', 'decided', 'convenor'], voice),
    who: model.written.map(({ id, name, value }) => ({
      id,
      fault: faultLine(model.errors[id], voice),
      label: voice.say('plan-fix.labelWho', { name: clip(name, titleSpace) }),
      value,
      writes: model.writes,
      hint: voice.say(model.writes ? 'plan-fix.writeWho' : 'common.choose'),
      people: model.writes ? [] : named,
    })),
    unlisted: model.unlisted > 0 ? voice.say('common.more', { n: model.unlisted }) : '',
    owners: [
      asRead,
      { title: voice.say('common.everyone'), value: 'all' },
      { title: voice.say('plan-fix.nobody'), value: nobody },
      ...named,
    ],
    dates: model.due.length > 0 ? voice.say('plan-fix.datesNote', { dates: days(model.due, voice) }) : '',
    kinds: activityKinds.map((kind) => ({ title: voice.say(`kind.${kind}`), value: kind })),
    surveys: model.surveys.map(({ key, name }) => ({ title: clip(name, 75), value: key })),
    takes: [
      { title: voice.say('plan-fix.take'), value: 'yes' },
      { title: voice.say('plan-fix.drop'), value: 'no' },
    ],
    chairs: [{ title: voice.say('plan-fix.open'), value: nobody }, ...named],
    countries: model.countries
      .map((code) => ({ title: voice.country(code), value: code }))
      .sort((one, other) => one.title.localeCompare(other.title, voice.language)),
    country: values.country,
    owner: values.owner || 'as-read',
    person: values.person,
    date: values.date,
    until: values.until,
    kind: values.kind,
    survey: values.survey,
    take: values.take,
    name: values.name,
    decided: values.decided,
    convenor: values.convenor || nobody,
  };
};

export const planDifference: View<PlanDifferenceModel> = (model, voice) => {
  const line = (one: DifferenceLine) => ({ text: `• ${told(one, voice)}` });
  const meanwhile = fitting(model.meanwhile.map(line), { bytes: 4000, frame: 90 }, voice, 'plan-difference.more');
  return {
    ref: model.ref,
    v: model.version,
    group: model.group,
    total: model.total,
    toLook: model.toLook,
    hasMeanwhile: model.meanwhile.length > 0,
    meanwhile: meanwhile.shown,
    moreMeanwhile: meanwhile.more,
    lines: model.lines.map(line),
    ...paging(model),
  };
};

function told(line: DifferenceLine, voice: Voice): string {
  const activity = clip(line.activity, titleSpace);
  const span = (one: PlanSpan | null) => (one ? day(one, voice) : voice.say('plan-difference.noDate'));
  const who = (owners: 'all' | string[]) =>
    owners !== 'all' && owners.length === 0 ? voice.say('plan-difference.nobody') : people(owners, voice);
  const say = (facts: Record<string, string> = {}, key: string = line.what) =>
    voice.say(`plan-difference.line.${key}`, { activity, ...facts });
  switch (line.what) {
    case 'added':
      return say({ dates: line.due.length > 0 ? days(line.due, voice) : voice.say('plan-difference.noDate') });
    case 'removed':
      return say({}, line.open ? 'removed-open' : 'removed');
    case 'moved':
      return say({ from: span(line.from), to: span(line.to) });
    case 'renamed':
      return say({ title: clip(line.title, titleSpace) });
    case 'owner':
      return say({ from: who(line.from), to: who(line.to) });
    case 'kind':
      return say({ from: voice.say(`kind.${line.from}`), to: voice.say(`kind.${line.to}`) });
    case 'back':
      return say();
    case 'named':
      return say({ names: people(line.names, voice) });
  }
}
