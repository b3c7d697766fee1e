/** Files that people gave to the bot, served as their platform serves them. They are kept as long as the sandbox runs. */

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { SandboxFile } from './wire.ts';

export type Files = {
  /** The address of the file's bytes. */
  keep(file: SandboxFile): string;
  /** Sends whoever asks on to another address, as a platform might; null ends that. */
  leadTo(address: string | null): void;
  /** For `GET <address>/:id`. */
  serve: RequestHandler;
};

/** `token`: what the bot must show; without, the address alone is enough. Who shows none is led to a login page. */
export function openFiles(address: string, token?: () => string): Files {
  const kept = new Map<string, SandboxFile>();
  let elsewhere: string | null = null;
  return {
    leadTo(to) {
      elsewhere = to;
    },
    keep(file) {
      const id = randomUUID();
      kept.set(id, file);
      return `${address}/${id}`;
    },
    serve(request, response) {
      const file = kept.get(String(request.params.id));
      if (token && request.headers.authorization !== `Bearer ${token()}`) response.redirect(302, `${address}/login`);
      else if (elsewhere) response.redirect(302, elsewhere);
      else if (!file) response.status(404).end();
      else response.type('application/octet-stream').end(Buffer.from(file.bytes));
    },
  };
}
