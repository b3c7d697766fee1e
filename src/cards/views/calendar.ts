/** Where calendars subscribe: one's own dates, and the group's for whoever leads it. */

import type { CalendarModel } from '../convenor-models.ts';
import type { When } from '../models.ts';
import type { Voice } from '../voice.ts';
import { button, type SheetRow, saidLine, sheet } from './sheet.ts';
import type { View } from './view.ts';

export const calendar: View<CalendarModel> = (model, voice) => {
  const { reachable, made, ask } = model;
  return {
    ...sheet({
      heading: voice.say('calendar.heading'),
      title: made?.name || ask?.name || '',
      group: voice.say('calendar.about'),
      said: model.said === '' ? '' : saidLine(`calendar-${model.said}`, voice),
      lines: reachable ? words(model, voice) : [voice.say('calendar.unreachable')],
      rows: reachable && !ask ? rows(model, voice) : [],
      sets: ask ? [answers(model, ask, voice)] : [],
    }),
    link: made?.link ?? '',
  };
};

function words({ made, ask, groups }: CalendarModel, voice: Voice): string[] {
  if (ask) return [voice.say(`calendar.ask.${ask.what}`)];
  if (!made) return [];
  const isGroups = groups.some(({ name }) => name === made.name);
  return [voice.say('calendar.how'), voice.say(isGroups ? 'calendar.shared' : 'calendar.secret')];
}

function rows({ mine, groups }: CalendarModel, voice: Voice): SheetRow[] {
  return [
    { heading: voice.say('calendar.mine'), ...row('', '', mine, voice.say('calendar.mineIs'), voice) },
    ...groups.map(({ ref, name, since }, index) => ({
      heading: index === 0 ? voice.say('calendar.groups') : '',
      ...row(ref, name, since, voice.say('calendar.groupIs'), voice),
    })),
  ];
}

function row(whose: string, title: string, since: When | null, about: string, voice: Voice): SheetRow {
  const has = since === null ? voice.say('calendar.none') : voice.say('calendar.since', { at: voice.moment(since) });
  const at = { whose, instead: since?.instant ?? '' };
  return {
    title,
    detail: `${about} ${has}`,
    buttons:
      since === null
        ? [button(voice.say('calendar.get'), 'calendar.do', { ...at, what: 'renew' }, 'positive')]
        : [
            button(voice.say('calendar.renew'), 'calendar.ask', { ...at, what: 'renew' }),
            button(voice.say('calendar.revoke'), 'calendar.ask', { ...at, what: 'revoke' }),
          ],
  };
}

function answers({ mine, groups }: CalendarModel, { whose, what }: NonNullable<CalendarModel['ask']>, voice: Voice) {
  const since = whose === '' ? mine : (groups.find(({ ref }) => ref === whose)?.since ?? null);
  const values = { whose, what, instead: since?.instant ?? '' };
  return [
    button(voice.say('confirm.yes'), 'calendar.do', values, 'destructive'),
    button(voice.say('confirm.no'), 'calendar.show', {}),
  ];
}
