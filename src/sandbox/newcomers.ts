/** People and channels that somebody makes on the page: a place for a group to begin in. */

import { randomBytes, randomUUID } from 'node:crypto';
import type { Language, Platform } from '../domain/group.ts';
import { idOf } from './directory.ts';
import type { Directory, SandboxChannel, SandboxPerson } from './wire.ts';

/** Where the first of a platform live when nobody is there yet. */
export const homes: Record<Platform, string> = { teams: '5a0db0c5-0000-4000-8000-000000000001', slack: 'T0SANDBOX' };

const zones: Record<Language, string> = {
  sv: 'Europe/Stockholm',
  nb: 'Europe/Oslo',
  en: 'Europe/London',
  fi: 'Europe/Helsinki',
};

/** One tenant of each platform is enough to play in: the one that is there. */
function tenantFor({ people, channels }: Directory, platform: Platform): string {
  return [...people, ...channels].find((one) => one.platform === platform)?.tenant ?? homes[platform];
}

export function newPerson(
  directory: Directory,
  { name, platform, language }: Pick<SandboxPerson, 'name' | 'platform' | 'language'>,
): SandboxPerson {
  const user = platform === 'teams' ? randomUUID() : `U0${randomBytes(4).toString('hex').toUpperCase()}`;
  const tenant = tenantFor(directory, platform);
  return { key: user.toLowerCase(), name, platform, tenant, user, language, timeZone: zones[language] };
}

/** A channel without Rond. `members`: page ids; who is not on this platform is left out. */
export function newChannel(
  directory: Directory,
  { name, platform, members }: { name: string; platform: Platform; members: string[] },
): SandboxChannel {
  const random = randomBytes(6).toString('hex');
  const tenant = tenantFor(directory, platform);
  const inside = directory.people.filter(
    (one) => one.platform === platform && one.tenant === tenant && members.includes(idOf(one)),
  );
  return {
    platform,
    tenant,
    id: platform === 'teams' ? `19:${random}@thread.tacv2` : `C0${random.toUpperCase()}`,
    name,
    members: inside.map(({ user }) => user),
    withoutRond: true,
  };
}
