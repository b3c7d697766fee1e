/**
 * The largest group that is measured: five thousand members of several constituencies on both platforms, and two hundred
 * activities of a plan that has run for months, sixty of them dated. Everybody is invented; two calls give the same group.
 */

import type { Activity, DuePoint, Group, Identity, Member } from '../../src/domain/group.ts';
import type { RosterPerson } from '../../src/domain/plan/roster.ts';

export const startsAt = Temporal.Instant.from('2025-01-13T07:00:00Z');
/** Two rounds have closed, two are under way, four are to come. */
export const midway = Temporal.Instant.from('2025-04-02T10:00:00Z');
/** The first of those that are to come opens. */
export const opensNext = Temporal.Instant.from('2025-05-12T07:00:00Z');
export const openRound = 'aktivitet-002/2025-03-17/2025-04-14';

const activities = 200;
const dated = 60;
const constituencies = ['region', 'municipality', 'university', 'private', 'union', 'patients'];
const homes = [
  ...Array.from({ length: 8 }, () => ({ country: 'SE', timeZone: 'Europe/Stockholm', language: 'sv' }) as const),
  { country: 'NO', timeZone: 'Europe/Oslo', language: 'nb' } as const,
  { country: 'FI', timeZone: 'Europe/Helsinki', language: 'fi' } as const,
];
const channel = { platform: 'teams', tenant: 'size-tenant', id: '19:size-group@thread.tacv2' } as const;

const padded = (number: number, length: number) => String(number).padStart(length, '0');

function memberAt(group: string, index: number): Member {
  const identity: Identity =
    index % 5 === 4
      ? { platform: 'slack', tenant: 'TSIZE', user: `U${group}${padded(index, 5)}` }
      : { platform: 'teams', tenant: channel.tenant, user: `${group}-0000-4000-8000-${padded(index, 12)}` };
  return {
    key: `member-${padded(index, 4)}`,
    name: `Medlem ${padded(index, 4)}`,
    organisation: `Organisation ${index % 120}`,
    constituency: constituencies[index % constituencies.length] ?? '',
    ...(homes[index % homes.length] ?? { country: 'SE', timeZone: 'Europe/Stockholm', language: 'sv' }),
    role: index === 0 ? 'convenor' : index < 4 ? 'deputy' : index % 250 === 0 ? 'observer' : 'member',
    identities: [identity],
  };
}

const firstDay = Temporal.PlainDate.from('2025-01-20');
const on = (date: Temporal.PlainDate): DuePoint => ({ key: date.toString(), on: date });
const window = (from: Temporal.PlainDate): DuePoint => {
  const to = from.add({ days: 28 });
  return { key: `${from}/${to}`, from, to };
};
/** Days after the first. */
const collections = [0, 14, 56, 63, 112, 168, 224, 280];
const titles = [
  'Kartlägga befintliga modeller i',
  'Sammanställa kunskap om',
  'Datainsamling om',
  'Inhämta synpunkter på',
  'Ta fram förslag till',
  'Synkronisera arbetet med',
  'Förankra rapporten i',
];

/** Eight collections, twelve tasks that are everybody's, forty with owners of their own; then what has no date. */
function activityAt(index: number, people: number): Activity {
  const owner = (step: number) => `member-${padded((index * step) % people, 4)}`;
  const base: Activity = {
    key: `aktivitet-${padded(index, 3)}`,
    title: `${titles[index % titles.length]} område ${index}`,
    kind: 'task',
    owners: [...new Set([owner(37), owner(91)])],
    unknownOwners: [],
    due: [],
    ongoing: false,
    optional: index % 9 === 0,
    links: [],
    instrument: null,
    parked: false,
  };
  const start = collections[index];
  if (start !== undefined) {
    return {
      ...base,
      kind: 'collection',
      owners: 'all',
      due: [window(firstDay.add({ days: start }))],
      instrument: 'role-rating',
    };
  }
  const date = firstDay.add({ days: (index * 6) % 330 });
  if (index < 20) return { ...base, owners: 'all', due: [on(date)] };
  if (index < dated) return { ...base, due: index % 5 === 0 ? [on(date), on(date.add({ days: 49 }))] : [on(date)] };
  if (index % 4 === 0) return { ...base, kind: 'watch' };
  return index % 4 === 1 ? base : { ...base, ongoing: true };
}

/** `key`: eight characters that its people's identities begin with. */
export function bigPlan(key: string, people: number): Group {
  return {
    key,
    name: `Stor grupp ${key}`,
    client: 'Rådet',
    owner: 'Arbetsutskottet',
    decidedOn: Temporal.PlainDate.from('2025-01-10'),
    language: 'sv',
    timeZone: 'Europe/Stockholm',
    country: 'SE',
    hour: Temporal.PlainTime.from('09:00'),
    periods: { now: 'nu', coming: 'om fem år' },
    startsAt,
    members: Array.from({ length: people }, (_, index) => memberAt(key, index)),
    channels: [
      { ...channel, id: `${channel.id}-${key}`, purpose: 'group', name: 'Allmänt' },
      { ...channel, id: `${channel.id}-${key}-steering`, purpose: 'steering', name: 'Styrgrupp' },
    ],
    activities: Array.from({ length: activities }, (_, index) => activityAt(index, people)),
  };
}

export function rosterOf({ members }: Group): RosterPerson[] {
  const here = members.filter(({ identities }) => identities[0]?.platform === channel.platform);
  return here.map(({ name, identities, language, timeZone }) => ({
    user: identities[0]?.user ?? '',
    name,
    mail: null,
    language,
    timeZone,
  }));
}

/** The same plan a little later, as it would be pasted: of two hundred rows ten are gone, ten new, ten renamed, ten moved, ten handed over. */
export function changedPlan({ activities: all, members }: Group): string {
  const names = new Map(members.map(({ key, name }) => [key, name]));
  const rows = all.flatMap(({ title, owners, due }, index) => {
    const turn = index % 20;
    if (turn === 7) return [];
    const days = due.map((point) => {
      const days = turn === 11 ? 7 : 0;
      return 'on' in point
        ? point.on.add({ days }).toString()
        : `${point.from.add({ days })} - ${point.to.add({ days })}`;
    });
    const by = owners === 'all' ? 'Alla' : owners.map((owner) => names.get(owner)).join(', ');
    return [[turn === 3 ? `${title} och dess närhet` : title, turn === 15 ? 'Medlem 0012' : by, days.join(', ')]];
  });
  const fresh = Array.from({ length: 10 }, (_, index) => [`Alldeles ny uppgift ${index}`, 'Medlem 0007', '2025-11-20']);
  return [['Aktivitet', 'Ansvarig', 'Tidplan'], ...rows, ...fresh].map((cells) => cells.join('\t')).join('\n');
}
