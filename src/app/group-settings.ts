/** The group as a whole, from its convenor's seat: when Rond writes and how often, the council, the parts people have. */

import type { Council, Group, Platform } from '../domain/group.ts';
import type { Command } from '../domain/steering/command.ts';
import type { Card, Reply, Submission } from '../ports/chat.ts';
import { type Chair, chairCard, refusal } from './convenor.ts';
import { takeMembers } from './group-members.ts';
import {
  type CouncilChoices,
  channelChoice,
  councilChoice,
  councilPageModel,
  groupLine,
  sendingPageModel,
} from './models/group.ts';
import { pageOf } from './models/pages.ts';
import { settingsCard } from './settings-card.ts';
import { askOr, refuse } from './steer-pages.ts';
import { pageIn } from './turn.ts';

type At = Chair & { submission: Submission };

export async function takeGroup(chair: At): Promise<Reply> {
  switch (chair.submission.verb) {
    case 'group.show':
      return { do: 'show', card: settingsCard(chair, { page: pageIn(chair.submission) }) };
    case 'group.list':
      return { do: 'show', card: await ownGroupsCard(chair, pageIn(chair.submission)) };
    case 'group.sending':
    case 'group.sent':
      return takeSending(chair);
    case 'group.council':
    case 'group.councilled':
      return takeCouncil(chair);
    default:
      return takeMembers(chair);
  }
}

async function ownGroupsCard(chair: Chair, asked: number): Promise<Card> {
  const { rows, ...paged } = pageOf(chair.people, asked);
  const groups = await Promise.all(
    rows.map(async ({ groupKey, groupName, member }) => {
      const loaded = await chair.store.groups.glance(groupKey);
      return groupLine(loaded?.group ?? { key: groupKey, name: groupName, members: [] }, member.role);
    }),
  );
  return chairCard(chair, 'groups', { whose: 'own', said: '', groups, ...paged });
}

const seenOn = ({ submission, loaded }: At): number => Number(submission.values.version ?? loaded.group.version ?? 0);

async function takeSending(chair: At): Promise<Reply> {
  if (!chair.may.includes('set-sending')) return refusal(chair, { code: 'not-allowed' });
  const { verb, values } = chair.submission;
  const { group } = chair.loaded;
  if (verb === 'group.sending')
    return { do: 'show', card: chairCard(chair, 'sending-page', sendingPageModel(group, {})) };
  const typed = {
    hour: values.hour ?? '',
    quietFrom: values.quietFrom ?? '',
    weeklyCap: values.weeklyCap === 'none' ? '' : (values.weeklyCap ?? ''),
  };
  const model = sendingPageModel(group, typed);
  const [hour, quietFrom] = [timeIn(model.values.hour), timeIn(model.values.quietFrom)];
  if (!hour || !quietFrom) {
    const input = hour ? 'quietFrom' : 'hour';
    return refuse(chair, 'sending-page', sendingPageModel(group, {}), { [input]: 'bad-hour' });
  }
  const weeklyCap = typed.weeklyCap === '' ? null : Number(typed.weeklyCap);
  const command: Command = { do: 'set-sending', hour, quietFrom, weeklyCap, seen: seenOn(chair) };
  return askOr(chair, command, 'sending-page', model, (code) => (code === 'bad-cap' ? 'weeklyCap' : 'quietFrom'));
}

function timeIn(text: string): Temporal.PlainTime | null {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? Temporal.PlainTime.from(text) : null;
}

async function takeCouncil(chair: At): Promise<Reply> {
  if (!chair.may.includes('set-council')) return refusal(chair, { code: 'not-allowed' });
  const { verb, values } = chair.submission;
  const { group } = chair.loaded;
  const choices = await chair.store.steering.councilChoices(group.key);
  if (verb === 'group.council')
    return { do: 'show', card: chairCard(chair, 'council-page', councilPageModel(group, choices, {})) };
  const typed = {
    council: values.council ?? '',
    name: (values.name ?? '').normalize('NFC').replace(/\s+/g, ' ').trim(),
    written: (values.written ?? '').trim(),
  };
  const model = councilPageModel(group, choices, typed);
  const council = councilIn(group, choices, typed);
  if (council !== null && 'errors' in council) return refuse(chair, 'council-page', model, council.errors);
  const command: Command = { do: 'set-council', council, seen: seenOn(chair) };
  return askOr(chair, command, 'council-page', model, (code) => (code === 'unknown-channel' ? 'written' : 'council'));
}

const longestName = 100;

/** A council is known by its channel: whoever chooses the channel of one that is there joins it. */
function councilIn(
  group: Group,
  { councils, channels }: CouncilChoices,
  { council, name, written }: { council: string; name: string; written: string },
): Council | null | { errors: Record<string, string> } {
  if (written === '' && council === 'none') return null;
  const known = written === '' ? councils.find((one) => councilChoice(one) === council) : undefined;
  // A council goes by the name its own groups give it.
  if (known) return known.key === group.council?.key && name !== '' ? { ...known, name } : known;
  const channel = written === '' ? channels.find((one) => channelChoice(one) === council) : channelIn(group, written);
  if (!channel) return { errors: written === '' ? { council: 'missing-channel' } : { written: 'unknown-channel' } };
  const there = [...councils.map((one) => one.channel), ...channels].find(
    (one) => channelChoice(one) === channelChoice(channel),
  );
  const joined = councils.find((one) => channelChoice(one.channel) === channelChoice(channel));
  if (joined) return joined;
  if (name === '' || name.length > longestName) return { errors: { name: name === '' ? 'missing-name' : 'too-long' } };
  return { key: channelChoice(channel), name, channel: there ?? channel };
}

/** A link to a channel as the platforms copy it, or its id. Null when it is neither. */
function channelIn(group: Group, written: string): Council['channel'] | null {
  const slack = /(?:^|\/archives\/)([CG][A-Z0-9]{6,20})(?:$|[/?])/.exec(written)?.[1];
  const teams = /(19:[\w.-]{5,120}@thread\.(?:tacv2|skype|v2))/.exec(decoded(written))?.[1];
  const [platform, id]: [Platform, string | undefined] = slack ? ['slack', slack] : ['teams', teams];
  const tenant = group.channels.find((one) => one.platform === platform)?.tenant ?? tenantOf(group, platform);
  return id && tenant ? { platform, tenant, id, name: id } : null;
}

const tenantOf = ({ members }: Group, platform: Platform) =>
  members.flatMap(({ identities }) => identities).find((one) => one.platform === platform)?.tenant;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
