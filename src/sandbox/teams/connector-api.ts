/** The Bot Connector, version 3, as the real one is recorded to behave (also where that is odd). */

import express, { Router } from 'express';
import { z } from 'zod';
import type { Card } from '../../ports/chat.ts';
import type { SandboxPerson } from '../wire.ts';
import type { Done, Faults } from './faults.ts';
import type { Issuer } from './issuer.ts';
import { accountOf, addressOf, chatOf, isGroupChat, type World } from './world.ts';

const Activity = z.object({
  type: z.string(),
  text: z.string().nullish(),
  attachments: z.array(z.object({ contentType: z.string(), content: z.unknown().optional() })).nullish(),
});
type Activity = z.infer<typeof Activity>;

const NewConversation = z.object({
  isGroup: z.boolean().optional(),
  members: z.array(z.object({ id: z.string() })).optional(),
  tenantId: z.string().optional(),
  channelData: z.object({ channel: z.object({ id: z.string() }).optional() }).optional(),
  activity: Activity.optional(),
});

export type BotRequest = { method: string; path: string };

/** About 100 KB, counted as UTF-16. */
const sizeLimit = 100 * 1024;

const no = (status: number, code: string, message: string): Done => ({ status, body: { error: { code, message } } });
const badParameters = no(400, 'BadSyntax', 'Incorrect conversation creation parameters');
const noConversation = no(404, 'ConversationNotFound', 'Conversation not found.');
/** Recorded: what the service says of somebody who has blocked the bot, JSON inside JSON. */
const writesBlocked: Done = {
  status: 403,
  body: { errorCode: 209, message: '{"subCode":"MessageWritesBlocked","details":null,"errorCode":null}' },
};
const notInRoster = no(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');

const cardIn = (activity: Activity): Card | null =>
  (activity.attachments?.find((one) => one.contentType === 'application/vnd.microsoft.card.adaptive')?.content as
    | Card
    | undefined) ?? null;

const asMember = (person: SandboxPerson) => ({
  id: accountOf(person),
  name: person.name,
  aadObjectId: person.user,
  objectId: person.user,
  email: addressOf(person),
  userPrincipalName: addressOf(person),
  tenantId: person.tenant,
  userRole: 'user',
});

export function connectorApi(
  world: World,
  issuer: Issuer,
  faults: Faults,
  seen: (request: BotRequest) => void,
): Router {
  const router = Router();

  function refusal(conversation: string): Done | null {
    switch (world.shutFor(conversation)) {
      case 'blocked':
        return writesBlocked;
      case 'removed':
        return notInRoster;
      case 'deleted':
        return noConversation;
      default:
        return null;
    }
  }

  function show(conversation: string, body: unknown): Done {
    const activity = Activity.safeParse(body).data;
    if (!activity) return no(400, 'BadSyntax', 'Activity is not valid.');
    if (!world.findChat(conversation) && !world.findChannel(conversation)) return noConversation;
    const shut = refusal(conversation);
    if (shut) return shut;
    if (JSON.stringify(body).length * 2 > sizeLimit) return no(413, 'MessageSizeTooBig', 'Message size too large.');
    if (activity.type !== 'message') return { status: 202, body: {} };
    const message = world.add({ conversation, by: null, text: activity.text ?? '', card: cardIn(activity) });
    return { status: 201, body: { id: message.id } };
  }

  function createChat({ members, tenantId, activity }: z.infer<typeof NewConversation>): Done {
    const [member, ...others] = members ?? [];
    if (!member || others.length > 0 || !tenantId) return badParameters;
    const person = world.findPerson(member.id);
    if (!person || person.tenant !== tenantId || world.shut.get(person.user) === 'removed') return notInRoster;
    if (activity) show(chatOf(person), activity);
    // Recorded: even when a message was sent along, its id is not told.
    return { status: 201, body: { id: chatOf(person) } };
  }

  function createThread({ channelData, activity }: z.infer<typeof NewConversation>): Done {
    const id = channelData?.channel?.id;
    if (!id || !activity || isGroupChat(id)) return badParameters;
    if (!world.findChannel(id)) return notInRoster;
    const done = show(id, activity);
    if (done.status !== 201) return done;
    const { id: message } = done.body as { id: string };
    return { status: 201, body: { id: `${id};messageid=${message}`, activityId: message } };
  }

  router.use(express.json({ limit: '1mb' }));
  router.use((request, response, next) => {
    seen({ method: request.method, path: request.path });
    if (issuer.granted(request.headers.authorization)) next();
    else response.status(401).json({ message: 'Authorization has been denied for this request.' });
  });
  router.get('/v3/conversations', (_request, response) => {
    response.status(405).json({ message: "The requested resource does not support http method 'GET'." });
  });
  router.post('/v3/conversations', (request, response) => {
    const asked = NewConversation.safeParse(request.body).data;
    const work = () => (!asked ? badParameters : asked.isGroup ? createThread(asked) : createChat(asked));
    // Only a creation that shows something is a send.
    if (asked?.activity) return faults.serve('send', response, work);
    const done = work();
    response.status(done.status).json(done.body);
  });
  const post = (path: string) =>
    router.post(path, (request, response) => {
      faults.serve('send', response, () => show(String(request.params.conversation), request.body));
    });
  post('/v3/conversations/:conversation/activities');
  post('/v3/conversations/:conversation/activities/:activity');
  router.put('/v3/conversations/:conversation/activities/:activity', (request, response) => {
    faults.serve('replace', response, () => {
      const shut = refusal(request.params.conversation);
      if (shut) return shut;
      const message = world.find(request.params.conversation, request.params.activity);
      const activity = Activity.safeParse(request.body).data;
      if (message?.from !== 'bot') return no(404, 'ActivityNotFoundInConversation', 'Activity not found.');
      if (!activity) return no(400, 'BadSyntax', 'Activity is not valid.');
      world.put(message, activity.text ?? '', cardIn(activity));
      return { status: 200, body: { id: message.id } };
    });
  });
  router.delete('/v3/conversations/:conversation/activities/:activity', (request, response) => {
    const message = world.find(request.params.conversation, request.params.activity);
    if (message?.from === 'bot') world.remove(message);
    response.status(message?.from === 'bot' ? 200 : 404).json({});
  });

  const membersOf = (conversation: string) => {
    const person = world.findChat(conversation);
    const channel = world.findChannel(conversation);
    if (person) return [person];
    return channel ? world.membersIn(channel) : null;
  };
  router.get('/v3/conversations/:conversation/members', (request, response) => {
    const members = membersOf(request.params.conversation);
    response.status(members ? 200 : 404).json(members?.map(asMember) ?? noConversation.body);
  });
  router.get('/v3/conversations/:conversation/pagedmembers', (request, response) => {
    const members = membersOf(request.params.conversation);
    const from = Number(request.query.continuationToken ?? 0);
    // The service never gives fewer than 50 a page, whatever is asked.
    const size = Math.min(500, Math.max(50, Number(request.query.pageSize ?? 0)));
    const next = members && from + size < members.length ? { continuationToken: String(from + size) } : {};
    const body = members ? { members: members.slice(from, from + size).map(asMember), ...next } : noConversation.body;
    response.status(members ? 200 : 404).json(body);
  });
  router.get('/v3/conversations/:conversation/members/:member', (request, response) => {
    const wanted = world.findPerson(request.params.member);
    const member = membersOf(request.params.conversation)?.find((one) => one === wanted);
    response
      .status(member ? 200 : 404)
      .json(member ? asMember(member) : no(404, 'MemberNotFound', 'No such member.').body);
  });
  router.get('/v3/teams/:team/conversations', (_request, response) => {
    response.json({ conversations: world.channels().map(({ id, name }) => ({ id, name })) });
  });
  router.use((_request, response) => {
    response.status(404).json({ message: 'No HTTP resource was found that matches the request.' });
  });
  return router;
}
