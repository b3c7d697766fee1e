/**
 * Socket Mode: Rond calls Slack, so that no public address is needed. The same listeners as over HTTP, and the same
 * promise: what could not be stored is not acknowledged, and comes again.
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { SocketModeReceiver } from '@slack/bolt';
import type { Admit } from './admission.ts';
import { troubleOf } from './errors.ts';
import { type Log, sdkLogger } from './log.ts';
import { payloadOf } from './payloads.ts';

export type SocketOptions = {
  /** App-level token (xapp-…) with connections:write. */
  appToken: string;
  /** The sandbox's Web API; null for Slack itself. */
  apiUrl: string | null;
  admit: Admit;
  log: Log;
};

export type Sockets = {
  receiver: Receiver;
  /** Connects, and stays connected until `close`. */
  open(): void;
  close(): Promise<void>;
};

const firstWaitMs = 500;
const longestWaitMs = 30_000;
const openWithinMs = 10_000;
const goodbyeMs = 2_000;

export function sockets({ appToken, apiUrl, admit, log }: SocketOptions): Sockets {
  // What matters of its own words is said below, once.
  const quietly: Log['debug'] = (details, message) => log.debug(details, message);
  const bolt = new SocketModeReceiver({
    appToken,
    logger: sdkLogger({ debug: quietly, warn: quietly, error: quietly }),
    // The client's own reconnecting ends the process when Slack refuses the token meanwhile.
    autoReconnectEnabled: false,
    customPropertiesExtractor: ({ envelope_id }) => ({ envelope: String(envelope_id ?? '') }),
    processEventErrorHandler: async () => false,
    installerOptions: {
      clientOptions: {
        ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: openWithinMs,
      },
    },
  });
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();

  /** Takes each envelope through the same door as HTTP, and acknowledges only after the listener. */
  const through = (app: App): Pick<App, 'processEvent'> => ({
    async processEvent(event) {
      const payload = payloadOf(event.body);
      // It came over a connection that Slack vouches for: acknowledged, so that it does not come again.
      if (!payload || payload.kind === 'handshake') return event.ack();
      const admission = await admit(payload, `envelope:${event.customProperties?.envelope}`);
      if (admission.is === 'not-now') return;
      if (admission.is === 'ignored') return event.ack();
      let answer: Parameters<typeof event.ack>[0];
      try {
        await app.processEvent({
          ...event,
          customProperties: { payload },
          ack: async (response) => {
            answer = response;
          },
        });
      } catch (error) {
        admission.undone();
        throw error;
      }
      await event.ack(answer);
    },
  });

  const leave = () => Promise.race([bolt.client.disconnect(), pause(goodbyeMs, undefined, { ref: false })]);

  async function stayConnected(): Promise<void> {
    let wait = firstWaitMs;
    while (!stop.signal.aborted) {
      const ended = new Promise<void>((resolve) => bolt.client.once('disconnected', () => resolve()));
      try {
        await bolt.start();
        wait = firstWaitMs;
        await Promise.race([ended, aborted(stop.signal)]);
      } catch (error) {
        log.error({ why: whyNot(error) }, 'no socket to Slack; trying again');
        await pause(wait, undefined, { signal: stop.signal, ref: false }).catch(() => {});
        wait = Math.min(wait * 2, longestWaitMs);
      }
    }
  }

  return {
    receiver: {
      init: (app) => bolt.init(through(app) as App),
      start: async () => {},
      stop: async () => {},
    },
    open() {
      running = stayConnected();
    },
    async close() {
      stop.abort();
      // A socket that was being opened is closed once it is there.
      await leave();
      await running;
      await leave();
    },
  };
}

function whyNot(error: unknown): string {
  const trouble = troubleOf(error);
  return trouble.is === 'failed' ? trouble.detail : trouble.why;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
