/** Calendar feeds behind secret addresses: who asks with the secret gets the feed, and nothing tells any other address from one that never was. */

import { createHash, randomBytes } from 'node:crypto';
import { feedText, type NamedEntry } from '../cards/feed.ts';
import { paces } from '../delivery/bucket.ts';
import type { Holidays } from '../domain/calendar.ts';
import { type FeedScene, groupEntries, memberEntries } from '../domain/feed/entries.ts';
import type { Identity } from '../domain/group.ts';
import { homeOf } from '../domain/steering/deed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Glance, Store } from '../ports/store.ts';

export type Feed =
  /** `tag` is another when the text is another. */
  | { is: 'feed'; text: string; tag: string }
  /** Asked for too often. */
  | { is: 'wait'; seconds: number };

export type Feeds = {
  /** An address that a calendar can subscribe to; null where Rond cannot be reached from outside. */
  link(secret: string): string | null;
  reachable(): boolean;
  /** Null for a secret that opens nothing. */
  read(secret: string): Promise<Feed | null>;
};

export type FeedOptions = {
  store: Pick<Store, 'groups' | 'people' | 'calendars'>;
  clock: Clock;
  holidays: Holidays;
  /** Where the web server can be reached; null when nowhere. */
  address: () => string | null;
};

/** Some 190 random bits. Without "_": on a card two of those can be emphasis, and whoever copies what they read would miss them. */
export function newSecret(): string {
  const secret = randomBytes(24).toString('base64url');
  return secret.includes('_') ? newSecret() : secret;
}
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const isSecret = (text: string) => /^[\w-]{32}$/.test(text);

/** Calendars ask every few hours, several devices at once; whoever asks once a second is no calendar. */
const pace = { perSecond: 0.1, burst: 30 };

export function createFeeds({ store, clock, holidays, address }: FeedOptions): Feeds {
  const asked = paces(clock);

  async function entriesOf(loaded: Glance, entries: (scene: FeedScene) => ReturnType<typeof groupEntries>) {
    const { id, group, state } = loaded;
    const home = homeOf(group, holidays);
    const touches = await store.calendars.touches(id);
    return entries({ id, group, state, home, touches }).map((entry): NamedEntry => ({ group: group.name, entry }));
  }

  async function ofGroup(key: string): Promise<string | null> {
    const loaded = await store.groups.glance(key);
    return loaded && feedText(loaded.group.name, await entriesOf(loaded, groupEntries), loaded.group.language);
  }

  /** Everything that concerns this person, over all groups that know them by this identity. */
  async function ofPerson(who: Identity): Promise<string | null> {
    const people = await store.people.find(who);
    const [first] = people;
    if (!first) return null;
    const all: NamedEntry[] = [];
    for (const { groupKey, member } of people) {
      const loaded = await store.groups.glance(groupKey);
      const self = loaded?.group.members.find(({ key }) => key === member.key);
      if (loaded && self) all.push(...(await entriesOf(loaded, (scene) => memberEntries(scene, self))));
    }
    return feedText(null, all, first.member.language);
  }

  return {
    link: (secret) => {
      const base = address();
      return base && `${base}/calendar/${secret}.ics`;
    },
    reachable: () => address() !== null,
    async read(secret) {
      if (!isSecret(secret)) return null;
      const hash = hashOf(secret);
      const found = await store.calendars.find(hash);
      if (!found) return null;
      const wait = asked.wait([hash, pace]);
      if (wait > 0) return { is: 'wait', seconds: Math.ceil(wait / 1000) };
      const text = found.is === 'group' ? await ofGroup(found.key) : await ofPerson(found.who);
      return text === null ? null : { is: 'feed', text, tag: hashOf(text).slice(0, 22) };
    },
  };
}
