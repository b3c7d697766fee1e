/** The administrators of the installation (ROND_ADMINS), in the chat: which groups there are, and who convenes them. */

import type { PeopleMode, PeoplePageModel } from '../cards/convenor-models.ts';
import { say } from '../cards/words.ts';
import type { Identity, Language } from '../domain/group.ts';
import type { Command } from '../domain/steering/command.ts';
import type { Card, Reply } from '../ports/chat.ts';
import type { Glance, Person, Store } from '../ports/store.ts';
import { confirmModel } from './models/convenor-sends.ts';
import { groupLine } from './models/group.ts';
import { pageOf } from './models/pages.ts';
import { listed } from './steer-choices.ts';
import { readCommand } from './steer-command.ts';
import { peopleModel, personCommand, refuse } from './steer-pages.ts';
import type { By, Refused, Steering } from './steering.ts';
import { cardFor, notice, pageIn, type Turn } from './turn.ts';

type Asked = { store: Store; steering: Steering; language: Language; people: Person[]; who: Identity };
type At = Asked & { loaded: Glance; by: By; values: Record<string, string> };

const modes: PeopleMode[] = ['chair', 'deputy'];

/** Nobody but an administrator is told which groups there are. */
export async function takeAdminWord(asked: Asked, where: 'personal' | 'channel'): Promise<Reply> {
  if (!asked.steering.administers(asked.who)) return notice(asked, 'admin-only');
  if (where === 'channel') return notice(asked, 'personal-only');
  return { do: 'show', card: await groupsCard(asked, 1) };
}

export async function takeAdmin(turn: Turn & { steering: Steering }): Promise<Reply> {
  const { submission } = turn;
  const { who, event, verb, values, where } = submission;
  const asked: Asked = { ...turn, who };
  const by = { who, event };
  if (!turn.steering.administers(who)) {
    if (values.group) await turn.steering.turnedAway(by, values.group, 'appoint');
    return notice(turn, 'admin-only');
  }
  if (where === 'channel') return notice(turn, 'personal-only');
  if (verb === 'admin.show') return { do: 'show', card: await groupsCard(asked, pageIn(submission)) };
  const loaded = await turn.store.groups.glance(values.group ?? '');
  if (!loaded) return refusalTo(asked, { code: 'unknown-group' });
  const at: At = { ...asked, loaded, by, values };
  switch (verb) {
    case 'admin.person':
    case 'admin.find':
    case 'admin.chosen':
      return takePerson(at, verb);
    case 'admin.ask':
      return ask(at, readCommand(values.command ?? ''), pageIn(submission), 'show');
    case 'admin.do':
      return appoint(at);
    default:
      return notice(turn, 'unknown-card');
  }
}

const refusalTo = ({ language }: Asked, { code }: Pick<Refused, 'code'>): Reply => ({
  do: 'notice',
  text: say(language, `refused.${code}`, { convenor: '' }),
});

async function groupsCard(asked: Asked, page: number, said = ''): Promise<Card> {
  const { store } = asked;
  const all = (await store.groups.list()).sort((one, other) => one.name.localeCompare(other.name, 'sv'));
  const { rows, ...paged } = pageOf(all, page);
  const groups = await Promise.all(
    rows.map(async ({ key, name }) => {
      const loaded = await store.groups.glance(key);
      return groupLine(loaded?.group ?? { key, name, members: [] }, null);
    }),
  );
  return cardFor(asked, null, 'groups', { whose: 'all', said, groups, ...paged });
}

async function takePerson(at: At, verb: string): Promise<Reply> {
  const { loaded, values } = at;
  const mode = modes.find((one) => one === values.mode);
  const model = mode && peopleModel(at, mode, { ...values, key: '' });
  if (!model) return notice(at, 'unknown-card');
  const page: PeoplePageModel = { ...model, area: 'admin' };
  if (verb !== 'admin.chosen') return { do: 'show', card: cardFor(at, loaded.group, 'people-page', page) };
  const chosen = listed(values.member);
  const again = (code: string) => refuse(at, 'people-page', page, { member: code });
  if (chosen.length === 0) return again('missing-person');
  const command = personCommand(page, chosen, '', Number(values.version ?? page.version));
  const found = await at.steering.foreseeAppointment(at.by, loaded, command);
  return found.is === 'refused' ? again(found.code) : ask(at, command, 1, 'finish');
}

/** What the appointment changes; what somebody else changed meanwhile comes with it. */
async function ask(at: At, asked: Command | null, page: number, how: 'show' | 'finish'): Promise<Reply> {
  const { loaded, steering, by } = at;
  const { group } = loaded;
  if (!asked) return notice(at, 'unknown-card');
  let command = asked;
  let found = await steering.foreseeAppointment(by, loaded, command);
  const since = found.is === 'stale' ? found.since : [];
  if (found.is === 'stale') {
    command = { ...command, seen: found.current } as Command;
    found = await steering.foreseeAppointment(by, loaded, command);
  }
  if (found.is !== 'foreseen') return refusalTo(at, { code: found.is === 'refused' ? found.code : 'nothing-changes' });
  const model = confirmModel({ group, command, seen: found, since, page });
  const back = { verb: 'admin.show', values: {} };
  return { do: how, card: cardFor(at, group, 'confirm', { ...model, area: 'admin', back }) };
}

async function appoint(at: At): Promise<Reply> {
  const { steering, by, loaded, values } = at;
  const command = readCommand(values.command ?? '');
  if (!command) return notice(at, 'unknown-card');
  const outcome = await steering.appoint(by, loaded.group.key, command);
  if (outcome.is === 'refused') return refusalTo(at, outcome);
  if (outcome.is === 'stale') return ask(at, command, 1, 'finish');
  return { do: 'finish', card: await groupsCard(at, 1, outcome.is === 'done' ? command.do : '') };
}
