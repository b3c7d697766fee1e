import type { Inbox } from '../../ports/chat.ts';
import type { Contacts } from '../../ports/contacts.ts';

/** The part of a pino logger that is used; never given a card, an answer or a token. */
export type Log = {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
};

/** Where the other end is. Only the sandbox and tests give one of their own. */
export type TeamsEndpoints = {
  /** `iss` of the tokens that come with inbound requests. */
  issuer: string;
  openIdMetadataUrl: string;
  /** Stands in for https://login.microsoftonline.com; `/{tenant}/oauth2/v2.0/token` is below it. */
  loginUrl: string;
  /**
   * Service hosts a token may be sent to, "host" or "host:port", exactly; plain http is allowed for these. "loopback": any
   * port of this machine.
   */
  serviceHosts: string[] | 'loopback';
  /** Used for a tenant that has not been heard from yet. */
  serviceUrl: string;
};

export type TeamsOptions = {
  /** Application (client) id of the bot's registration. */
  appId: string;
  credentials:
    | {
        password: string;
        /** Tenant of a single-tenant registration; left out for a multi-tenant one. */
        tenant?: string;
      }
    /** No tokens, neither asked for nor sent: for test tools on this machine, together with `localTools`. */
    | 'none';
  /** Tenant ids Rond serves; read on every request, so the list may grow. Everybody else is refused. "any": test tools. */
  tenants: readonly string[] | 'any';
  inbox: Inbox;
  contacts: Contacts;
  /** null: Microsoft's. */
  endpoints: TeamsEndpoints | null;
  log?: Log;
  /** Time limit of one outbound request, in ms; 10,000 unless set. */
  timeoutMs?: number;
};

export const microsoftLogin = 'https://login.microsoftonline.com';
export const connectorScope = 'https://api.botframework.com';
/** The token tenant of multi-tenant bots. */
export const botFrameworkTenant = 'botframework.com';

export const microsoft = {
  issuer: 'https://api.botframework.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  loginUrl: microsoftLogin,
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
} as const;

/** Microsoft's local test tools: they send no token and are on this machine. */
export const localTools: TeamsEndpoints = {
  issuer: '',
  openIdMetadataUrl: '',
  loginUrl: '',
  serviceHosts: 'loopback',
  serviceUrl: 'http://127.0.0.1:56150/_connector',
};
