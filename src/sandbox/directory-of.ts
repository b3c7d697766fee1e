/** Who the sandbox must know: everybody and every channel that the loaded groups name. */

import type { Store } from '../ports/store.ts';
import type { Directory } from './wire.ts';

export async function directoryOf(store: Pick<Store, 'groups'>): Promise<Directory> {
  const directory: Directory = { people: [], channels: [] };
  for (const { key } of await store.groups.list()) {
    const loaded = await store.groups.load(key);
    for (const member of loaded?.group.members ?? []) {
      for (const identity of member.identities) {
        const { platform, tenant, user } = identity;
        const { name, language, timeZone } = member;
        directory.people.push({ key: member.key, name, platform, tenant, user, language, timeZone });
      }
    }
    const council = loaded?.group.council ? [loaded.group.council.channel] : [];
    for (const { platform, tenant, id, name } of [...(loaded?.group.channels ?? []), ...council]) {
      directory.channels.push({ platform, tenant, id, name });
    }
  }
  return directory;
}
