/** What is at an address that only some people know. */

import type { Request } from 'express';

/** Found by no search engine, told to no other site, taken for nothing else. */
export const neverListed = {
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Whether whoever asks has this very version. Express says no to everyone who also asks for no cached copy, as many calendars do. */
export function hasAlready(request: Pick<Request, 'get'>, etag: string): boolean {
  const known = request.get('If-None-Match') ?? '';
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
