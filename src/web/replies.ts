/** Tells when an answer to a platform has left this process. */

import type { Express } from 'express';

export function tellReplies(told: () => void): (web: Express) => void {
  return (web) => {
    web.use((request, response, next) => {
      if (request.method === 'POST' && !request.path.startsWith('/sandbox/')) response.once('finish', told);
      next();
    });
  };
}
