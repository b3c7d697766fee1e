/** A big group: the shipped example's collection, asked of four hundred invented people on both platforms. */

import { exampleFile, readGroup } from '../../src/cli/import-group.ts';
import type { Group, Language, Member } from '../../src/domain/group.ts';

/** The window of the example's survey has opened. */
export const openingTime = Temporal.Instant.from('2022-10-12T07:00:00Z');

const perPlatform = 200;
const spoken: Language[] = ['sv', 'sv', 'sv', 'sv', 'sv', 'sv', 'sv', 'nb', 'en', 'fi'];

export async function bigGroup(): Promise<Group> {
  const startsAt = openingTime.subtract({ hours: 24 });
  const { group } = await readGroup(exampleFile, startsAt);
  const identities = group.members.flatMap((member) => member.identities);
  const tenantOn = (platform: string) => identities.find((one) => one.platform === platform)?.tenant ?? platform;
  const convenor = group.members.find((member) => member.role === 'convenor') as Member;
  const more = Array.from({ length: perPlatform * 2 - 1 }, (_, index): Member => {
    const number = String(index + 2).padStart(3, '0');
    const platform = index % 2 === 0 ? 'slack' : 'teams';
    const user = platform === 'slack' ? `U0BENCH${number}` : `00000000-0000-4000-8000-000000000${number}`;
    return {
      ...convenor,
      key: `member-${number}`,
      name: `Medlem ${number}`,
      role: 'member',
      language: spoken[index % spoken.length] ?? 'sv',
      identities: [{ platform, tenant: tenantOn(platform), user }],
    };
  });
  const first: Member = {
    ...convenor,
    identities: [{ platform: 'teams', tenant: tenantOn('teams'), user: '00000000-0000-4000-8000-000000000001' }],
  };
  return {
    ...group,
    startsAt,
    members: [first, ...more],
    channels: [],
    activities: group.activities.filter((activity) => activity.kind === 'collection'),
  };
}
