/** The pictures on plan cards: fetched by the chat clients or their platforms. */

import type { Express, RequestHandler } from 'express';
import type { PlanPictures } from '../app/plan-pictures.ts';
import { hasAlready, neverListed } from './private.ts';

export function planPictureRoutes(pictures: Pick<PlanPictures, 'read'>): (web: Express) => void {
  const answer: RequestHandler<{ token: string }> = async (request, response, next) => {
    const picture = await pictures.read(request.params.token);
    if (!picture) return next();
    const etag = `"${picture.tag}"`;
    response.set({
      ...neverListed,
      ETag: etag,
      'Cache-Control': 'private, max-age=3600',
      'Content-Type': 'image/png',
      // A card stands on the platform's own page.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    if (hasAlready(request, etag)) response.status(304).end();
    else response.end(picture.png);
  };
  return (web) => {
    web.get('/plan/:token.png', answer);
  };
}
