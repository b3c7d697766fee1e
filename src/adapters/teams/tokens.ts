import { ConfidentialClientApplication, type INetworkModule, ServerError } from '@azure/msal-node';
import {
  type ConnectorClient,
  MsalAppCredentials,
  MsalServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { botFrameworkTenant, connectorScope, microsoft, microsoftLogin, type TeamsOptions } from './options.ts';

/** No token could be had, so nothing was sent. `refused`: the login service knows us and says no (secret wrong or expired). */
export class NoToken extends Error {
  readonly refused: boolean;
  constructor(refused: boolean, cause: unknown) {
    super(cause instanceof Error ? cause.message.slice(0, 300) : 'no token', { cause });
    this.refused = refused;
  }
}

/** MSAL accepts https authorities only; for the sandbox the request is turned to it here. No redirects, a time limit. */
function networkTo(loginUrl: string, timeoutMs: number): INetworkModule {
  const ask = async (method: string, url: string, options?: { headers?: Record<string, string>; body?: string }) => {
    const response = await fetch(url.replace(microsoftLogin, loginUrl), {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(options?.headers && { headers: options.headers }),
      ...(options?.body !== undefined && { body: options.body }),
    });
    // Not an answer about us: MSAL would report it as one.
    if (response.status >= 500 || response.status === 429) throw new Error(`login answered ${response.status}`);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as never,
    };
  };
  return {
    sendGetRequestAsync: (url, options) => ask('GET', url, options),
    sendPostRequestAsync: (url, options) => ask('POST', url, options),
  };
}

/** A token that was refused this soon after it was fetched will not get better by fetching another. */
const newTokenMs = 60_000;

/** The SDK fetches a token per caller when many want one at once; here they share the one that is on its way. */
class SharedCredentials extends MsalAppCredentials {
  #onItsWay: Promise<string> | null = null;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #refused = false;

  override getToken(): Promise<string> {
    this.#onItsWay ??= super
      .getToken(this.#refused)
      .catch((error: unknown) => {
        throw new NoToken(error instanceof ServerError, error);
      })
      .finally(() => {
        this.#onItsWay = null;
      });
    return this.#onItsWay;
  }

  protected override async refreshToken() {
    const token = await super.refreshToken();
    this.#fetchedAt = performance.now();
    this.#refused = false;
    return token;
  }

  renew(): boolean {
    if (performance.now() - this.#fetchedAt < newTokenMs) return false;
    this.#refused = true;
    return true;
  }
}

export type Tokens = {
  credentials: ConstructorParameters<typeof ConnectorClient>[0];
  factory: ServiceClientCredentialsFactory;
  /** Resolves when a valid token is at hand; rejects with NoToken. */
  ready(): Promise<void>;
  /** The service refused the token: true when the next one may fare better, false when this one was new. */
  renew(): boolean;
};

export type TokenOptions = Pick<TeamsOptions, 'appId' | 'credentials' | 'endpoints' | 'timeoutMs'>;

/** Outbound credentials by MSAL: client id and secret for a token of the Bot Connector. */
export function openTokens(options: TokenOptions): Tokens {
  return options.credentials === 'none' ? noTokens(options.appId) : tokensFor(options, options.credentials);
}

/** For test tools on this machine: requests go out as they are. */
function noTokens(appId: string): Tokens {
  return {
    credentials: { signRequest: async (request) => request },
    factory: new PasswordServiceClientCredentialFactory(appId, ''),
    async ready() {},
    renew: () => false,
  };
}

function tokensFor(options: TokenOptions, own: { password: string; tenant?: string }): Tokens {
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: options.appId,
      clientSecret: own.password,
      authority: `${microsoftLogin}/${own.tenant ?? botFrameworkTenant}`,
    },
    system: {
      networkClient: networkTo(options.endpoints?.loginUrl ?? microsoft.loginUrl, options.timeoutMs ?? 10_000),
    },
  });
  // Two copies of the same class declarations reach the compiler, by ESM and by CommonJS; hence `never`.
  const credentials = new SharedCredentials(application as never, options.appId, '', connectorScope);
  return {
    credentials,
    factory: new MsalServiceClientCredentialsFactory(options.appId, application as never),
    async ready() {
      await credentials.getToken();
    },
    renew: () => credentials.renew(),
  };
}
