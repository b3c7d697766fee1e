/** The activities Teams sends to a bot, in the shapes it sends them. */

import { randomUUID } from 'node:crypto';
import { withMentions } from '../mentions.ts';
import type { SandboxChannel, SandboxPerson } from '../wire.ts';
import type { CardAction } from './card.ts';
import { accountOf, chatOf, isGroupChat } from './world.ts';

export type Activity = { type: string; [member: string]: unknown };

const locales = { sv: 'sv-SE', nb: 'nb-NO', en: 'en-GB', fi: 'fi-FI' } as const;

export type Scene = { appId: string; serviceUrl: string; at: string };

const bot = (appId: string) => ({ id: `28:${appId}`, name: 'Rond' });
const fresh = () => `f:${randomUUID()}`;
const teamOf = (channel: SandboxChannel) => ({ id: channel.team ?? channel.id, name: channel.name });

function basics(scene: Scene, person: SandboxPerson | null): object {
  const locale = person ? locales[person.language] : undefined;
  return {
    timestamp: scene.at,
    localTimestamp: scene.at,
    id: fresh(),
    channelId: 'msteams',
    serviceUrl: scene.serviceUrl,
    ...(person && { from: { id: accountOf(person), name: person.name, aadObjectId: person.user } }),
    recipient: bot(scene.appId),
    ...(person && {
      locale,
      localTimezone: person.timeZone,
      entities: [{ type: 'clientInfo', locale, country: locale?.slice(3), platform: 'Web', timezone: person.timeZone }],
    }),
  };
}

function inChat(person: SandboxPerson): object {
  return {
    conversation: { conversationType: 'personal', tenantId: person.tenant, id: chatOf(person) },
    channelData: { tenant: { id: person.tenant } },
  };
}

function inChannel(channel: SandboxChannel, conversation: string): object {
  if (isGroupChat(channel.id)) {
    return {
      conversation: { conversationType: 'groupChat', tenantId: channel.tenant, id: channel.id, isGroup: true },
      channelData: { tenant: { id: channel.tenant } },
    };
  }
  return {
    conversation: { conversationType: 'channel', tenantId: channel.tenant, id: conversation, isGroup: true },
    channelData: {
      teamsChannelId: channel.id,
      teamsTeamId: teamOf(channel).id,
      channel: { id: channel.id, name: channel.name },
      team: teamOf(channel),
      tenant: { id: channel.tenant },
    },
  };
}

export type Place = { channel: SandboxChannel; conversation: string } | null;
const at = (person: SandboxPerson, place: Place) =>
  place ? inChannel(place.channel, place.conversation) : inChat(person);

/** A button was pressed: an invoke for Action.Execute, a message with a value for Action.Submit. */
export function pressed(
  scene: Scene,
  person: SandboxPerson,
  place: Place,
  message: string,
  action: CardAction,
  inputs: Record<string, string>,
): Activity {
  const common = { ...basics(scene, person), ...at(person, place), replyToId: message };
  const data = { ...action.data, ...inputs };
  if (action.type === 'Action.Submit') return { ...common, type: 'message', value: data };
  return {
    ...common,
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', title: action.title, verb: action.verb, data }, trigger: 'manual' },
  };
}

/** A file in the personal chat: its bytes lie behind a link that needs no token. */
export function given(
  scene: Scene,
  person: SandboxPerson,
  id: string,
  text: string,
  file: { name: string; url: string },
) {
  const content = { downloadUrl: file.url, uniqueId: randomUUID(), fileType: file.name.split('.').at(-1) };
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  const attachment = { contentType, name: file.name, contentUrl: file.url, content };
  return { ...said(scene, person, null, id, text), attachments: [attachment] };
}

/** A text: as it is in the personal chat; in a channel behind a mention of Rond, and with those of the people `around` it names. */
export function said(
  scene: Scene,
  person: SandboxPerson,
  place: Place,
  id: string,
  text: string,
  around: readonly SandboxPerson[] = [],
): Activity {
  const common = { ...basics(scene, person), ...at(person, place), id, type: 'message', textFormat: 'plain' } as const;
  if (!place) return { ...common, text };
  const mention = { type: 'mention', text: '<at>Rond</at>', mentioned: bot(scene.appId) };
  const { entities = [] } = common as { entities?: unknown[] };
  const written = withMentions(text, around, ({ name }) => `<at>${name}</at>`);
  const others = written.mentioned.map((one) => ({
    type: 'mention',
    text: `<at>${one.name}</at>`,
    mentioned: { id: accountOf(one), name: one.name },
  }));
  return { ...common, text: `<at>Rond</at> ${written.text}`, entities: [...entities, mention, ...others] };
}

/** Something happened in the channel itself, or to who is in it: "channelRenamed", "teamMemberAdded" … */
export function inTeam(
  scene: Scene,
  channel: SandboxChannel,
  by: SandboxPerson | null,
  eventType: string,
  more: { membersAdded?: object[]; membersRemoved?: object[] } = {},
): Activity {
  const place = inChannel(channel, channel.id) as { channelData: object };
  return {
    ...basics(scene, by),
    ...place,
    channelData: { ...place.channelData, eventType },
    type: 'conversationUpdate',
    ...more,
  };
}

/** Something happened to the whole team, told of its General channel: "teamArchived" … No channel is named. */
export function ofTeam(scene: Scene, general: SandboxChannel, by: SandboxPerson | null, eventType: string): Activity {
  const { channelData, ...place } = inChannel(general, general.id) as { channelData: { tenant: object } };
  return {
    ...basics(scene, by),
    ...place,
    channelData: { team: teamOf(general), eventType, tenant: channelData.tenant },
    type: 'conversationUpdate',
  };
}

export const memberOf = (person: SandboxPerson) => ({ id: accountOf(person), aadObjectId: person.user });

/** The person takes the app away. */
export function uninstalledFor(scene: Scene, person: SandboxPerson): Activity {
  return { ...basics(scene, person), ...inChat(person), type: 'installationUpdate', action: 'remove' };
}

/** The app is taken out of the team or the group chat. */
export function uninstalledIn(scene: Scene, channel: SandboxChannel, by: SandboxPerson | null): Activity {
  const place = inChannel(channel, channel.id) as { channelData: object };
  return {
    ...basics(scene, by),
    ...place,
    channelData: { ...place.channelData, settings: { selectedChannel: { id: channel.id, name: channel.name } } },
    type: 'installationUpdate',
    action: 'remove',
  };
}

/** A person has the app: two activities, as Teams sends them. */
export function installedFor(scene: Scene, person: SandboxPerson): Activity[] {
  const common = () => ({ ...basics(scene, person), ...inChat(person) });
  const members = [bot(scene.appId), { id: accountOf(person), aadObjectId: person.user }];
  return [
    { ...common(), type: 'installationUpdate', action: 'add' },
    { ...common(), type: 'conversationUpdate', membersAdded: members },
  ];
}

/** A team (or group chat) has the app, added by `by` when anybody is there. */
export function installedIn(scene: Scene, channel: SandboxChannel, by: SandboxPerson | null): Activity[] {
  const common = () => {
    const place = inChannel(channel, channel.id) as { channelData: object };
    return {
      ...basics(scene, by),
      ...place,
      channelData: { ...place.channelData, settings: { selectedChannel: { id: channel.id, name: channel.name } } },
    };
  };
  return [
    { ...common(), type: 'installationUpdate', action: 'add' },
    { ...common(), type: 'conversationUpdate', membersAdded: [bot(scene.appId)] },
  ];
}
