/** Who is in a channel: people with their names, zones and languages; no programs, nobody who has left. */

import type { WebClient } from '@slack/web-api';
import type { ChannelMember, ChatPlatform } from '../../ports/chat.ts';
import { plainAddress } from '../../ports/contacts.ts';
import type { Connections } from './connections.ts';
import { troubleOf } from './errors.ts';
import { patiently } from './patiently.ts';

/** Up to here each is asked for alone; the whole list costs fewer calls for more. */
const alone = 60;
const atOnce = 6;
const pagesAtMost = 200;

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

export function rosters(connections: Connections): Pick<ChatPlatform, 'roster' | 'find'> {
  return {
    async roster({ tenant, channel }) {
      try {
        const connection = await connections.to(tenant);
        if (!connection) return { is: 'failed', code: 'not-installed', detail: `Rond is not installed in ${tenant}` };
        const { client } = connection;
        const ids = await membersOf(client, channel);
        const users = ids.length > alone ? await listed(client, new Set(ids)) : await eachOf(client, ids);
        const about = await patiently(() => client.conversations.info({ channel }));
        return { is: 'known', name: about.channel?.name ?? null, members: users.filter(isPerson).map(memberOf) };
      } catch (error) {
        const trouble = troubleOf(error);
        return trouble.is === 'unknown' ? { is: 'again', afterMs: 5_000, why: trouble.why } : trouble;
      }
    },
    async find({ tenant }, who) {
      try {
        const connection = await connections.to(tenant);
        if (!connection) return { is: 'failed', code: 'not-installed', detail: `Rond is not installed in ${tenant}` };
        const { client } = connection;
        const { user } =
          'mail' in who
            ? await patiently(() => client.users.lookupByEmail({ email: plainAddress(who.mail) }))
            : await patiently(() => client.users.info({ user: who.mention, include_locale: true }));
        return user && isPerson(user) ? { is: 'found', person: memberOf(user) } : { is: 'nobody' };
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble.is === 'failed' && trouble.code === 'not-found') return { is: 'nobody' };
        return trouble.is === 'unknown' ? { is: 'again', afterMs: 5_000, why: trouble.why } : trouble;
      }
    },
  };
}

async function membersOf(client: WebClient, channel: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await patiently(() =>
      client.conversations.members({ channel, limit: 1000, ...(cursor ? { cursor } : {}) }),
    );
    ids.push(...(answer.members ?? []));
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!cursor) break;
  }
  return ids;
}

async function eachOf(client: WebClient, ids: readonly string[]): Promise<SlackUser[]> {
  const users: SlackUser[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    const answers = await Promise.all(
      some.map((user) => patiently(() => client.users.info({ user, include_locale: true }))),
    );
    users.push(...answers.flatMap(({ user }) => user ?? []));
  }
  return users;
}

async function listed(client: WebClient, wanted: ReadonlySet<string>): Promise<SlackUser[]> {
  const users: SlackUser[] = [];
  let cursor = '';
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await patiently(() =>
      client.users.list({ limit: 500, include_locale: true, ...(cursor ? { cursor } : {}) }),
    );
    users.push(...(answer.members ?? []).filter(({ id }) => id !== undefined && wanted.has(id)));
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!cursor) break;
  }
  return users;
}

const isPerson = ({ id, is_bot, deleted }: SlackUser) => Boolean(id) && !is_bot && !deleted && id !== 'USLACKBOT';

function memberOf({ id, name, real_name, profile, locale, tz }: SlackUser): ChannelMember {
  return {
    user: id ?? '',
    name: profile?.real_name || real_name || name || (id ?? ''),
    mail: profile?.email ?? null,
    locale: (locale as string | undefined) ?? null,
    timeZone: tz ?? null,
  };
}
