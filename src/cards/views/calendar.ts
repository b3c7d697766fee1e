/** Where calendars subscribe: one's own dates, and the group's for whoever leads it. */

import type { CalendarModel } from '../convenor-models.ts';
import type { Voice } from '../voice.ts';
import { button, paging, type SheetRow, saidLine, sheet } from './sheet.ts';
import type { View } from './view.ts';

export const calendar: View<CalendarModel> = (model, voice) => {
  const { reachable, made, ask } = model;
  const turn = paging(model, 'calendar.show', {}, voice);
  return {
    ...sheet({
      heading: voice.say('calendar.heading'),
      title: made?.name || ask?.name || '',
      group: voice.say('calendar.about'),
      said: model.said === '' ? '' : saidLine(`calendar-${model.said}`, voice),
      lines: reachable || ask ? words(model, voice) : [voice.say('calendar.unreachable')],
      rows: ask ? [] : rows(model, voice),
      note: ask ? '' : turn.note,
      sets: [ask ? answers(model, ask, voice) : turn.buttons],
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

/** What cannot be reached can still be ended. */
function rows({ mine, groups, reachable }: CalendarModel, voice: Voice): SheetRow[] {
  const own = reachable || mine !== null ? [{ ref: '', name: '', since: mine }] : [];
  return [...own, ...groups].map((one, index) => {
    const isOwn = one.ref === '';
    const isFirst = isOwn || index === own.length;
    return {
      heading: isFirst ? voice.say(isOwn ? 'calendar.mine' : 'calendar.groups') : '',
      ...row(one, voice.say(isOwn ? 'calendar.mineIs' : 'calendar.groupIs'), reachable, voice),
    };
  });
}

function row(
  { ref, name, since }: CalendarModel['groups'][number],
  about: string,
  reachable: boolean,
  voice: Voice,
): SheetRow {
  const has = since === null ? voice.say('calendar.none') : voice.say('calendar.since', { at: voice.moment(since) });
  const at = { whose: ref, instead: since?.instant ?? '' };
  const renew = { ...at, what: 'renew' };
  const first = [button(voice.say('calendar.get'), 'calendar.do', renew, 'positive')];
  const again = reachable ? [button(voice.say('calendar.renew'), 'calendar.ask', renew)] : [];
  const end = button(voice.say('calendar.revoke'), 'calendar.ask', { ...at, what: 'revoke' });
  return { title: name, detail: `${about} ${has}`, buttons: since === null ? first : [...again, end] };
}

function answers({ mine, groups }: CalendarModel, { whose, what }: NonNullable<CalendarModel['ask']>, voice: Voice) {
  const since = whose === '' ? mine : (groups.find(({ ref }) => ref === whose)?.since ?? null);
  const values = { whose, what, instead: since?.instant ?? '' };
  return [
    button(voice.say('confirm.yes'), 'calendar.do', values, 'destructive'),
    button(voice.say('confirm.no'), 'calendar.show', {}),
  ];
}
