/** Calendar feeds: what a secret address opens. Any other address is answered as every page that is not there. */

import type { Express, RequestHandler } from 'express';
import type { Feeds } from '../app/feeds.ts';
import { hasAlready, neverListed } from './private.ts';

export function calendarRoutes(feeds: Pick<Feeds, 'read'>): (web: Express) => void {
  const answer: RequestHandler<{ secret: string }> = async (request, response, next) => {
    const feed = await feeds.read(request.params.secret);
    if (!feed) return next();
    response.set(neverListed);
    if (feed.is === 'wait') {
      response.status(429).set('Retry-After', String(feed.seconds)).json({ error: 'Too many requests.' });
      return;
    }
    const etag = `"${feed.tag}"`;
    // Asked anew each time, or a revoked address would go on in somebody's cache; sent anew only when it is another.
    response.set({
      ETag: etag,
      'Cache-Control': 'private, no-cache',
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="rond.ics"',
    });
    if (hasAlready(request, etag)) response.status(304).end();
    else response.send(feed.text);
  };
  return (web) => {
    // HEAD is GET without the body.
    web.get('/calendar/:secret.ics', answer);
  };
}
