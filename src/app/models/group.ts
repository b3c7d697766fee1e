/** What the cards about the group as a whole show. */

import type {
  CouncilPageModel,
  GroupsModel,
  MemberEntry,
  MembersModel,
  SendingPageModel,
  SettingsModel,
} from '../../cards/group-models.ts';
import { say } from '../../cards/words.ts';
import { hourText } from '../../domain/calendar.ts';
import { type Channel, type Council, type Group, languages, type Role, usualSending } from '../../domain/group.ts';
import type { PlanState } from '../../domain/state.ts';
import { byName } from '../steer-choices.ts';
import { pageOf } from './pages.ts';

export function settingsModel(
  { group, state, may, today }: { group: Group; state: PlanState; may: string[]; today: Temporal.PlainDate },
  { page, said }: { page: number; said: string },
): SettingsModel {
  const { quietFrom, weeklyCap } = group.sending ?? usualSending;
  const nameOf = (key: string | null) => group.members.find((one) => one.key === key)?.name ?? '';
  const aways = new Map(
    (state.aways ?? [])
      .filter(({ until }) => Temporal.PlainDate.compare(until, today) >= 0)
      .map((away) => [away.member, away]),
  );
  const order: Role[] = ['convenor', 'deputy', 'client', 'owner', 'observer', 'member'];
  const people = group.members
    .filter(({ key, role }) => role !== 'member' || aways.has(key))
    .map(({ key, name, role }) => {
      const away = aways.get(key);
      return { key, name, role, away: away?.until.toString() ?? null, substitute: nameOf(away?.substitute ?? null) };
    })
    .sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role));
  const { rows, ...paged } = pageOf(people, page);
  return {
    ref: group.key,
    group: group.name,
    said,
    hour: hourText(group.hour),
    quietFrom: hourText(quietFrom),
    weeklyCap,
    council: group.council ? { name: group.council.name, channel: group.council.channel.name } : null,
    people: rows,
    members: group.members.length,
    ...paged,
    may,
  };
}

/** What stands there until somebody says it, in whatever language the group began. */
const unstated = new Set(['', ...languages.map((language) => say(language, 'import.unstated'))]);
export const isUnstated = (text: string): boolean => unstated.has(text);

/** What is in use, the most used first. */
function constituencyCounts({ members }: Pick<Group, 'members'>): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { constituency } of members) counts.set(constituency, (counts.get(constituency) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name, 'sv'));
}

export const knownConstituencies = (group: Pick<Group, 'members'>): string[] =>
  constituencyCounts(group).flatMap(({ name }) => (isUnstated(name) ? [] : [name]));

/** So many constituencies stand in one row. */
const inOneRow = 20;

export function membersModel(
  group: Group,
  may: string[],
  { page, said }: { page: number; said: string },
): MembersModel {
  const counts = constituencyCounts(group);
  const entries: MemberEntry[] = [];
  for (let at = 0; at < counts.length; at += inOneRow)
    entries.push({ is: 'constituencies', counts: counts.slice(at, at + inOneRow) });
  for (const { key, name, role, organisation, constituency } of group.members.toSorted(byName))
    entries.push({ is: 'people', key, name, role, organisation, constituency });
  const { rows, ...paged } = pageOf(entries, page);
  return {
    ref: group.key,
    group: group.name,
    said,
    total: group.members.length,
    lacking: group.members.filter(({ constituency }) => isUnstated(constituency)).length,
    entries: rows,
    ...paged,
    may,
  };
}

const caps = ['1', '2', '3', '4', '5', '6', '7', '8', '10', '15', '20'];

/** Every half-hour; what is set now is among them, whatever it is. */
function halfHours(from: number, to: number, now: string): string[] {
  const times: string[] = [];
  for (let hour = from; hour <= to; hour += 0.5)
    times.push(`${String(Math.floor(hour)).padStart(2, '0')}:${hour % 1 ? '30' : '00'}`);
  return [...new Set([...times, now])].filter((time) => time !== '').sort();
}

export function sendingPageModel(
  group: Group,
  typed: Partial<SendingPageModel['values']>,
  errors: SendingPageModel['errors'] = {},
): SendingPageModel {
  const { quietFrom, weeklyCap } = group.sending ?? usualSending;
  const [hour, quiet, cap] = [hourText(group.hour), hourText(quietFrom), weeklyCap?.toString() ?? ''];
  return {
    ref: group.key,
    group: group.name,
    version: group.version ?? 0,
    values: { hour: typed.hour || hour, quietFrom: typed.quietFrom || quiet, weeklyCap: typed.weeklyCap ?? cap },
    choices: {
      hours: halfHours(6, 13, hour),
      quiets: halfHours(11, 22, quiet),
      caps: [...new Set([...caps, cap])].filter(Boolean).sort((one, other) => Number(one) - Number(other)),
    },
    errors,
  };
}

export type CouncilChoices = { councils: Council[]; channels: Omit<Channel, 'purpose'>[] };

export const councilChoice = ({ key }: Council): string => `council:${key}`;
export const channelChoice = ({ platform, tenant, id }: Omit<Channel, 'purpose' | 'name'>): string =>
  `channel:${platform}:${tenant}:${id}`;

/** Slack takes a hundred choices in a list; whatever is not among them can be written. */
const mostOfEach = 45;

export function councilPageModel(
  group: Group,
  { councils, channels }: CouncilChoices,
  typed: Partial<CouncilPageModel['values']>,
  errors: CouncilPageModel['errors'] = {},
): CouncilPageModel {
  const { council } = group;
  return {
    ref: group.key,
    group: group.name,
    version: group.version ?? 0,
    values: {
      council: typed.council ?? (council ? councilChoice(council) : 'none'),
      name: typed.name ?? council?.name ?? '',
      written: typed.written ?? '',
    },
    councils: councils
      .slice(0, mostOfEach)
      .map((one) => ({ key: councilChoice(one), name: `${one.name} (#${one.channel.name})` })),
    channels: channels.slice(0, mostOfEach).map((one) => ({ key: channelChoice(one), name: `#${one.name}` })),
    errors,
  };
}

export function groupLine(group: Pick<Group, 'key' | 'name' | 'members'>, role: Role | null): GroupsModel['groups'][0] {
  const namesOf = (wanted: Role) =>
    group.members
      .filter((member) => member.role === wanted)
      .map(({ name }) => name)
      .join(', ');
  return { ref: group.key, name: group.name, role, convenor: namesOf('convenor'), deputies: namesOf('deputy') };
}
