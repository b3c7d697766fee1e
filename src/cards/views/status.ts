/** An activity's due point: the reminder before it, the question on the day, the page behind "more", and after it. */

import { type Status, statuses } from '../../domain/state.ts';
import { type DeadlineModel, nobody, type OverdueModel, type StatusModel, type StatusPageModel } from '../models.ts';
import { choiceSpace, clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import type { View } from './view.ts';

/** Longer notes are cut where they are only repeated. */
const noteSpace = 500;
const linksShown = 3;

export const deadline: View<DeadlineModel> = (model, voice) => {
  const links = model.links.flatMap((link) => openable(link, voice)).slice(0, linksShown);
  return {
    ref: model.ref,
    group: model.group,
    activity: model.activity,
    dueDay: voice.longDay(model.due),
    heading: voice.say(`deadline.heading.${model.step}`),
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
  ref: model.ref,
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
  people: [
    { title: voice.say('status-page.nobody'), value: nobody },
    ...model.people.map((person) => ({ title: clip(person.name, choiceSpace), value: person.key })),
  ],
});

/** `faultNote` and so on: the sentence beside each input, '' when it is well. */
export function faults(errors: Record<string, string>, inputs: string[], voice: Voice): Record<string, string> {
  return Object.fromEntries(
    inputs.map((input) => {
      const code = errors[input];
      const name = `fault${input.charAt(0).toUpperCase()}${input.slice(1)}`;
      return [name, code ? `⚠ ${voice.say(`error.${code}`)}` : ''];
    }),
  );
}

export const overdue: View<OverdueModel> = (model, voice) => ({
  ref: model.ref,
  group: model.group,
  activity: model.activity,
  dueDay: voice.longDay(model.due),
  days: model.days,
  who: model.owners === 'all' ? 'all' : 'named',
  count: model.owners === 'all' ? 0 : model.owners.length,
  names: model.owners === 'all' ? '' : voice.list(model.owners),
  done: voice.status('done'),
});
