import type { TeamsEndpoints } from './options.ts';

/** Microsoft's own: these domains and what is below them. */
const microsoftDomains = ['botframework.com', 'smba.trafficmanager.net', 'teams.microsoft.com', 'teams.microsoft.us'];

const loopback = new Set(['127.0.0.1', '[::1]', '::1', 'localhost']);
export const isLoopback = (host: string): boolean => loopback.has(host);

const below = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/** Whether a URL is at one of the hosts that stand in for Microsoft's. */
export function isStandIn(url: URL, { serviceHosts }: TeamsEndpoints): boolean {
  const known = serviceHosts === 'loopback' ? isLoopback(url.hostname) : serviceHosts.includes(url.host);
  return known && (url.protocol === 'http:' || url.protocol === 'https:');
}

/**
 * Whether a token may be sent to this service URL. The URL comes from outside with every activity, so it is asked both when
 * it comes in and again before each request.
 */
export function allowedServiceUrl(serviceUrl: string, endpoints: TeamsEndpoints | null): boolean {
  const url = URL.parse(serviceUrl);
  if (!url) return false;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  if (endpoints) return isStandIn(url, endpoints);
  return url.protocol === 'https:' && url.port === '' && microsoftDomains.some((domain) => below(url.hostname, domain));
}
