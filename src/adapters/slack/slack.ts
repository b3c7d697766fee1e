import { App } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Language } from '../../domain/group.ts';
import type { ChatPlatform, Inbox } from '../../ports/chat.ts';
import type { Contacts } from '../../ports/contacts.ts';
import { admission } from './admission.ts';
import { background, type Common, rememberer } from './connection.ts';
import { type Connections, installedConnections, oneConnection } from './connections.ts';
import { downloading } from './files.ts';
import { guard } from './guard.ts';
import { listen } from './listeners.ts';
import { type Log, sdkLogger, silent } from './log.ts';
import { type OAuthOptions, oauth } from './oauth.ts';
import { pace } from './pace.ts';
import { preparing } from './preparing.ts';
import { recalling } from './recalling.ts';
import { receiving } from './receiving.ts';
import { responder } from './response-url.ts';
import { rosters } from './roster.ts';
import { sending } from './sending.ts';
import { sockets } from './socket.ts';
import { transport } from './transport.ts';
import { words } from './words.ts';

export type SlackOptions = {
  /** One workspace, by its token; null when workspaces let Rond in by OAuth. */
  botToken: string | null;
  /** As many workspaces as want; not read beside a bot token. */
  oauth?: OAuthOptions | null;
  /** Proves what comes over HTTP; null in Socket Mode. */
  signingSecret: string | null;
  /** Socket Mode, whatever else is given: an app in Socket Mode is sent nothing over HTTP. */
  appToken?: string | null;
  /** The sandbox's Web API, e.g. "http://127.0.0.1:3979/slack/api/"; null for Slack itself. */
  apiUrl: string | null;
  inbox: Inbox;
  contacts: Contacts;
  /** Where pictures may be besides public addresses: in the sandbox. Slack itself fetches from public ones only. */
  imagesFrom?: () => string | null;
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

/**
 * Slack as a chat platform. Over HTTP, `POST /slack/events` takes events, interactions and commands; in Socket Mode they
 * come over a connection that `mount` opens. With OAuth, `GET /slack/install` lets a workspace in.
 */
export function createSlack(options: SlackOptions): ChatPlatform {
  const log = options.log ?? silent;
  const timeout = options.timeoutMs ?? 10_000;
  const logger = sdkLogger(log);
  // The client's own repetitions were seen to show people four to six copies: the ledger decides what is repeated.
  const clientOptions = {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    fetch: transport,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger,
  };
  const { later, idle } = background(log);
  const common: Common = {
    inbox: options.inbox,
    contacts: options.contacts,
    remember: rememberer(options.contacts, later),
    respond: responder(options.apiUrl, timeout),
    later,
    words: words[options.language ?? 'en'],
    log,
    imagesFrom: options.imagesFrom ?? (() => null),
  };
  const connections = connectionsOf(options, common, clientOptions);
  const admit = admission(connections, Date.now, log);
  const { signingSecret } = options;
  if (!options.appToken && !signingSecret) throw new Error('Slack needs a signing secret, or an app token for sockets');
  const socket = options.appToken ? sockets({ appToken: options.appToken, apiUrl: options.apiUrl, admit, log }) : null;
  const installing =
    options.oauth && !options.botToken
      ? oauth(options.oauth, { apiUrl: options.apiUrl, clientOptions, connections, now: options.now, logger, log })
      : null;

  return {
    name: 'slack',
    pace,
    ...sending(connections),
    ...preparing(connections),
    ...recalling(connections, options.recallGapMs ?? 1_500, log),
    ...rosters(connections),
    ...downloading(connections, options.apiUrl),
    mount(web) {
      installing?.mount(web);
      const door = () => guard({ signingSecret: signingSecret as string, admit, clock: Date.now });
      const app = new App({
        receiver: socket?.receiver ?? receiving(web, path, door()),
        // Whose a payload is was found at the door; Bolt's own client is not used.
        authorize: async () => ({}),
        clientOptions,
        convoStore: false,
        logger,
      });
      app.error(async (error) => {
        log.error({ err: error.message }, 'a Slack listener failed');
        throw error;
      });
      listen(app, connections, common, installing);
      socket?.open();
    },
    async close() {
      await socket?.close();
      await idle();
    },
  };
}

function connectionsOf(
  { botToken, oauth }: SlackOptions,
  common: Common,
  clientOptions: WebClientOptions,
): Connections {
  if (botToken) return oneConnection(common, botToken, clientOptions);
  if (oauth) return installedConnections(common, oauth.installations, clientOptions, Date.now);
  throw new Error('Slack needs a bot token, or OAuth');
}
