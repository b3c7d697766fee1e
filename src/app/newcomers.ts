/** Who is in a group's channels, and who may come into a group that runs: those, and whoever a mention or an address points to. */

import { say } from '../cards/words.ts';
import type { Channel, Group, Identity } from '../domain/group.ts';
import { resolveOwner } from '../domain/plan/owners.ts';
import { freeKey, type RosterPerson } from '../domain/plan/roster.ts';
import { slug } from '../domain/plan/to-activities.ts';
import type { Newcomer } from '../domain/steering/command.ts';
import type { ChannelMember, Command, Pointer } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import { countryOf, type ImportWorld, personFrom } from './drafts.ts';
import { rememberedRosters, type When } from './remembered-rosters.ts';
import { identityName } from './steering/seat.ts';

/** Somebody as a platform knows them; `key` names the identity. */
export type Candidate = { key: string; name: string; who: Identity; mention: string; person: RosterPerson };

/** Whom a text means. What is no newcomer is told as it was written. */
export type Meant = {
  people: Candidate[];
  unknown: string[];
  several: string[];
  members: string[];
  isAway: boolean;
  tooMany: boolean;
};

export type Mentions = NonNullable<Command['mentions']>;

export type Newcomers = {
  /** Everybody in the group's channels, members or not; null when no platform tells now. */
  around(group: Group, when: When): Promise<Candidate[] | null>;
  /** Whether somebody is in a channel, as it was within ten minutes; null when its platform does not tell now. */
  isIn(channel: Pick<Channel, 'platform' | 'tenant' | 'id'>, who: Identity): Promise<boolean | null>;
  meant(group: Group, around: Candidate[] | null, text: string, mentions: Mentions): Promise<Meant>;
  /** With the keys they will have: whoever was in the group before has theirs. */
  named(group: Group, people: Candidate[], place: Pick<Newcomer, 'organisation' | 'constituency'>): Promise<Newcomer[]>;
};

/** Each may be a question to the platform. */
const mostAtOnce = 100;

export function newcomersIn({
  platforms,
  store,
  clock,
}: Pick<ImportWorld, 'platforms' | 'store'> & { clock: Clock }): Newcomers {
  const rosterOf = rememberedRosters(clock, candidatesIn);

  async function around({ channels }: Group, when: When): Promise<Candidate[] | null> {
    const rosters = await Promise.all(channels.map((channel) => rosterOf(channel, when)));
    const found = new Map<string, Candidate>();
    for (const one of rosters.flatMap((people) => people ?? [])) if (!found.has(one.key)) found.set(one.key, one);
    return rosters.some((people) => people) ? [...found.values()] : null;
  }

  async function candidatesIn(channel: Pick<Channel, 'platform' | 'tenant' | 'id'>): Promise<Candidate[] | null> {
    const { platform, tenant, id } = channel;
    const roster = await platforms[platform]?.roster({ platform, tenant, channel: id });
    if (roster?.is !== 'known') return null;
    return Promise.all(roster.members.map((member) => candidateFrom(member, channel)));
  }

  /** Beyond the channels, where a platform can look there. "away": one of them does not answer now. */
  async function beyond({ channels }: Group, who: Pointer): Promise<Candidate | 'away' | null> {
    let isAway = false;
    for (const channel of channels) {
      const { platform, tenant, id } = channel;
      const found = await platforms[platform]?.find({ platform, tenant, channel: id }, who);
      if (found?.is === 'found') return candidateFrom(found.person, channel);
      isAway ||= found?.is === 'again';
    }
    return isAway ? 'away' : null;
  }

  return {
    around,
    async isIn(channel, who) {
      const people = await rosterOf(channel, 'lately');
      return people?.some(({ key }) => key === identityName(who)) ?? null;
    },
    async meant(group, known, text, mentions) {
      const isIn = new Set(group.members.flatMap(({ identities }) => identities.map(identityName)));
      const all = known ?? [];
      const outside = all.filter(({ key }) => !isIn.has(key));
      const words = wordsIn(text, mentions);
      const tooMany = words.length > mostAtOnce;
      const result: Meant = { people: [], unknown: [], several: [], members: [], isAway: false, tooMany };
      if (tooMany) return result;
      const take = (one: Candidate) => {
        if (isIn.has(one.key)) result.members.push(one.name);
        else if (!result.people.some(({ key }) => key === one.key)) result.people.push(one);
      };
      for (const word of words) {
        const { who } = word;
        const there = who && (all.find((one) => isPointedAt(one, who)) ?? (await beyond(group, who)));
        if (there === 'away') result.isAway = true;
        else if (there) take(there);
        else if (who) result.unknown.push(word.text);
        else {
          const named = resolveOwner(word.text, outside);
          if (named.is === 'one') take(named.member);
          else if (named.is === 'many') result.several.push(...named.candidates.map(({ name }) => name));
          else if (resolveOwner(word.text, group.members).is === 'one') result.members.push(word.text);
          else result.unknown.push(word.text);
        }
      }
      return result;
    },
    async named(group, people, place) {
      const former = await store.steering.former(group.key);
      const theirs = new Map(former.flatMap(({ key, who }) => who.map((one) => [identityName(one), key] as const)));
      const taken = new Set([...former, ...group.members].map(({ key }) => key));
      const unstated = say(group.language, 'import.unstated');
      return people.map(({ name, who, person: { language, timeZone } }) => {
        const key = theirs.get(identityName(who)) ?? freeKey(slug(name), taken);
        taken.add(key);
        return {
          key,
          name,
          organisation: place.organisation || unstated,
          constituency: place.constituency || unstated,
          country: countryOf(timeZone, group.country),
          language: language ?? group.language,
          timeZone: timeZone ?? group.timeZone,
          identities: [who],
        };
      });
    },
  };
}

async function candidateFrom(
  member: ChannelMember,
  { platform, tenant }: Pick<Identity, 'platform' | 'tenant'>,
): Promise<Candidate> {
  const { user, name, mention = user } = member;
  const who: Identity = { platform, tenant, user };
  return { key: identityName(who), name, who, mention, person: await personFrom(member) };
}

function isPointedAt({ mention, person: { mail } }: Candidate, who: Pointer): boolean {
  return 'mail' in who ? mail?.toLowerCase() === who.mail.toLowerCase() : mention === who.mention;
}

type Word = { text: string; who?: Pointer };

const between = /[,;\n]|\s(?:och|samt|og|ja|sekä|and|&|\+)\s/iu;
const joining = /^(?:och|samt|og|ja|sekä|and|&|\+)$/iu;
const mail = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/u;

/** Mentions, addresses and names, with commas, "and" or lines between them. */
export function wordsIn(text: string, mentions: Mentions): Word[] {
  const found: Word[] = [];
  let rest = text.normalize('NFC').replace(/<mailto:([^|>\s]+)(?:\|[^>]*)?>/gi, ' $1 ');
  for (const { text: written, id } of mentions) {
    if (!rest.includes(written)) continue;
    found.push({ text: written.replace(/<[^>@]*>|[<>]/g, ''), who: { mention: id } });
    rest = rest.replaceAll(written, ', ');
  }
  for (const part of rest.split(between)) {
    const name = part.replace(/\s+/g, ' ').replace(/^[\s@]+|[\s.!]+$/g, '');
    if (name === '' || joining.test(name)) continue;
    const addresses = name.split(' ').filter((one) => mail.test(one));
    if (addresses.length > 0) for (const one of addresses) found.push({ text: one, who: { mail: one } });
    else found.push({ text: name });
  }
  return found;
}
