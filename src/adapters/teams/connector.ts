import type http from 'node:http';
import { ConnectorClient } from 'botframework-connector';
import type { Connections } from './connections.ts';
import type { TeamsOptions } from './options.ts';
import type { Tokens } from './tokens.ts';

/**
 * What must not stand between us and the service. Retries: one message was seen to become four. Redirects: the token would
 * go where the allowlist has not been asked. The proxy is a setting of the machine, and not for the sandbox on loopback.
 */
const unwanted = (loopback: boolean) => ['defaultRetryPolicy', 'redirectPolicy', ...(loopback ? ['proxyPolicy'] : [])];

type Request = { url: string; agent?: http.Agent };
type Policy = { name: string; sendRequest(request: Request, next: (request: Request) => unknown): unknown };
type Pipeline = {
  removePolicy(which: { name: string }): unknown;
  addPolicy(policy: Policy): void;
  getOrderedPolicies(): { name: string }[];
};

/** A connector that makes exactly one request for one call. */
export function openConnector(
  serviceUrl: string,
  options: TeamsOptions,
  tokens: Tokens,
  connections: Connections,
): ConnectorClient {
  const connector = new ConnectorClient(tokens.credentials, { baseUri: serviceUrl });
  // Private in the types only; there is no public way to the pipeline.
  const { pipeline } = (connector as unknown as { client: { pipeline: Pipeline } }).client;
  const names = unwanted(options.endpoints !== null);
  for (const name of names) pipeline.removePolicy({ name });
  if (pipeline.getOrderedPolicies().some((policy) => names.includes(policy.name))) {
    throw new Error('the connector still retries or redirects: its policies have other names now');
  }
  pipeline.addPolicy({
    name: 'rondConnections',
    sendRequest(request, next) {
      request.agent ??= connections.agentFor(request.url);
      return next(request);
    },
  });
  return connector;
}
