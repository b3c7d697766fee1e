import type { TeamsEndpoints } from './options.ts';

/** Microsoft's own: these domains and what is below them. */
const microsoftDomains = ['botframework.com', 'smba.trafficmanager.net', 'teams.microsoft.com', 'teams.microsoft.us'];

const below = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/**
 * Whether a token may be sent to this service URL. The URL comes from outside with every activity, so it is asked both when
 * it comes in and again before each request.
 */
export function allowedServiceUrl(serviceUrl: string, endpoints: TeamsEndpoints | null): boolean {
  const url = URL.parse(serviceUrl);
  if (!url) return false;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  if (endpoints) {
    return ['http:', 'https:'].includes(url.protocol) && endpoints.serviceHosts.includes(url.host);
  }
  return url.protocol === 'https:' && url.port === '' && microsoftDomains.some((domain) => below(url.hostname, domain));
}
