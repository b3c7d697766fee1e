/** The group as a whole: its settings and people, the pages where they are changed, and which groups there are. */

import type { Named } from '../convenor-models.ts';
import type {
  CouncilPageModel,
  GroupsModel,
  MembersModel,
  MembersPageModel,
  SendingPageModel,
  SettingsModel,
} from '../group-models.ts';
import { choiceSpace, clip } from '../text.ts';
import type { Voice } from '../voice.ts';
import { backTo, button, paging, type SheetButton, type SheetRow, saidLine, sheet } from './sheet.ts';
import { knownLine, pageFaults } from './steer.ts';
import type { View } from './view.ts';

const nameSpace = 45;

export const settings: View<SettingsModel> = (model, voice) => {
  const { ref, council } = model;
  const may = (what: string) => model.may.includes(what);
  const turn = paging(model, 'group.show', { group: ref }, voice);
  return sheet({
    heading: voice.say('settings.heading'),
    group: model.group,
    said: saidLine(model.said, voice),
    lines: [
      voice.say('settings.sending', {
        hour: voice.clock(model.hour),
        quietFrom: voice.clock(model.quietFrom),
        cap: model.weeklyCap ?? 0,
      }),
      council ? voice.say('settings.council', council) : voice.say('settings.noCouncil'),
    ],
    rows: model.people.map((one, index): SheetRow => {
      const awayWord = one.substitute === '' ? 'settings.away' : 'settings.awayWith';
      const away = one.away && voice.say(awayWord, { day: voice.longDay(one.away), name: one.substitute });
      return {
        heading: index === 0 ? voice.say('settings.people') : '',
        title: one.name,
        detail: [voice.say(`role.${one.role}`), away].filter(Boolean).join(' · '),
        buttons: one.away && may('back') ? [back(ref, one.key, one.name, voice)] : [],
      };
    }),
    note: turn.note,
    sets: [
      turn.buttons,
      [
        ...(may('set-sending') ? [opens('set-sending', 'group.sending', ref, voice)] : []),
        ...(may('set-council') ? [opens('set-council', 'group.council', ref, voice)] : []),
      ],
      [
        ...(may('hand-over-chair') ? [person('hand-over-chair', 'chair', ref, voice)] : []),
        ...(may('set-role') ? [person('set-role', 'role', ref, voice)] : []),
        ...(may('away') ? [person('away', 'away', ref, voice)] : []),
      ],
      [
        button(voice.say('settings.members', { count: model.members }), 'group.members', { group: ref }),
        button(voice.say('seat.show'), 'seat.show', { group: ref }),
      ],
    ],
  });
};

const back = (group: string, member: string, name: string, voice: Voice): SheetButton =>
  button(voice.say('settings.back', { name: clip(name, nameSpace) }), 'steer.ask', {
    group,
    command: JSON.stringify({ do: 'back', member }),
  });

const opens = (words: string, verb: string, group: string, voice: Voice): SheetButton =>
  button(voice.say(`do.${words}`), verb, { group, dialog: '1' });

const person = (words: string, mode: string, group: string, voice: Voice): SheetButton =>
  button(voice.say(`do.${words}`), 'steer.person', { group, mode, key: '', dialog: '1' });

/** Everybody, with what they speak for: how many for each, then one by one. */
export const members: View<MembersModel> = (model, voice) => {
  const { ref } = model;
  const may = (what: string) => model.may.includes(what);
  const turn = paging(model, 'group.members', { group: ref }, voice);
  const unstated = (text: string) => text || voice.say('import.unstated');
  let before = '';
  return sheet({
    heading: voice.say('members.heading'),
    group: model.group,
    said: saidLine(model.said, voice),
    lines: [
      voice.say('members.count', { count: model.total }),
      model.lacking > 0 ? voice.say('members.lacking', { count: model.lacking }) : '',
    ],
    rows: model.entries.map((entry): SheetRow => {
      const heading = entry.is === before ? '' : voice.say(`members.section.${entry.is}`);
      before = entry.is;
      if (entry.is === 'constituencies')
        return {
          heading,
          detail: entry.counts
            .map(({ name, count }) => voice.say('members.constituency', { name: unstated(name), count }))
            .join(' · '),
        };
      const place = { group: ref, mode: 'place', key: '', member: entry.key, dialog: '1' };
      return {
        heading,
        title: entry.name,
        detail: [voice.say(`role.${entry.role}`), unstated(entry.constituency), unstated(entry.organisation)].join(
          ' · ',
        ),
        buttons: may('place-members')
          ? [button(voice.say('members.change', { name: clip(entry.name, nameSpace) }), 'steer.person', place)]
          : [],
      };
    }),
    note: turn.note,
    sets: [
      turn.buttons,
      [
        ...(may('add-members') ? [person('add-member', 'add', ref, voice)] : []),
        ...(may('place-members')
          ? [person('place-one', 'place', ref, voice), opens('place-many', 'group.lines', ref, voice)]
          : []),
        ...(may('remove-member') ? [person('remove-member', 'remove', ref, voice)] : []),
      ],
      [button(voice.say('seat.settings'), 'group.show', { group: ref })],
    ],
  });
};

export const membersPage: View<MembersPageModel> = (model, voice) => {
  const data = { group: model.ref, version: String(model.version) };
  return {
    ...pageFaults(model.errors, ['lines'], voice),
    heading: voice.say('members-page.heading'),
    back: backTo('group.members', { group: model.ref }),
    data,
    all: { ...data, verb: 'group.lined' },
    group: model.group,
    lines: model.lines,
    known: knownLine(model.known, voice),
  };
};

export const sendingPage: View<SendingPageModel> = (model, voice) => {
  const data = { group: model.ref, version: String(model.version) };
  const hours = (values: string[]) => values.map((value) => ({ title: voice.clock(value), value }));
  return {
    ...pageFaults(model.errors, ['hour', 'quietFrom', 'weeklyCap'], voice),
    heading: voice.say('sending-page.heading'),
    back: backTo('group.show', { group: model.ref }),
    data,
    all: { ...data, verb: 'group.sent' },
    group: model.group,
    hour: model.values.hour,
    hours: hours(model.choices.hours),
    quietFrom: model.values.quietFrom,
    quiets: hours(model.choices.quiets),
    weeklyCap: model.values.weeklyCap || 'none',
    caps: [
      { title: voice.say('sending-page.noCap'), value: 'none' },
      ...model.choices.caps.map((cap) => ({ title: voice.say('sending-page.cap', { cap: Number(cap) }), value: cap })),
    ],
  };
};

export const councilPage: View<CouncilPageModel> = (model, voice) => {
  const data = { group: model.ref, version: String(model.version) };
  const choices = (named: Named[], words: string) =>
    named.map(({ key, name }) => ({
      title: clip(voice.say(`council-page.${words}`, { name }), choiceSpace),
      value: key,
    }));
  return {
    ...pageFaults(model.errors, ['council', 'name', 'written'], voice),
    heading: voice.say('council-page.heading'),
    back: backTo('group.show', { group: model.ref }),
    data,
    all: { ...data, verb: 'group.councilled' },
    group: model.group,
    council: model.values.council,
    councils: [
      { title: voice.say('council-page.none'), value: 'none' },
      ...choices(model.councils, 'join'),
      ...choices(model.channels, 'channel'),
    ],
    name: model.values.name,
    written: model.values.written,
  };
};

export const groups: View<GroupsModel> = (model, voice) => {
  const all = model.whose === 'all';
  const turn = paging(model, all ? 'admin.show' : 'group.list', {}, voice);
  return sheet({
    heading: voice.say(`groups.heading.${model.whose}`),
    group: voice.say(`groups.about.${model.whose}`),
    said: saidLine(model.said, voice),
    lines: [model.groups.length === 0 ? voice.say('groups.none') : ''],
    rows: model.groups.map(({ ref, name, role, convenor, deputies }): SheetRow => {
      const led = voice.say(deputies === '' ? 'groups.led' : 'groups.ledWith', { convenor, deputies });
      const appoint = (mode: string) =>
        button(voice.say(`do.appoint-${mode}`), 'admin.person', { group: ref, mode, key: '', dialog: '1' });
      return {
        title: name,
        detail: [role === null ? '' : voice.say(`role.${role}`), led].filter(Boolean).join(' · '),
        buttons: all
          ? [appoint('chair'), appoint('deputy')]
          : [button(voice.say('seat.group', { title: clip(name, nameSpace) }), 'seat.show', { group: ref })],
      };
    }),
    note: turn.note,
    sets: [turn.buttons],
  });
};
