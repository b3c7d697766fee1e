import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { ChatPlatform } from '../../ports/chat.ts';
import { openContactBook } from './contact-book.ts';
import { download } from './files.ts';
import { TeamsGate } from './gate.ts';
import type { TeamsOptions } from './options.ts';
import { messageWith, openOutbound } from './outbound.ts';
import { pace } from './pace.ts';
import { routesTo } from './routes.ts';
import { isLoopback } from './service-hosts.ts';
import { openTokens } from './tokens.ts';

export type { TeamsOptions } from './options.ts';

export const messagesPath = '/api/messages';
const bodyLimit = '1mb';

/** A body that is too big, no JSON, in an odd encoding: a short answer, nothing of ours in it. */
const badBody: ErrorRequestHandler = (thrown, _request, response, _next) => {
  const tooBig = thrown?.status === 413;
  const error = tooBig
    ? { code: 'PayloadTooLarge', message: 'At most 1 MB.' }
    : { code: 'BadRequest', message: 'Not an activity from Teams.' };
  response.status(tooBig ? 413 : 400).json({ error });
};

/** Without tokens a web page could write in anybody's name by a host name of its own that leads to this machine. */
const onlyAskedHere: RequestHandler = (request, response, next) => {
  if (isLoopback(request.hostname)) return next();
  response.status(403).json({ error: { code: 'Forbidden', message: 'Ask for localhost.' } });
};

/** Microsoft Teams as a chat platform: the Bot Framework protocol inwards, the Bot Connector outwards. */
export function createTeams(options: TeamsOptions): ChatPlatform {
  const tokens = openTokens(options);
  const gate = new TeamsGate(options, tokens.factory);
  const book = openContactBook(options);
  const outbound = openOutbound(options, book, tokens);
  const routes = routesTo({ inbox: options.inbox, book, outbound, log: options.log });

  return {
    name: 'teams',
    pace,
    prepare: outbound.prepare,
    send: (to, message) => outbound.send(to, messageWith(message.card)),
    replace: (what, message) => outbound.replace(what, messageWith(message.card)),
    /** A bot may not read a chat back; evidence comes with the next action on the card. */
    recall: async () => ({ is: 'cannot-tell' }),
    roster: ({ tenant, channel }) => outbound.roster(tenant, channel),
    /** A bot can ask for nobody outside the teams it is in but for those who have written to it. */
    find: ({ tenant, channel }, who) => outbound.find(tenant, channel, who),
    download: (file) => download(file, options.endpoints),
    mount(web) {
      if (options.credentials === 'none') web.post(messagesPath, onlyAskedHere);
      web.post(messagesPath, express.json({ limit: bodyLimit }), async (request, response) => {
        const { status, body } = await gate.handle(request.headers.authorization, request.body, (context) =>
          routes.run(context),
        );
        response.status(status);
        if (body === undefined) return void response.end();
        // Not by Express' own `json`, which makes an ETag of every card: nobody asks for the answer to a POST again.
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(JSON.stringify(body));
      });
      web.use(messagesPath, badBody);
    },
    async close() {
      outbound.close();
    },
  };
}
