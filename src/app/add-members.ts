/** Somebody is added to a group that runs: chosen from its channel, or by a name, an address or a mention. */

import { parseAdding } from '../cards/add-command.ts';
import type { PeoplePageModel } from '../cards/convenor-models.ts';
import { faultWords } from '../cards/fault-words.ts';
import { voiceIn } from '../cards/voice.ts';
import { say } from '../cards/words.ts';
import type { Command as Said } from '../domain/steering/command.ts';
import type { Command, Reply, Submission } from '../ports/chat.ts';
import { type Chair, type ChairFor, chairCard, chairOf } from './convenor.ts';
import { leads } from './drafts.ts';
import { askKept, keep } from './kept-command.ts';
import { knownConstituencies } from './models/group.ts';
import { pageOf } from './models/pages.ts';
import type { Candidate, Meant, Newcomers } from './newcomers.ts';
import { membersCard } from './settings-card.ts';
import { byName, listed, matching, mostChoices } from './steer-choices.ts';
import { foreseen, notTheirs } from './steer-do.ts';
import { refuse } from './steer-pages.ts';
import type { SendRehearsal } from './steer-rehearse.ts';
import { identityName } from './steering/seat.ts';
import { notice } from './turn.ts';

type At = Chair & { submission: Submission; newcomers: Newcomers };

const nobodyYet: Said = { do: 'add-members', members: [] };

export async function takeNewcomers(chair: At): Promise<Reply> {
  if (!chair.may.includes('add-members')) return notTheirs(chair, nobodyYet);
  const { newcomers, submission } = chair;
  const { verb, values } = submission;
  const { group } = chair.loaded;
  const around = await newcomers.around(group, verb === 'steer.person' ? 'now' : 'lately');
  const model = pageModel(chair, around, values);
  if (verb !== 'steer.chosen') return { do: 'show', card: chairCard(chair, 'people-page', model) };
  const wanted = new Set(listed(values.member));
  const chosen = (around ?? []).filter(({ key }) => wanted.has(key));
  const meant = await newcomers.meant(group, around, values.written ?? '', []);
  const fault = faultOf(meant);
  if (fault) return refuse(chair, 'people-page', model, { written: fault });
  const people = [...chosen, ...meant.people.filter((one) => !chosen.some(({ key }) => key === one.key))];
  if (people.length === 0)
    return refuse(chair, 'people-page', model, {
      [model.people.length > 0 ? 'member' : 'written']: 'missing-newcomer',
    });
  const { organisation = '', constituency = '' } = values;
  const place = { organisation: organisation.trim(), constituency: constituency.trim() };
  const seen = Number(values.version ?? model.version);
  const members = await newcomers.named(group, people, place);
  const found = await foreseen(chair, { do: 'add-members', members, seen });
  if (found.is !== 'refused') return askKept(chair, await keep(chair, found.command), found, 'finish', 1);
  return refuse(chair, 'people-page', model, { [found.code === 'too-long' ? 'constituency' : 'written']: found.code });
}

/** As the code of an error with the names it is about; null when everybody who was written is somebody to add. */
function faultOf({ unknown, several, members, isAway, tooMany }: Meant): string | null {
  if (tooMany) return 'too-many-newcomers';
  if (isAway) return 'roster-away';
  if (unknown.length > 0) return `unknown-newcomers|${unknown.join('; ')}`;
  if (several.length > 0) return `several-newcomers|${several.join('; ')}`;
  return members.length > 0 ? `members-already|${members.join('; ')}` : null;
}

function pageModel(
  { loaded: { group } }: Chair,
  around: Candidate[] | null,
  values: Record<string, string>,
): PeoplePageModel {
  const isIn = new Set(group.members.flatMap(({ identities }) => identities.map(identityName)));
  const all = withAddresses((around ?? []).filter(({ key }) => !isIn.has(key))).sort(byName);
  const { rows, ...paged } = pageOf(matching(all, values.find ?? ''), Number(values.page ?? '1') || 1, mostChoices);
  // Who was chosen on another page stays chosen.
  const chosen = new Set(listed(values.member));
  const kept = all.filter((one) => chosen.has(one.key) && !rows.includes(one));
  return {
    ref: group.key,
    mode: 'add',
    key: '',
    version: group.version ?? 0,
    group: group.name,
    title: '',
    values: {
      member: values.member ?? '',
      by: '',
      find: values.find ?? '',
      written: values.written ?? '',
      organisation: values.organisation ?? '',
      constituency: values.constituency ?? '',
    },
    known: knownConstituencies(group),
    people: [...kept, ...rows],
    others: [],
    writesBy: false,
    blind: around === null,
    many: all.length > mostChoices,
    ...paged,
    errors: {},
  };
}

/** Two with the same name are told apart. */
function withAddresses(people: readonly Candidate[]): { key: string; name: string }[] {
  const count = Map.groupBy(people, ({ name }) => name);
  return people.map(({ key, name, person: { mail } }) => ({
    key,
    name: mail && (count.get(name)?.length ?? 0) > 1 ? `${name} (${mail})` : name,
  }));
}

type Asked = ChairFor & { newcomers: Newcomers; rehearse: SendRehearsal };

/** "add @Anna Ek, per@example.org": the preview comes to whoever wrote it, wherever they did. Null when the text is about something else. */
export async function takeAdding(
  asked: Asked,
  { text, where, channel, who, mentions = [] }: Command,
): Promise<Reply | null> {
  const rest = parseAdding(text);
  if (rest === null) return null;
  const here = channel ? await asked.store.people.groupsIn(who.platform, who.tenant, channel) : [];
  const led = asked.people.find((person) => here.includes(person.groupKey)) ?? asked.people.find(leads);
  const chair = await chairOf(asked, led?.groupKey);
  if ('do' in chair) return chair;
  if (!chair.may.includes('add-members')) return notTheirs(chair, nobodyYet);
  if (rest === '')
    return where === 'channel' ? notice(asked, 'personal-only') : { do: 'show', card: membersCard(chair, {}) };
  const { group } = chair.loaded;
  const { newcomers } = asked;
  const meant = await newcomers.meant(group, await newcomers.around(group, 'now'), rest, mentions);
  const fault = faultOf(meant) ?? (meant.people.length === 0 ? 'missing-newcomer' : null);
  if (fault) return told(chair, fault);
  const members = await newcomers.named(group, meant.people, { organisation: '', constituency: '' });
  const found = await foreseen(chair, { do: 'add-members', members, seen: group.version ?? 0 });
  if (found.is === 'refused') return told(chair, found.code);
  const preview = askKept(chair, await keep(chair, found.command), found, 'show', 1);
  if (where === 'personal') return preview;
  // What a group is steered by stands in no channel.
  asked.rehearse(who, [preview.card], `preview:${asked.event}`);
  return { do: 'notice', text: say(asked.language, 'add.inYourChat') };
}

function told({ language }: Chair, fault: string): Reply {
  return { do: 'notice', text: faultWords(fault, voiceIn(language)) };
}
