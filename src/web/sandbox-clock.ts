/** The sandbox's hand on the bot's clock: mounted only when there is a sandbox, and only for who knows its token. */

import { timingSafeEqual } from 'node:crypto';
import express, { type Express } from 'express';
import { z } from 'zod';
import type { SandboxClock } from '../app/sandbox-clock.ts';

const MoveBody = z.object({ to: z.union([z.literal('next'), z.iso.datetime({ offset: true })]) });

export function sandboxClockRoutes(clock: SandboxClock, token: string): (web: Express) => void {
  const allowed = (given: string | undefined) => {
    const wanted = Buffer.from(token);
    const got = Buffer.from(given ?? '');
    return wanted.length === got.length && timingSafeEqual(wanted, got);
  };
  return (web) => {
    web.use('/sandbox/clock', (request, response, next) => {
      if (allowed(request.header('x-rond-sandbox'))) next();
      else response.status(403).json({ error: 'Only the sandbox moves the clock.' });
    });
    web.get('/sandbox/clock', async (_request, response) => {
      response.json(await clock.state());
    });
    web.post('/sandbox/clock', express.json({ limit: '1kb' }), async (request, response) => {
      const body = MoveBody.safeParse(request.body);
      if (!body.success) {
        response.status(400).json({ error: '"to" is "next" or an instant such as 2022-10-12T07:00:00Z.' });
        return;
      }
      response.json(await clock.move(body.data.to === 'next' ? 'next' : Temporal.Instant.from(body.data.to)));
    });
  };
}
