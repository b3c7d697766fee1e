import { App, ExpressReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Language } from '../../domain/group.ts';
import type { ChatPlatform, Inbox } from '../../ports/chat.ts';
import type { Contacts } from '../../ports/contacts.ts';
import { background, type Connection, rememberer } from './connection.ts';
import { type Guarded, guard } from './guard.ts';
import { listen } from './listeners.ts';
import { type Log, sdkLogger, silent } from './log.ts';
import { pace } from './pace.ts';
import { recalling } from './recalling.ts';
import { responder } from './response-url.ts';
import { sending } from './sending.ts';
import { words } from './words.ts';
import { workspaceOf } from './workspace.ts';

export type SlackOptions = {
  botToken: string;
  signingSecret: string;
  /** The sandbox's Web API, e.g. "http://127.0.0.1:3979/slack/api/"; null for Slack itself. */
  apiUrl: string | null;
  inbox: Inbox;
  contacts: Contacts;
  /** The product's clock. Signatures are judged by the machine's own: that is what Slack stamps them by. */
  now: () => Temporal.Instant;
  log?: Log;
  /** Of the few sentences said when the product itself could not answer; "en" unless set. */
  language?: Language;
  /** Of one request to Slack; 10 s unless set. */
  timeoutMs?: number;
  /** Between the two readings before a message counts as absent; 1.5 s unless set. */
  recallGapMs?: number;
};

const path = '/slack/events';

/** One workspace, by its bot token, over HTTP: `POST /slack/events` takes events, interactions and commands. */
export function createSlack(options: SlackOptions): ChatPlatform {
  const log = options.log ?? silent;
  const timeout = options.timeoutMs ?? 10_000;
  const logger = sdkLogger(log);
  // The client's own repetitions were seen to show people four to six copies: the ledger decides what is repeated.
  const clientOptions = {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger,
  };
  const client = new WebClient(options.botToken, clientOptions);
  const workspace = workspaceOf(client);
  const { later, idle } = background(log);
  const connection: Connection = {
    client,
    workspace,
    inbox: options.inbox,
    contacts: options.contacts,
    remember: rememberer(options.contacts, later),
    respond: responder(options.apiUrl, timeout),
    later,
    words: words[options.language ?? 'en'],
    log,
  };

  return {
    name: 'slack',
    pace,
    ...sending(connection),
    ...recalling(connection, options.recallGapMs ?? 1_500),
    mount(web) {
      web.post(path, guard({ signingSecret: options.signingSecret, workspace, clock: Date.now, log }));
      const receiver = new ExpressReceiver({
        app: web,
        signingSecret: options.signingSecret,
        endpoints: path,
        // The answer waits for the listener: an event that could not be stored is answered with an error, and comes again.
        processBeforeResponse: true,
        customPropertiesExtractor: (request) => ({ payload: (request as unknown as Guarded).slack }),
        processEventErrorHandler: async ({ response }) => {
          if (!response.headersSent) response.writeHead(503).end();
          return true;
        },
        logger,
      });
      const app = new App({
        receiver,
        authorize: async () => {
          const { team, botUser, bot } = await workspace();
          return { botToken: options.botToken, botUserId: botUser, botId: bot, teamId: team };
        },
        clientOptions,
        convoStore: false,
        logger,
      });
      app.error(async (error) => {
        log.error({ err: error.message }, 'a Slack listener failed');
        throw error;
      });
      listen(app, connection);
    },
    close: idle,
  };
}
