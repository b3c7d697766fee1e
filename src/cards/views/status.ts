/** An activity's due point: the reminder before it, the question on the day, the page behind "more", and after it. */

import { type Status, statuses } from '../../domain/state.ts';
import { faults } from '../fault-words.ts';
import {
  type DeadlineModel,
  type DueOverModel,
  nobody,
  type OverdueModel,
  type StatusModel,
  type StatusPageModel,
} from '../models.ts';
import { choiceSpace, clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { behind } from './behind.ts';
import type { View } from './view.ts';

/** Longer notes are cut where they are only repeated. */
const noteSpace = 500;

export const deadline: View<DeadlineModel> = (model, voice) => {
  const links = model.links.flatMap((link) => openable(link, voice));
  return {
    ref: model.ref,
    group: model.group,
    activity: model.activity,
    dueDay: voice.longDay(model.due),
    heading: voice.say(`deadline.heading.${model.step}`),
    step: model.step,
    shared: model.shared,
    links,
    hasLinks: links.length > 0,
  };
};

/** A button names the place it leads to; anything but a web address is no button. */
function openable(link: string, voice: Voice): { url: string; title: string }[] {
  const url = URL.parse(link);
  if (!url || !/^https?:$/.test(url.protocol)) return [];
  return [{ url: url.href, title: voice.say('deadline.link', { host: clip(url.hostname, 50) }) }];
}

export const status: View<StatusModel> = (model, voice) => ({
  ref: model.ref,
  group: model.group,
  activity: model.activity,
  dueDay: voice.longDay(model.due),
  ...current(model, voice),
  notStarted: voice.status('not-started'),
  underWay: voice.status('under-way'),
  done: voice.status('done'),
  late: voice.status('late'),
  stopped: voice.status('stopped'),
});

function current({ current: standing }: StatusModel, voice: Voice) {
  return {
    hasCurrent: standing !== null,
    currentStatus: standing ? together(voice.status(standing.status)) : '',
    currentBy: standing?.by ?? '',
    currentNote: clip(standing?.note ?? '', noteSpace),
  };
}

export const statusPage: View<StatusPageModel> = (model, voice) => ({
  data: { ref: model.ref, ...model.from },
  all: { ref: model.ref, ...model.from, verb: 'status.save' },
  back: behind(model.from, 'status.back', model.ref),
  group: model.group,
  activity: model.activity,
  dueDay: voice.longDay(model.due),
  ...current(model, voice),
  errorCount: Object.keys(model.errors).length,
  ...faults(model.errors, ['status', 'note', 'newDate', 'handTo'], voice),
  status: model.values.status,
  note: model.values.note,
  newDate: model.values.newDate,
  handTo: model.values.handTo,
  choices: statuses.map((one: Status) => ({ title: voice.status(one), value: one })),
  choosesPerson: model.people.length > 0,
  people: [
    { title: voice.say('status-page.nobody'), value: nobody },
    ...model.people.map((person) => ({ title: clip(person.name, choiceSpace), value: person.key })),
  ],
});

export const overdue: View<OverdueModel> = (model, voice) => ({
  ref: model.ref,
  group: model.group,
  activity: model.activity,
  dueDay: voice.longDay(model.due),
  days: model.days,
  ...responsible(model.owners, voice),
  done: voice.status('done'),
});

const responsible = (owners: string[] | 'all', voice: Voice) => ({
  who: owners === 'all' ? 'all' : 'named',
  count: owners === 'all' ? 0 : owners.length,
  names: owners === 'all' ? '' : voice.list(owners),
});

export const dueOver: View<DueOverModel> = ({ ref, group, activity, why, day, by, note, owners }, voice) => {
  const date = day === '' ? '' : voice.longDay(day);
  return {
    ref,
    group,
    activity,
    heading: voice.say(`due-over.heading.${why}`),
    text: voice.say(`due-over.text.${why}`, { day: date, by, hasBy: by === '' ? 'no' : 'yes' }),
    isAnothers: why === 'another',
    owners: voice.say('overdue.owners', responsible(owners, voice)),
    note: clip(note, noteSpace),
  };
};
