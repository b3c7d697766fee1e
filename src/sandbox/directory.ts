/** Who and what the sandbox shows: people by identity, channels by platform, tenant and id. */

import { z } from 'zod';
import { languages, platforms } from '../domain/group.ts';
import type { Directory, SandboxChannel, SandboxPerson } from './wire.ts';

const word = z.string().min(1).max(200);
/** Several of the largest groups. */
const mostPeople = 50_000;

export const Person = z.object({
  key: word,
  name: word,
  platform: z.enum(platforms),
  tenant: word,
  user: word,
  language: z.enum(languages),
  timeZone: word,
});

const Channel = z.object({
  platform: z.enum(platforms),
  tenant: word,
  id: word,
  name: word,
  members: z.array(word).max(mostPeople).optional(),
  withoutRond: z.boolean().optional(),
  team: z.string().optional(),
});

export const DirectoryBody = z.object({
  people: z.array(Person).max(mostPeople),
  channels: z.array(Channel).max(500),
});

/** Names a person or a channel in the page's addresses: "teams/<tenant>/<user or channel>". */
export function idOf(one: SandboxPerson | SandboxChannel): string {
  return [one.platform, one.tenant, 'user' in one ? one.user : one.id].join('/');
}

/** Later words about the same identity win; nobody is forgotten, nor who is in a channel when the later word leaves that open. */
export function merged(known: Directory, news: Directory): Directory {
  const byId = <One extends SandboxPerson | SandboxChannel>(ones: One[]) => {
    const all = new Map<string, One>();
    for (const one of ones) all.set(idOf(one), { ...all.get(idOf(one)), ...one });
    return [...all.values()];
  };
  return {
    people: byId([...known.people, ...news.people]),
    channels: byId([...known.channels, ...news.channels]),
  };
}

/** By id, or by the member's key when the address is written by hand. */
export function personIn(directory: Directory, id: string): SandboxPerson | undefined {
  return directory.people.find((one) => idOf(one) === id) ?? directory.people.find((one) => one.key === id);
}

/** By page id, or by the platform's own channel id. */
export function channelIn(directory: Directory, id: string): SandboxChannel | undefined {
  return directory.channels.find((one) => idOf(one) === id) ?? directory.channels.find((one) => one.id === id);
}
