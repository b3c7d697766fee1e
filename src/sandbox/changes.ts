/** Tells open pages that something a person sees has changed (server-sent events); they then ask for what they show. */

import type { RequestHandler, Response } from 'express';

export type Changes = {
  /** Something changed; pages hear of it at most every 50 ms. */
  happened(): void;
  readonly handler: RequestHandler;
  close(): void;
};

export function changes(): Changes {
  const pages = new Set<Response>();
  let timer: NodeJS.Timeout | null = null;
  const tell = (line: string) => {
    for (const page of pages) page.write(line);
  };
  // Keeps the stream open through idle time-outs, and lets a dead page be noticed.
  const heartbeat = setInterval(() => tell(': still here\n\n'), 25_000);
  heartbeat.unref();

  return {
    happened: () => {
      timer ??= setTimeout(() => {
        timer = null;
        tell('event: changed\ndata: {}\n\n');
      }, 50);
    },
    handler: (_request, response) => {
      response.set({
        'Content-Type': 'text/event-stream',
        Connection: 'keep-alive',
      });
      response.flushHeaders();
      response.write('retry: 1000\n\n');
      pages.add(response);
      response.on('close', () => pages.delete(response));
    },
    close: () => {
      clearInterval(heartbeat);
      if (timer) clearTimeout(timer);
      for (const page of pages) page.end();
    },
  };
}
