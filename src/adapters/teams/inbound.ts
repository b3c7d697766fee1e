import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from '../../domain/group.ts';

const account = z.object({
  id: z.string().min(1),
  aadObjectId: z.string().min(1).nullish().catch(null),
});
const named = z
  .object({ id: z.string().min(1), name: z.string().nullish() })
  .nullish()
  .catch(null);

/** The fields of a Bot Framework activity that Rond reads; everything else is dropped at the door. */
export const Inbound = z.object({
  type: z.string().min(1).max(100),
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1).max(2000),
  id: z.string().min(1).max(1000).nullish().catch(null),
  name: z.string().nullish().catch(null),
  action: z.string().nullish().catch(null),
  from: account.nullish().catch(null),
  recipient: account.nullish().catch(null),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    conversationType: z.string().nullish().catch(null),
    tenantId: z.string().nullish().catch(null),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().min(1) }).nullish(),
      eventType: z.string().nullish().catch(null),
      channel: named,
      team: named,
      settings: z.object({ selectedChannel: named }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  replyToId: z.string().min(1).max(1000).nullish().catch(null),
  locale: z.string().max(35).nullish().catch(null),
  localTimezone: z.string().max(100).nullish().catch(null),
  text: z.string().nullish().catch(null),
  entities: z.array(z.unknown()).nullish().catch(null),
  attachments: z.array(z.unknown()).max(50).nullish().catch(null),
  membersAdded: z.array(account).nullish().catch(null),
  membersRemoved: z.array(account).nullish().catch(null),
  value: z.unknown().optional(),
});
export type Inbound = z.infer<typeof Inbound>;

/** The tenant an activity belongs to; null when it names none, or two that differ. */
export function tenantOf(activity: Inbound): string | null {
  const said = [activity.channelData?.tenant?.id, activity.conversation.tenantId].filter(
    (id) => typeof id === 'string',
  );
  const [first] = said;
  return first !== undefined && said.every((id) => id === first) ? first : null;
}

/** Who sent a verified activity; null when Teams names no Entra object id (guests of some kinds, other bots). */
export function identityOf(activity: Inbound): Identity | null {
  const tenant = tenantOf(activity);
  const user = activity.from?.aadObjectId;
  return tenant && user ? { platform: 'teams', tenant, user } : null;
}

export function whereOf(activity: Inbound): 'personal' | 'channel' {
  return activity.conversation.conversationType === 'personal' ? 'personal' : 'channel';
}

/** The channel (or group chat) an activity is about, without the thread; null in a personal chat. */
export function channelOf(activity: Inbound): string | null {
  if (whereOf(activity) === 'personal') return null;
  const data = activity.channelData;
  const channel = data?.channel?.id ?? data?.settings?.selectedChannel?.id;
  // Of a team's own events only the team is named; its id is that of its General channel.
  return channel ?? data?.team?.id ?? activity.conversation.id.split(';')[0] ?? null;
}

/** Names the event for ever. Activities carry an id; one without is named by what it says. */
export function eventOf(activity: Inbound): string {
  return activity.id ?? createHash('sha256').update(JSON.stringify(activity)).digest('base64url');
}

const ClientInfo = z.object({ type: z.literal('clientInfo'), timezone: z.string().min(1).max(100) });

/** The sender's IANA zone, when the client says. */
export function timeZoneOf(activity: Inbound): string | null {
  const said = activity.entities?.map((entity) => ClientInfo.safeParse(entity).data?.timezone).find(Boolean);
  return said ?? activity.localTimezone ?? null;
}

const Mention = z.object({ type: z.literal('mention'), text: z.string(), mentioned: z.object({ id: z.string() }) });

/** People who are named by a mention, but for Rond. */
export function mentionsIn(activity: Inbound): { text: string; id: string }[] {
  const found = (activity.entities ?? []).flatMap((entity) => Mention.safeParse(entity).data ?? []);
  return found
    .filter(({ text, mentioned }) => text !== '' && mentioned.id !== activity.recipient?.id)
    .slice(0, mostMentions)
    .map(({ text, mentioned }) => ({ text, id: mentioned.id }));
}

const mostMentions = 100;

/** The text without the mention of Rond, in one line and in its own, and whether there was one. */
export function spokenTo(activity: Inbound): { text: string; lines: string; mentioned: boolean } {
  let text = activity.text ?? '';
  let mentioned = false;
  for (const entity of activity.entities ?? []) {
    const mention = Mention.safeParse(entity).data;
    if (!mention || mention.mentioned.id !== activity.recipient?.id) continue;
    mentioned = true;
    if (mention.text !== '') text = text.replaceAll(mention.text, ' ');
  }
  const plain = text.replaceAll('&nbsp;', ' ').replaceAll('\0', '').toWellFormed();
  const lines = plain.replaceAll('\r\n', '\n').trim();
  return { text: lines.replace(/\s+/g, ' '), lines, mentioned };
}
