/** The one HTTP server: health, and the routes that each platform mounts. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { about } from './about.ts';

export type WebOptions = {
  host: string;
  port: number;
  /** Rejects when Rond cannot do its work (the database is away). */
  ready(): Promise<void>;
  /** Adds routes; body parsers stay on the routes that need them. */
  mount: ((web: Express) => void)[];
  log: { error(data: object, message: string): void };
};

export type Web = { url: string; close(): Promise<void> };

/** Resolves when the server listens; rejects with a sentence for the operator. */
export async function startWeb({ host, port, ready, mount, log }: WebOptions): Promise<Web> {
  const web = express();
  web.disable('x-powered-by');
  for (const add of mount) add(web);
  web.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  web.get('/readyz', async (_request, response) => {
    try {
      await ready();
      response.json({ ok: true });
    } catch {
      response.status(503).json({ ok: false, problem: 'The database does not answer.' });
    }
  });
  web.get('/about', about);
  web.use((_request: Request, response: Response) => {
    response.status(404).json({ error: 'There is nothing here.' });
  });
  // Four parameters make it Express' error handler. What came over the wire is never told back, and never ends the process.
  web.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ error }, 'request failed');
    if (!response.headersSent)
      response.status(status).json({ error: status < 500 ? 'The request could not be read.' : 'Try again.' });
  });
  const server = await listen(createServer(web), host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 5_000).unref();
      }),
  };
}

function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      fail(
        new Error(
          taken
            ? `Port ${port} on ${host} is in use. Stop the other program, or set PORT to another number.`
            : `Rond cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`,
        ),
      );
    });
    server.listen(port, host, () => done(server));
  });
}
