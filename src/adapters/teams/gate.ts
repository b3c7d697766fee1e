import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import { type Activity, INVOKE_RESPONSE_KEY, TurnContext } from 'botbuilder';
import { AuthenticationError, type ServiceClientCredentialsFactory } from 'botframework-connector';
import { Inbound, tenantOf } from './inbound.ts';
import { type KnownKeys, knownKeys } from './known-keys.ts';
import { connectorScope, type Log, microsoft, microsoftLogin, type TeamsOptions } from './options.ts';
import { allowedServiceUrl } from './service-hosts.ts';

export type Answer = { status: number; body?: unknown };

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

/** Keys of the token issuer are fetched on the way; a request must not wait for them for ever. */
const checkWithinMs = 10_000;

function settings(options: TeamsOptions): object {
  const { issuer, openIdMetadataUrl } = options.endpoints ?? microsoft;
  // As soon as one of these is set none falls back, so all are.
  return {
    MicrosoftAppId: options.appId,
    ToChannelFromBotLoginUrl: microsoftLogin,
    ToChannelFromBotOAuthScope: connectorScope,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    OAuthUrl: 'https://api.botframework.com',
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: true,
  };
}

/** `iss` as the token claims it, unverified: only to send tokens away that the SDK would accept by its other doors. */
function claimedIssuer(authorization: string): unknown {
  try {
    const payload = authorization.split(' ')[1]?.split('.')[1] ?? '';
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).iss;
  } catch {
    return undefined;
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('too slow'), { name: 'FetchError' })), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Whether the request could not be judged (keys not to be had), as opposed to judged and refused. */
function undecided(error: unknown): boolean {
  if (error instanceof AuthenticationError) return Number(error.statusCode) >= 500;
  return error instanceof Error && error.name === 'FetchError';
}

/**
 * The one door inwards. The SDK's own `process` throws before it authenticates, so that one unsigned `{}` ends the process,
 * and it builds a client for every request; this checks shape, token, service URL and tenant, and answers whatever happens.
 */
export class TeamsGate extends TeamsAdapter {
  readonly #options: TeamsOptions;
  readonly #log: Log | undefined;
  readonly #keys: KnownKeys;

  constructor(options: TeamsOptions, credentials: ServiceClientCredentialsFactory) {
    // An empty app id would switch authentication off.
    if (!options.appId) throw new Error('Teams needs an app id');
    super(settings(options) as never, credentials);
    this.#options = options;
    const { issuer, openIdMetadataUrl: metadataUrl } = options.endpoints ?? microsoft;
    this.#keys = knownKeys({ issuer, metadataUrl, appId: options.appId, clock: Date.now });
    this.#log = options.log;
  }

  /** Takes the Authorization header and the parsed body as they came; never rejects. */
  async handle(
    authorization: string | undefined,
    raw: unknown,
    turn: (context: TurnContext) => Promise<unknown>,
  ): Promise<Answer> {
    const parsed = Inbound.safeParse(raw);
    if (!parsed.success) return refusal(400, 'BadRequest', 'Not an activity from Teams.');
    const activity = parsed.data;
    const refused = (await this.#unauthorised(authorization ?? '', activity)) ?? this.#forbidden(activity);
    if (refused) return refused;
    try {
      return await this.#run(activity, turn);
    } catch (error) {
      this.#log?.error({ err: error, type: activity.type }, 'a Teams activity could not be handled');
      return refusal(503, 'ServiceUnavailable', 'Try again.');
    }
  }

  async #unauthorised(authorization: string, activity: Inbound): Promise<Answer | null> {
    if (this.#options.credentials === 'none') return null;
    const { issuer } = this.#options.endpoints ?? microsoft;
    const no = refusal(401, 'Unauthorized', 'No valid token.');
    if (this.#keys.accepts(authorization, activity.serviceUrl)) return null;
    if (claimedIssuer(authorization) !== issuer) return no;
    try {
      if (await within(checkWithinMs, this.#keys.refuses(authorization))) return no;
      const check = this.botFrameworkAuthentication.authenticateRequest(activity as unknown as Activity, authorization);
      await within(checkWithinMs, check);
      await this.#keys.learn(authorization);
      return null;
    } catch (error) {
      if (!undecided(error)) return no;
      this.#log?.error({ err: error }, 'the keys of the Teams token issuer could not be fetched');
      return refusal(503, 'ServiceUnavailable', 'Try again.');
    }
  }

  #forbidden(activity: Inbound): Answer | null {
    if (!allowedServiceUrl(activity.serviceUrl, this.#options.endpoints)) {
      return refusal(403, 'Forbidden', 'Unknown service.');
    }
    const tenant = tenantOf(activity);
    const { tenants } = this.#options;
    if (tenant !== null && (tenants === 'any' || tenants.includes(tenant))) return null;
    this.#log?.warn({ tenant }, 'a Teams tenant that is not served knocked');
    return refusal(403, 'Forbidden', 'Unknown tenant.');
  }

  async #run(activity: Inbound, turn: (context: TurnContext) => Promise<unknown>): Promise<Answer> {
    const context = new TurnContext(this, activity as unknown as Activity);
    await this.runMiddleware(context, async (turnContext) => {
      await turn(turnContext);
    });
    if (activity.type !== 'invoke') return { status: 200 };
    const answer = context.turnState.get<{ value: Answer }>(INVOKE_RESPONSE_KEY);
    return answer?.value ?? { status: 501 };
  }
}
