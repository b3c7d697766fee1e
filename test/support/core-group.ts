/** The core plan: eleven activities of a regional working group, decided 2022-09-23, with invented people. */

import type { Activity, DuePoint, Group, Member } from '../../src/domain/group.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
export const on = (text: string): DuePoint => ({ key: text, on: day(text) });
export const window = (from: string, to: string): DuePoint => ({ key: `${from}/${to}`, from: day(from), to: day(to) });

export function memberWith(key: string, more: Partial<Member> = {}): Member {
  return {
    key,
    name: key,
    organisation: 'Region Mittland',
    constituency: 'region',
    country: 'SE',
    language: 'sv',
    role: 'member',
    timeZone: 'Europe/Stockholm',
    identities: [{ platform: 'teams', tenant: 'tenant-1', user: `user-${key}` }],
    ...more,
  };
}

export function activityWith(key: string, more: Partial<Activity> = {}): Activity {
  return {
    key,
    title: key,
    kind: 'task',
    owners: 'all',
    unknownOwners: [],
    due: [],
    ongoing: false,
    optional: false,
    links: [],
    instrument: null,
    parked: false,
    ...more,
  };
}

export const coreActivities: Activity[] = [
  activityWith('kunskapsinhamtning', { title: 'Kunskapsinhämtning', kind: 'watch' }),
  activityWith('kunskapssammanstallning', {
    title: 'Kunskapssammanställning',
    owners: ['tove-lind'],
    due: [on('2022-10-12'), on('2022-11-30')],
  }),
  activityWith('befintliga-modeller', {
    title: 'Kartlägga befintliga modeller i sjukvårdsregionen?',
    owners: [],
  }),
  activityWith('befintliga-natverk', {
    title: 'Kartlägga befintliga nätverk Nationellt',
    owners: ['disa-norr'],
    due: [on('2022-10-12')],
  }),
  activityWith('synkronisera', { title: 'Synkronisera vårt arbete med nationella nätverk', owners: [] }),
  activityWith('utveckla-enkat', { title: 'Utveckla enkät', due: [on('2022-10-12')] }),
  activityWith('synpunkter', { title: 'Inhämta synpunkter på enkäten', kind: 'pilot', due: [on('2022-10-12')] }),
  activityWith('datainsamling', {
    title: 'Datainsamling (enkät)',
    kind: 'collection',
    due: [window('2022-10-12', '2022-11-07')],
    instrument: 'role-rating',
  }),
  activityWith('sammanstalla-resultatet', { title: 'Sammanställa resultatet', due: [on('2022-11-30')] }),
  activityWith('rapport', { title: 'Sammanställning rapport', due: [on('2022-12-13')] }),
  activityWith('workshop', { title: 'Planering eventuell workshop', kind: 'meeting', optional: true }),
];

export const coreGroup: Group = {
  key: 'karriarvagar',
  name: 'Karriärvägar i klinisk vård',
  client: 'Vårdkompetensrådet Mittland',
  owner: 'Arbetsutskottet',
  decidedOn: day('2022-09-23'),
  language: 'sv',
  timeZone: 'Europe/Stockholm',
  country: 'SE',
  hour: Temporal.PlainTime.from('09:00'),
  periods: { now: '2022', coming: '2023–2027' },
  startsAt: Temporal.Instant.from('2022-09-26T06:00:00Z'),
  members: [
    memberWith('maja-ek', { name: 'Maja Ek', role: 'convenor' }),
    memberWith('tove-lind', { name: 'Tove Lind', organisation: 'Ådala kommun', constituency: 'municipality' }),
    memberWith('disa-norr', {
      name: 'Disa Norr',
      organisation: 'Mittlands universitet',
      constituency: 'university',
      identities: [{ platform: 'slack', tenant: 'T01MITT', user: 'U01DISA' }],
    }),
  ],
  channels: [
    { purpose: 'group', platform: 'teams', tenant: 'tenant-1', id: '19:group@thread.tacv2', name: 'Karriärvägar' },
    { purpose: 'steering', platform: 'slack', tenant: 'T01MITT', id: 'C01STEER', name: 'arbetsutskottet' },
  ],
  activities: coreActivities,
};
